"""A way to a PostgreSQL server that can be cut at any message, before or after the server has it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres_server import USER

SOCKET = ".s.PGSQL.5432"


@dataclass
class Way:
    """`cut` is asked for each message to the server; what it cuts, it cuts once. `sent` counts since `armed`."""

    url: str
    cut: Callable[[int, bytes], str] = lambda _number, _message: ""
    sent: int = 0
    _open: list[asyncio.StreamWriter] = field(default_factory=list)

    def arm(self, cut: Callable[[int, bytes], str]) -> None:
        """Cut as told: `before` the server has the message, or `after`."""
        self.cut, self.sent = cut, 0

    async def carry(self, server: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until one of its ends is closed."""
        from_server, to_server = await asyncio.open_unix_connection(str(server / SOCKET))
        self._open += [writer, to_server]
        back = asyncio.create_task(_pour(from_server, writer))
        with suppress(ConnectionError):
            while message := await reader.read(65536):
                how, self.sent = self.cut(self.sent, message), self.sent + 1
                if how:
                    self.arm(lambda _number, _message: "")
                    back.cancel()
                    await asyncio.wait([back])
                    if how == "after":
                        to_server.write(message)
                        await from_server.read(65536)
                    break
                to_server.write(message)
        back.cancel()
        to_server.close()
        writer.close()

    def close(self) -> None:
        """Close what is open."""
        for writer in self._open:
            writer.close()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while said := await reader.read(65536):
            writer.write(said)
    writer.close()


@asynccontextmanager
async def way_to(url: str, folder: Path) -> AsyncIterator[Way]:
    """A way to the database at a URL, whose own socket is in a folder."""
    name, _, server = url.partition("@/")[2].partition("?host=")
    way = Way(f"postgresql://{USER}@/{name}?host={folder}")
    carrying: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(way.carry(Path(server), reader, writer))
        carrying.add(task)
        task.add_done_callback(carrying.discard)

    listening = await asyncio.start_unix_server(accept, path=str(folder / SOCKET))
    try:
        yield way
    finally:
        listening.close()
        way.close()
        await asyncio.gather(*carrying, return_exceptions=True)
