"""Posts summaries to the loopback platform over bare HTTP, so that what is measured is not a client library."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

from bot.events import Place
from bot.reply import Picture, Reply, plain_text

_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_HEAD = "POST /post HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\nContent-Length: {}\r\n\r\n"


@dataclass
class WirePoster:
    """One request a message: a line of JSON with its words, then its picture as it is. Connections are kept."""

    port: int
    _free: list[_Line] = field(default_factory=list)

    async def post(self, place: Place, reply: Reply, marker: str) -> str:
        """The id that the platform gave it."""
        said = {"channel": f"{place.workspace} {place.channel}", "thread": place.thread, "marker": marker}
        pictures = [block.png for block in reply.blocks if isinstance(block, Picture)]
        body = b"\n".join([json.dumps({**said, "text": plain_text(reply)}).encode(), *pictures])
        line = self._free.pop() if self._free else await asyncio.open_connection("127.0.0.1", self.port)
        line[1].write(_HEAD.format(len(body)).encode() + body)
        answer = await _answer(line[0])
        self._free.append(line)
        return str(json.loads(answer)["id"])

    async def close(self) -> None:
        """Let go of the connections while the event loop still runs: uvloop crashes on what is left open."""
        for _, writer in self._free:
            writer.close()
            await writer.wait_closed()
        self._free.clear()

    async def find(self, place: Place, marker: str) -> str | None:
        """Nothing here is ever in doubt."""
        raise NotImplementedError

    async def tell(self, workspace: str, user: str, reply: Reply) -> None:
        """Nobody is there to be told."""


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """The body of an answer that is well."""
    status, *lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
    assert b" 200 " in status
    length = next(int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:"))
    return await reader.readexactly(length)
