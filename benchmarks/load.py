"""A client for HTTP that costs little: connections that stay open, requests that are bytes before the clock starts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import cast

END = b"\r\n\r\n"
LENGTH = b"content-length: "


@dataclass(frozen=True)
class Load:
    """What became of a number of requests: seconds in all, and milliseconds of each."""

    seconds: float
    times: list[float]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    @property
    def middle(self) -> float:
        """Half were answered in this time (ms)."""
        return median(self.times)

    @property
    def last(self) -> float:
        """99 of 100 were answered in this time (ms)."""
        return quantiles(self.times, n=100)[98]


class Line(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._got = b""
        self._answered: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to write."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but its ancestry

    def data_received(self, data: bytes) -> None:
        """Collect an answer, whose length its head tells."""
        self._got += data
        head, end, body = self._got.partition(END)
        if end and len(body) == int(head.partition(LENGTH)[2].partition(b"\r\n")[0]) and self._answered:
            self._answered.set_result(self._got)
            self._got = b""

    def connection_lost(self, exc: Exception | None) -> None:
        """Who waits hears of it."""
        if self._answered and not self._answered.done():
            self._answered.set_exception(exc or ConnectionResetError())

    async def ask(self, request: bytes) -> bytes:
        """The whole answer to a request."""
        assert self._transport
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answered

    def close(self) -> None:
        """Let go of the connection."""
        assert self._transport
        self._transport.close()


async def load(port: int, at_once: int, requests: Sequence[bytes], expected: bytes) -> Load:
    """Ask a server on this machine, so many at once; each answer is 200 and has `expected` in it."""
    connect = asyncio.get_running_loop().create_connection
    connections = [(await connect(Line, "127.0.0.1", port))[1] for _ in range(at_once)]
    left, times = iter(requests), list[float]()

    async def ask(line: Line) -> None:
        for request in left:
            start = time.perf_counter()
            answer = await line.ask(request)
            times.append((time.perf_counter() - start) * 1_000)
            assert answer.startswith(b"HTTP/1.1 200"), answer
            assert expected in answer, answer

    start = time.perf_counter()
    await asyncio.gather(*map(ask, connections))
    seconds = time.perf_counter() - start
    for line in connections:
        line.close()
    return Load(seconds, times)
