"""Who somebody is and who else reads a channel: asked of Slack, remembered for a while, never waited for long."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from adapters.slack.api import RefusedError, SlackApi, SlackError
from adapters.slack.parse import Source
from bot.events import Asker, User

Json = dict[str, Any]
FRESH_SECONDS, UNJOINED_SECONDS = 600.0, 3.0
WAIT_SECONDS = 0.7
SILENT_SECONDS = 5.0
KEPT = 20_000
# Slack answers and shows us nobody: it may be a guest. Any other refusal says nothing of the person.
_UNSEEN = ("missing_scope", "user_not_found", "user_not_visible")
log = structlog.get_logger(__name__)


class Remembered:
    """Answers by key, fresh for ten minutes; an older one is better than none while Slack can't be asked."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[float, Json]] = OrderedDict()
        self._silent_until: dict[str, float] = {}

    def fresh(self, key: tuple[str, str]) -> Json | None:
        """What is known and fresh; that the bot is not in a channel only for a moment, for it may be invited."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        fresh_for = FRESH_SECONDS if is_joined(kept[1]) else UNJOINED_SECONDS
        return kept[1] if asyncio.get_running_loop().time() - kept[0] < fresh_for else None

    async def get(self, key: tuple[str, str], ask: Callable[[], Awaitable[Json]]) -> Json | None:
        """What is known, asked for when it is not fresh; None when nothing is known and Slack does not say."""
        if (known := self.fresh(key)) is not None:
            return known
        now, kept = asyncio.get_running_loop().time(), self._kept.get(key)
        if now < self._silent_until.get(key[0], 0.0):
            return kept[1] if kept else None
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                answer = await ask()
        except (SlackError, TimeoutError) as error:
            log.info("slack_not_asked", code=getattr(error, "code", "timeout"))
            if isinstance(error, RefusedError):
                # A channel that the bot has not joined is refused at every command in it: one refusal is enough.
                self.keep(key, kept[1] if kept else {})
            else:
                # Of this workspace only: what Slack limits or withholds there says nothing of another one.
                self._silent_until[key[0]] = now + getattr(error, "seconds", SILENT_SECONDS)
            return kept[1] if kept else None
        self.keep(key, answer)
        return answer

    def keep(self, key: tuple[str, str], answer: Json) -> None:
        """Remember an answer as a fresh one."""
        self._kept[key] = (asyncio.get_running_loop().time(), answer)
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)


class People:
    """Profiles and channels of every workspace."""

    def __init__(self) -> None:
        self._users, self._channels = Remembered(), Remembered()

    async def asker(self, source: Source, api: SlackApi) -> Asker:
        """The person at the place. While Slack can't be asked they are a plain member; unseen by us, an outsider."""
        profile = self._users.fresh((source.workspace, source.user))
        channel = self._channels.fresh((source.workspace, source.channel))
        if profile is None or (channel is None and source.channel and not source.is_direct):
            profile, channel = await asyncio.gather(self._profile(source, api), self._channel(source, api))
        asker = source.asker(_user(source, profile or {}), is_shared=source.is_shared or is_open(channel or {}))
        return asker._replace(place=asker.place._replace(is_joined=is_joined(channel or {})))

    async def is_private_to_team(self, source: Source, api: SlackApi) -> bool:
        """Whether it is certain that only the team reads a channel: Slack is asked anew; unknown counts as shared."""
        if not source.channel:
            return False
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                if source.is_direct:
                    return await self._is_ours(source, api)
                channel = await self._ask_channel(source, api)
        except (SlackError, TimeoutError) as error:
            log.info("readers_unknown", code=getattr(error, "code", "timeout"), channel=source.channel)
            return False
        self._channels.keep((source.workspace, source.channel), channel)
        return not source.is_shared and not is_open(channel)

    async def _is_ours(self, source: Source, api: SlackApi) -> bool:
        """Whether a direct message is the bot's own with this person: a command can be typed in any other one too."""
        opened = await api.once("conversations.open", {"users": source.user})
        return bool((opened.get("channel") or {}).get("id") == source.channel)

    async def _profile(self, source: Source, api: SlackApi) -> Json | None:
        async def ask() -> Json:
            try:
                answer = await api.once("users.info", {"user": source.user, "include_locale": True})
            except RefusedError as error:
                if error.code not in _UNSEEN:
                    raise
                log.warning("person_unseen", code=error.code, user=source.user)
                return {"is_stranger": True}
            return dict(answer.get("user") or {})

        return await self._users.get((source.workspace, source.user), ask)

    async def _channel(self, source: Source, api: SlackApi) -> Json | None:
        if not source.channel or source.is_direct:
            return None
        return await self._channels.get((source.workspace, source.channel), lambda: self._ask_channel(source, api))

    async def _ask_channel(self, source: Source, api: SlackApi) -> Json:
        answer = await api.once("conversations.info", {"channel": source.channel})
        return dict(answer.get("channel") or {})


def _user(source: Source, profile: Json) -> User:
    """https://docs.slack.dev/reference/objects/user-object"""
    is_guest = any(profile.get(key) for key in ("is_restricted", "is_ultra_restricted", "is_stranger"))
    is_manager = any(profile.get(key) for key in ("is_admin", "is_owner", "is_primary_owner"))
    details = profile.get("profile") or {}
    name = details.get("real_name") or profile.get("real_name") or ""
    locale = (profile.get("locale") or "").replace("_", "-")
    return User(source.user, name, locale, is_manager=is_manager, is_guest=is_guest or source.is_outsider)


def is_open(channel: Json) -> bool:
    """Whether other companies read it (https://docs.slack.dev/reference/objects/conversation-object)."""
    return any(channel.get(key) for key in ("is_ext_shared", "is_pending_ext_shared"))


def is_joined(channel: Json) -> bool:
    """Whether the bot is in it, as long as Slack does not deny it: of many channels it does not say."""
    return channel.get("is_member") is not False
