"""Posts summaries to the loopback platform over bare HTTP, so that what is measured is not a client library."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bot.events import Place
from bot.reply import Reply
from tests.delivery.loopback import body, marked

_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_HEAD = "{} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\nContent-Length: {}\r\n\r\n"


@dataclass
class WirePoster:
    """One request a message: a line of JSON with its words, then its picture as it is. Connections are kept."""

    port: int
    _free: list[_Line] = field(default_factory=list)

    async def post(self, place: Place, reply: Reply, marker: str) -> str:
        """The id that the platform gave it."""
        return str(await self._id("POST /post", body(place, reply, marker)))

    async def _id(self, what: str, said: bytes = b"") -> str | None:
        line = self._free.pop() if self._free else await asyncio.open_connection("127.0.0.1", self.port)
        line[1].write(_HEAD.format(what, len(said)).encode() + said)
        answer = json.loads(await _answer(line[0]))
        self._free.append(line)
        found: str | None = answer["id"]
        return found

    async def close(self) -> None:
        """Let go of the connections while the event loop still runs: uvloop crashes on what is left open."""
        for _, writer in self._free:
            writer.close()
            await writer.wait_closed()
        self._free.clear()

    async def find(self, place: Place, marker: str) -> str | None:
        """Ask for it."""
        return await self._id(f"GET /find?{urlencode(marked(place, marker))}")

    async def tell(self, workspace: str, user: str, reply: Reply) -> None:
        """Nobody is there to be told."""


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """The body of an answer that is well."""
    status, *lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
    assert b" 200 " in status
    length = next(int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:"))
    return await reader.readexactly(length)
