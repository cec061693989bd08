"""A Slack on this machine for a running bot: Web API, response URLs and Socket Mode over real connections."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack.fake import CHANNEL, RESPONSES, FakeSlack

Json = dict[str, Any]
PATIENCE = 30.0
_numbers = itertools.count(1)


@dataclass
class Link(FakeSlack):
    """A workspace that also answers what only a process asks; `apps`: what opening a connection is answered."""

    link_url: str = ""
    apps: deque[Json] = field(default_factory=deque)
    bot: Json = field(default_factory=dict)
    installed: Json = field(default_factory=dict)

    def _apps_connections_open(self, _params: Json) -> Json:
        return self.apps.popleft() if self.apps else {"url": self.link_url}

    def _auth_test(self, _params: Json) -> Json:
        return {
            "team_id": "T1",
            "user_id": "UBOT",
            "bot_id": "B1",
            "team": "One",
            "url": "https://t.slack.com/",
        } | self.bot

    def _oauth_v2_access(self, _params: Json) -> Json:
        return self.installed


class Socket:
    """One connection that the bot opened."""

    def __init__(self) -> None:
        self.ws = web.WebSocketResponse()
        self.answers: asyncio.Queue[Json] = asyncio.Queue()
        self.is_closed = asyncio.Event()
        self._transport: asyncio.Transport | None = None

    async def begin(self, request: web.Request) -> None:
        """Accept the connection and say hello."""
        await self.ws.prepare(request)
        self._transport = request.transport
        await self.ws.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})

    async def send(self, kind: str, payload: Json) -> str:
        """Send an envelope; its id."""
        envelope = f"e{next(_numbers)}"
        await self.ws.send_json(
            {
                "type": kind,
                "envelope_id": envelope,
                "payload": payload,
                "accepts_response_payload": kind != "events_api",
            }
        )
        return envelope

    async def asks(self, kind: str, payload: Json) -> Json:
        """Send an envelope; the payload with which it is acknowledged."""
        envelope = await self.send(kind, payload)
        async with asyncio.timeout(PATIENCE):
            answer = await self.answers.get()
        assert answer.pop("envelope_id") == envelope
        return answer

    async def closed(self) -> None:
        """Wait until it is closed."""
        async with asyncio.timeout(PATIENCE):
            await self.is_closed.wait()

    def drop(self) -> None:
        """The connection breaks without a word."""
        assert self._transport
        self._transport.abort()


@dataclass
class Loopback:
    """The server. `tokens` are those of each call, in order."""

    slack: Link = field(default_factory=Link)
    port: int = 0
    tokens: list[tuple[str, str]] = field(default_factory=list)
    sockets: asyncio.Queue[Socket] = field(default_factory=asyncio.Queue)
    scopes: str = ""
    _failures: list[Exception] = field(default_factory=list)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def api_url(self) -> str:
        """For `SLACK_API_URL`."""
        return f"http://127.0.0.1:{self.port}/api/"

    def response_url(self, user: str, channel: str = CHANNEL) -> str:
        """A new response URL, on this server."""
        return self.slack.response_url(user, channel).replace(RESPONSES, f"http://127.0.0.1:{self.port}/respond/")

    async def until(self, is_so: Callable[[FakeSlack], bool]) -> None:
        """Wait until something is so at Slack; a call that breaks a contract fails the test."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: self._failures or is_so(self.slack))
        if self._failures:
            raise self._failures[0]

    async def socket(self) -> Socket:
        """The next connection that the bot opens."""
        async with asyncio.timeout(PATIENCE):
            return await self.sockets.get()

    def app(self) -> web.Application:
        """Its pages."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._called)
        app.router.add_post("/respond/{number}", self._responded)
        app.router.add_get("/link", self._linked)
        return app

    async def _called(self, request: web.Request) -> web.Response:
        text = await request.text()
        is_json = request.content_type == "application/json"
        params = json.loads(text) if is_json else dict(request.query) | dict(await request.post())
        method = request.match_info["method"]
        self.tokens.append((method, request.headers.get("Authorization", "").removeprefix("Bearer ")))
        try:
            status, headers, body = self.slack.answer(method, params)
        except AssertionError as error:
            self._failures.append(error)
            raise
        finally:
            await self._notify()
        return web.json_response(body, status=status, headers={**headers, "x-oauth-scopes": self.scopes})

    async def _responded(self, request: web.Request) -> web.Response:
        try:
            status = self.slack.responded(f"{RESPONSES}{request.match_info['number']}", await request.json())
        except AssertionError as error:
            self._failures.append(error)
            raise
        finally:
            await self._notify()
        return web.Response(text="ok", status=status)

    async def _linked(self, request: web.Request) -> web.WebSocketResponse:
        socket = Socket()
        await socket.begin(request)
        self.sockets.put_nowait(socket)
        try:
            async for message in socket.ws:
                if message.type is WSMsgType.TEXT:
                    socket.answers.put_nowait(json.loads(message.data))
        finally:
            socket.is_closed.set()
        return socket.ws

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()


@asynccontextmanager
async def loopback() -> AsyncIterator[Loopback]:
    """The server, running."""
    made = Loopback()
    runner = web.AppRunner(made.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.port = runner.addresses[0][1]
    made.slack.link_url = f"ws://127.0.0.1:{made.port}/link"
    try:
        yield made
    finally:
        await runner.cleanup()
