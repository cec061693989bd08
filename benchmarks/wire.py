"""Posts summaries to the loopback platform over bare HTTP, so that what is measured is not a client library."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode

from bot.events import Place
from bot.reply import Reply
from tests.delivery.loopback import body, marked

_HEAD = "{} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\nContent-Length: {}\r\n\r\n"
_END, _LENGTH = b"\r\n\r\n", b"content-length:"


class _Line(asyncio.Protocol):
    """A connection on which one request waits for its answer at a time."""

    def __init__(self) -> None:
        self._came = b""
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Not by its class: uvloop's own are others.
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, _error: Exception | None) -> None:
        self._ended.set_result(None)

    async def close(self) -> None:
        """Let go of it while the event loop still runs: uvloop crashes on what is left open."""
        self._transport.close()
        await self._ended

    def ask(self, said: bytes) -> asyncio.Future[bytes]:
        """The body of an answer that is well."""
        self._came, self._answer = b"", asyncio.get_running_loop().create_future()
        self._transport.write(said)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._came += data
        head, end, said = self._came.partition(_END)
        if end and len(said) == int(head.lower().partition(_LENGTH)[2].partition(b"\r")[0]) and self._answer:
            assert b" 200 " in head[:13]
            self._answer.set_result(said)


@dataclass
class WirePoster:
    """One request a message: a line of JSON with its words, then its picture as it is. Connections are kept."""

    port: int
    _free: list[_Line] = field(default_factory=list)

    async def post(self, place: Place, reply: Reply, marker: str) -> str:
        """The id that the platform gave it."""
        return str(await self._id("POST /post", body(place, reply, marker)))

    async def _id(self, what: str, said: bytes = b"") -> str | None:
        line = self._free.pop() if self._free else await self._opened()
        answer = json.loads(await line.ask(_HEAD.format(what, len(said)).encode() + said))
        self._free.append(line)
        found: str | None = answer["id"]
        return found

    async def _opened(self) -> _Line:
        return (await asyncio.get_running_loop().create_connection(_Line, "127.0.0.1", self.port))[1]

    async def close(self) -> None:
        """Let go of the connections."""
        for line in self._free:
            await line.close()
        self._free.clear()

    async def find(self, place: Place, marker: str) -> str | None:
        """Ask for it."""
        return await self._id(f"GET /find?{urlencode(marked(place, marker))}")

    async def tell(self, workspace: str, user: str, reply: Reply) -> None:
        """Nobody is there to be told."""
