"""Sends what the bot says: at most one message a second a channel, never the same message twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import stamina
import structlog

from adapters.slack.api import ATTEMPTS, PATIENCE, RefusedError, SlackApi, UnclearError, again

Json = dict[str, Any]
Sleep = Callable[[float], Awaitable[None]]
MARK = "chao_message"
RECENT = 50
_UNFURL_NOTHING = {"unfurl_links": False, "unfurl_media": False}
log = structlog.get_logger(__name__)


class Pace:
    """One message a second a channel (https://docs.slack.dev/apis/web-api/rate-limits); time is the event loop's."""

    def __init__(self, sleep: Sleep = asyncio.sleep, every: float = 1.0) -> None:
        self._sleep, self._every = sleep, every
        self._free: dict[str, float] = {}

    async def turn(self, channel: str) -> None:
        """Wait until this channel may get another message."""
        now = asyncio.get_running_loop().time()
        start = max(now, self._free.get(channel, 0.0))
        self._free[channel] = start + self._every
        if len(self._free) > 10_000:
            self._free = {name: free for name, free in self._free.items() if free > now}
        if start > now:
            await self._sleep(start - now)


@dataclass(frozen=True, slots=True)
class Target:
    """A channel, and the thread in it if any."""

    channel: str
    thread: str = ""


class Posting:
    """Posts for one workspace."""

    def __init__(self, api: SlackApi, pace: Pace) -> None:
        self.api, self._pace = api, pace

    async def post(self, target: Target, message: Json, marker: str) -> str:
        """Post a message that all there see; its `ts`. After an unclear answer Slack is asked whether it arrived."""
        params = marked(target, message, marker)
        context = stamina.retry_context(
            on=lambda error: again(error, is_safe=True), attempts=ATTEMPTS, timeout=PATIENCE, wait_initial=0.3
        )
        is_unclear = False
        async for attempt in context:
            with attempt:
                if is_unclear and (found := await self.find(target, marker)):
                    return found
                await self._pace.turn(target.channel)
                try:
                    posted = await self.api.once("chat.postMessage", params)
                except UnclearError:
                    is_unclear = True
                    raise
        return str(posted.get("ts", ""))

    async def find(self, target: Target, marker: str) -> str | None:
        """The `ts` of our own message with this marker; raises `RefusedError` where we may not look."""
        where = {"channel": target.channel, "limit": RECENT, "include_all_metadata": True}
        method = "conversations.replies" if target.thread else "conversations.history"
        found = await self.api.call(method, where | ({"ts": target.thread} if target.thread else {}), is_safe=True)
        return next((str(said["ts"]) for said in found.get("messages", ()) if _marker(said) == marker), None)

    async def whisper(self, target: Target, user: str, message: Json) -> None:
        """Show a message to one person only: there, or in a direct message where Slack can't."""
        try:
            await self.api.call("chat.postEphemeral", _params(target, message) | {"user": user})
        except RefusedError as refused:
            log.info("whisper_refused", code=refused.code, channel=target.channel)
            await self.api.call("chat.postMessage", {"channel": user, **message})


def marked(target: Target, message: Json, marker: str) -> Json:
    """The arguments of `chat.postMessage` for a message that can be found again by its marker."""
    metadata = {"event_type": MARK, "event_payload": {"marker": marker}}
    return _params(target, message) | _UNFURL_NOTHING | {"metadata": metadata}


def _params(target: Target, message: Json) -> Json:
    thread = {"thread_ts": target.thread} if target.thread else {}
    return {"channel": target.channel, **thread, **message}


def _marker(said: Json) -> str:
    metadata = said.get("metadata") or {}
    return str((metadata.get("event_payload") or {}).get("marker", "")) if metadata.get("event_type") == MARK else ""
