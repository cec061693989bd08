"""Slack over Socket Mode: connections that the bot opens itself, kept open and renewed as Slack asks.

The SDK's own client never gives a refused token up, waits ten seconds after a connection broke, and tries a used ticket
again and again; so the connections are ours, and Bolt gets what comes through them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from functools import partial

import aiohttp
import stamina
import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from adapters.failure import CommandFailedError, may_pass
from adapters.slack.api import RefusedError
from adapters.slack.office import Office
from adapters.slack.render import Json
from adapters.slack.slash import Acknowledge, Slash

CONNECTIONS = 2
HEARTBEAT_SECONDS = 10.0
FINISH_SECONDS = 3.0
_CLOSING = aiohttp.ClientWSTimeout(ws_close=2.0)
_PASSING = ("internal_error", "request_timeout", "service_unavailable")
_RENEWALS = ("warning", "refresh_requested")
_OFF = "Socket Mode is off: turn it on under “Socket Mode” in your app's settings"
_MAKE_ONE = "make one with the scope connections:write under “Basic Information”, App-Level Tokens"
log = structlog.get_logger(__name__)


class BrokenError(Exception):
    """A connection ended without Slack asking for another."""


class Socket:
    """Several connections (https://docs.slack.dev/apis/events-api/using-socket-mode), so that one may be renewed."""

    def __init__(self, app: AsyncApp, slash: Slash, token: str, office: Office) -> None:
        self._app, self._slash, self._token, self._office = app, slash, token, office
        self._open: set[Connection] = set()

    @property
    def is_connected(self) -> bool:
        """Whether one connection is open at least."""
        return any(connection.is_greeted for connection in self._open)

    async def run(self) -> None:
        """Stay connected until cancelled. Raises `CommandFailedError` for what only the operator can mend."""
        kept = [asyncio.create_task(self._keep()) for _ in range(CONNECTIONS)]
        try:
            await asyncio.wait(kept, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in kept:
                one.cancel()
            ended = await asyncio.gather(*kept, return_exceptions=True)
        raise next(error for error in ended if isinstance(error, Exception))

    async def _keep(self) -> None:
        while True:
            async for attempt in stamina.retry_context(
                on=may_pass, attempts=None, timeout=None, wait_max=30, wait_jitter=0.3
            ):
                with attempt:
                    await self._one()

    async def _one(self) -> None:
        """One connection from its ticket to its end; what came through it is answered before it is closed."""
        opened = self._office.session.ws_connect(await self._ticket(), heartbeat=HEARTBEAT_SECONDS, timeout=_CLOSING)
        async with opened as ws:
            connection = Connection(self._answer, self._office, ws)
            self._open.add(connection)
            try:
                await connection.read()
            finally:
                self._open.discard(connection)
                await connection.finish()

    async def _answer(self, envelope: Json, acknowledge: Acknowledge) -> None:
        """Acknowledge with what rides along; not at all where Slack is to send it again."""
        if envelope.get("type") == "slash_commands":
            await self._slash.answer(envelope["payload"], acknowledge)
            return
        again = {"x-slack-retry-num": str(envelope["retry_attempt"])} if envelope.get("retry_attempt") else {}
        request = AsyncBoltRequest(mode="socket_mode", body=envelope["payload"], headers={**again})
        response = await self._app.async_dispatch(request)
        if response.status != 200:
            log.warning("not_acknowledged", status=response.status)
            return
        # Bolt tells in plain text of a workspace that has no token.
        is_json = (response.body or "").startswith("{")
        await acknowledge(dict(json.loads(response.body)) if is_json else {})

    async def _ticket(self) -> str:
        """The address of a new connection, good once."""
        try:
            return str((await self._office.api(self._token).call("apps.connections.open", {}, is_safe=True))["url"])
        except RefusedError as error:
            if error.code in _PASSING:
                raise
            msg = f"Slack refused SLACK_APP_TOKEN ({error.code}): {_MAKE_ONE}"
            raise CommandFailedError(msg) from error


class Connection:
    """Hands on what comes through a connection, and sends back what is answered."""

    def __init__(
        self,
        answer: Callable[[Json, Acknowledge], Coroutine[None, None, None]],
        office: Office,
        ws: aiohttp.ClientWebSocketResponse,
    ) -> None:
        self._answer, self._office, self._ws = answer, office, ws
        self._answers: set[asyncio.Task[None]] = set()
        self.is_greeted = False

    async def read(self) -> None:
        """Until Slack asks for another connection. Raises `BrokenError` when this one ends otherwise."""
        async for message in self._ws:
            envelope = json.loads(message.data) if message.type is aiohttp.WSMsgType.TEXT else {}
            if envelope.get("type") == "disconnect":
                self._told_to_go(str(envelope.get("reason")))
                return
            self.is_greeted = self.is_greeted or envelope.get("type") == "hello"
            if "envelope_id" in envelope:
                task = self._office.background.start(
                    self._answer(envelope, partial(self._acknowledge, envelope)), "socket_mode"
                )
                self._answers.add(task)
                task.add_done_callback(self._answers.discard)
        raise BrokenError

    def _told_to_go(self, reason: str) -> None:
        """Whoever comes back at once for anything but a renewal, or was never let in, comes back again and again."""
        if reason == "link_disabled":
            raise CommandFailedError(_OFF)
        if reason not in _RENEWALS or not self.is_greeted:
            log.warning("disconnected", reason=reason[:80], is_greeted=self.is_greeted)
            raise BrokenError

    async def finish(self) -> None:
        """Answer what came."""
        if self._answers:
            await asyncio.wait(set(self._answers), timeout=FINISH_SECONDS)

    async def _acknowledge(self, envelope: Json, answer: Json) -> None:
        payload = {"payload": answer} if answer else {}
        try:
            await self._ws.send_json({"envelope_id": envelope["envelope_id"], **payload})
        except ConnectionError:
            # Slack takes an answer to a command for half an hour, whichever connection the command came through.
            if payload and (url := envelope["payload"].get("response_url")):
                await self._office.respond(url, payload["payload"])
