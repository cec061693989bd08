"""Sends what the bot says: at most one message a second a channel, never the same message twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from adapters.slack.api import LostError, RefusedError, SlackApi, SlackError, UnclearError, attempts
from adapters.slack.render import Json

MARK = "chao_message"
PAGE, PAGES = 100, 5
# A message is looked for among those of the last minutes; the clocks of Slack and of this machine may differ by less.
CLOCKS_DIFFER = timedelta(minutes=10)
_UNDRAWABLE = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long")
_UNFURL_NOTHING = {"unfurl_links": False, "unfurl_media": False}
log = structlog.get_logger(__name__)


class Pace:
    """One message a second a channel (https://docs.slack.dev/apis/web-api/rate-limits); time is the event loop's."""

    def __init__(self, every: float = 1.0) -> None:
        self._every = every
        self._free: dict[str, float] = {}
        self._given_up = asyncio.Event()

    def give_up(self) -> None:
        """Nobody waits any more: Slack takes short bursts, and says so where it does not."""
        self._given_up.set()

    async def turn(self, channel: str) -> None:
        """Wait until this channel may get another message."""
        now = asyncio.get_running_loop().time()
        start = max(now, self._free.get(channel, 0.0))
        self._free[channel] = start + self._every
        if len(self._free) > 10_000:
            self._free = {name: free for name, free in self._free.items() if free > now}
        if start > now:
            with suppress(TimeoutError):
                async with asyncio.timeout(start - now):
                    await self._given_up.wait()


class Target(NamedTuple):
    """A channel, and the thread in it if any."""

    channel: str
    thread: str = ""


class Posting:
    """Posts for one workspace. `clock` gives the time in UTC."""

    def __init__(self, api: SlackApi, pace: Pace, clock: Callable[[], datetime]) -> None:
        self.api, self.pace, self._clock = api, pace, clock

    async def post(self, target: Target, message: Json, marker: str, *, is_repeat: bool = False) -> str:
        """Post a message that all there see; its `ts`. Blocks that Slack does not draw are left out, not the text.

        `is_repeat`: it may be there already.
        """
        try:
            return await self._post(target, message, marker, is_unclear=is_repeat)
        except RefusedError as refused:
            if refused.code not in _UNDRAWABLE or "blocks" not in message:
                raise
            log.warning("blocks_refused", code=refused.code, blocks=len(message["blocks"]))
            return await self._post(target, {"text": message["text"]}, marker)

    async def _post(self, target: Target, message: Json, marker: str, *, is_unclear: bool = False) -> str:
        params = marked(target, message, marker)
        since = self._clock() - CLOCKS_DIFFER
        async for attempt in attempts(is_safe=True):
            with attempt:
                if is_unclear and (found := await self._arrived(target, marker, since)):
                    return found
                await self.pace.turn(target.channel)
                try:
                    posted = await self.api.once("chat.postMessage", params)
                except UnclearError:
                    is_unclear = True
                    raise
        return str(posted.get("ts", ""))

    async def _arrived(self, target: Target, marker: str, since: datetime) -> str | None:
        """`find`; raises `LostError` where it can't be known, for what may be there is not posted again."""
        try:
            return await self.find(target, marker, since)
        except SlackError as error:
            log.warning("not_looked_up", code=error.code, channel=target.channel)
            raise LostError("unclear") from error

    async def find(self, target: Target, marker: str, since: datetime | None = None) -> str | None:
        """The `ts` of our own message with this marker: any after `since`, or among the newest."""
        where: Json = {"channel": target.channel, "limit": PAGE, "include_all_metadata": True}
        where |= {"oldest": f"{since.timestamp():.6f}"} if since else {}
        where |= {"ts": target.thread} if target.thread else {}
        method = "conversations.replies" if target.thread else "conversations.history"
        for _ in range(PAGES):
            page = await self.api.call(method, where, is_safe=True)
            for said in page.get("messages", ()):
                if _marker(said) == marker:
                    return str(said["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None
            where |= {"cursor": cursor}
        if since is None:
            return None
        raise LostError("too_many_messages")

    async def whisper(self, target: Target, user: str, message: Json, marker: str) -> None:
        """Show a message to one person only: there, or in a direct message where that does not succeed."""
        try:
            await self.api.call("chat.postEphemeral", _params(target, message) | {"user": user})
        except SlackError as error:
            log.warning("whisper_refused", code=error.code, channel=target.channel)
            await self.tell(user, message, marker)

    async def tell(self, user: str, message: Json, marker: str) -> None:
        """Write to one person in a direct message."""
        opened = await self.api.call("conversations.open", {"users": user}, is_safe=True)
        await self.post(Target(str((opened.get("channel") or {}).get("id", ""))), message, marker)


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
