"""Answers in one packet: uvicorn writes a head and then a body, and each packet costs as much as reading a request."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Gathering:
    """A transport on which all that is written in one step of the loop leaves together; else the one that it wraps."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport, self._parts = transport, list[bytes]()
        self._soon = asyncio.get_running_loop().call_soon

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send this, with what else is written before the loop goes on."""
        if not self._parts:
            self._soon(self._send)
        self._parts.append(data)

    def close(self) -> None:
        """Send what was written and close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        parts, self._parts = self._parts, []
        if parts:
            self._transport.write(b"".join(parts))


class GatheringProtocol(HttpToolsProtocol):
    """uvicorn's own, on such a transport."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        gathering = Gathering(cast("asyncio.Transport", transport))
        super().connection_made(cast("asyncio.Transport", gathering))
