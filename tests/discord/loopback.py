"""Discord on this machine: its REST and its gateway, over real connections; `FakeDiscord` behind both."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord.fake import FakeDiscord

Json = dict[str, Any]
TOKEN = "MTAw.test.token"  # noqa: S105 - what the fake takes for one
HEARTBEAT, IDENTIFY, RESUME, INVALID_SESSION, HELLO, ACK = 1, 2, 6, 9, 10, 11


@dataclass
class Loopback:
    """`greeting` is what the gateway sends after an identify, in order; `opened` what each connection began with."""

    fake: FakeDiscord
    greeting: list[tuple[str, Json]]
    port: int = 0
    opened: list[Json] = field(default_factory=list)
    refuse_with: int = 0
    _sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _sequence: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """What points the bot here."""
        return {
            "DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": f"http://127.0.0.1:{self.port}/api/v10/",
            "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{self.port}/gateway",
        }  # fmt: skip

    async def until(self, condition: Callable[[], object], seconds: float = 10) -> None:
        """Wait for requests until something is so."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(condition)

    async def send(self, event: str, data: Json) -> None:
        """An event to the newest connection."""
        await self._send({"op": 0, "t": event, "s": self._next(), "d": data})

    async def invalidate(self) -> None:
        """The session is over and can't be resumed."""
        await self._send({"op": INVALID_SESSION, "d": False})

    async def drop(self, code: int) -> None:
        """Close the newest connection."""
        await self._sockets[-1].close(code=code)

    async def rest(self, request: web.Request) -> web.Response:
        """Any REST call."""
        if request.headers.get("Authorization", f"Bot {TOKEN}") != f"Bot {TOKEN}":
            return web.json_response({"code": 0, "message": "401: Unauthorized"}, status=401)
        payload, files = await _read(request)
        status, body = self.fake.handle(
            request.method, f"/{request.match_info['path']}?{request.query_string}", payload, files
        )
        async with self._news:
            self._news.notify_all()
        headers = {"Retry-After": str(body["retry_after"]), "Via": "1.1"} if status == 429 else {}
        return web.Response(
            body=json.dumps(body).encode() if body is not None else None, status=status, headers=headers,
            content_type="application/json",
        )  # fmt: skip

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 41_250}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._received(json.loads(message.data), socket)
        return socket

    async def _received(self, message: Json, socket: web.WebSocketResponse) -> None:
        if message["op"] == HEARTBEAT:
            await socket.send_json({"op": ACK})
            return
        if self.refuse_with:
            await socket.close(code=self.refuse_with)
            return
        if message["op"] == IDENTIFY:
            for event, data in self.greeting:
                await self.send(event, data)
        elif message["op"] == RESUME:
            await self.send("RESUMED", {})
        async with self._news:
            self.opened.append(message)
            self._news.notify_all()

    async def _send(self, message: Json) -> None:
        await self._sockets[-1].send_json(message)

    def _next(self) -> int:
        self._sequence += 1
        return self._sequence


@asynccontextmanager
async def loopback(fake: FakeDiscord, greeting: list[tuple[str, Json]]) -> AsyncIterator[Loopback]:
    """A Discord that runs while the block does."""
    server = Loopback(fake, greeting)
    app = web.Application()
    app.router.add_route("*", "/api/v10/{path:.*}", server.rest)
    app.router.add_get("/gateway", server.gateway)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()


async def _read(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    if request.content_type == "application/json":
        return await request.json(), {}
    if request.content_type != "multipart/form-data":
        return None, {}
    form = await request.post()
    files = {part.filename: part.file.read() for part in form.values() if isinstance(part, web.FileField)}
    payload = form["payload_json"]
    return json.loads(payload if isinstance(payload, str | bytearray) else ""), files
