"""Answers in one packet: uvicorn writes a head and then a body, and each packet costs as much as reading a request."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_HEAD = b"HTTP/1.1 "


class Gathering:
    """A transport on which a head waits for what is written next; else the one that it wraps."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport, self._head = transport, b""
        self._soon = asyncio.get_running_loop().call_soon

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send this with the head that waits, which is sent alone if nothing follows before the loop goes on."""
        head, self._head = self._head, b""
        if not head and data.startswith(_HEAD):
            self._head = data
            self._soon(self._send)
        else:
            self._transport.write(head + data)

    def close(self) -> None:
        """Send what was written and close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        head, self._head = self._head, b""
        if head and not self._transport.is_closing():
            self._transport.write(head)


class GatheringProtocol(HttpToolsProtocol):
    """uvicorn's own, on such a transport."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        gathering = Gathering(cast("asyncio.Transport", transport))
        super().connection_made(cast("asyncio.Transport", gathering))
