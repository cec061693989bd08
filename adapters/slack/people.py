"""Who somebody is and who else reads a channel: asked of Slack, remembered for a while, never waited for long."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, NamedTuple, TypeVar

import structlog

from adapters.slack.api import RefusedError, SlackApi, SlackError
from adapters.slack.parse import Source
from adapters.slack.render import Json
from bot.events import Asker, User

FRESH_SECONDS, UNJOINED_SECONDS = 600.0, 3.0
WAIT_SECONDS = 0.7
SILENT_SECONDS = 5.0
KEPT = 20_000
# Slack answers and shows us nobody: it may be a guest. Any other refusal says nothing of the person.
_UNSEEN = ("missing_scope", "user_not_found", "user_not_visible")
log = structlog.get_logger(__name__)


T = TypeVar("T")


class Profile(NamedTuple):
    """What we need to know of a person; by default a plain member of the team."""

    name: str = ""
    locale: str = ""
    is_manager: bool = False
    is_guest: bool = False


class Channel(NamedTuple):
    """Whether other companies read a channel, and whether the bot is in it as far as Slack says."""

    is_open: bool = False
    is_joined: bool = True


class Remembered(Generic[T]):
    """Answers by key, fresh for some seconds; an older one is better than none while Slack can't be asked."""

    def __init__(self, unknown: T, fresh_for: Callable[[T], float] = lambda _: FRESH_SECONDS) -> None:
        self._unknown, self._fresh_for = unknown, fresh_for
        self._kept: OrderedDict[tuple[str, str], tuple[float, T]] = OrderedDict()
        self._silent_until: dict[str, float] = {}

    def fresh(self, key: tuple[str, str]) -> T | None:
        """What is known and fresh."""
        kept = self._kept.get(key)
        return kept[1] if kept and asyncio.get_running_loop().time() < kept[0] else None

    async def get(self, key: tuple[str, str], ask: Callable[[], Awaitable[T]]) -> T:
        """What is known, asked for when it is not fresh; `unknown` when nothing is known and Slack does not say."""
        if (known := self.fresh(key)) is not None:
            return known
        now, kept = asyncio.get_running_loop().time(), self._kept.get(key)
        known = kept[1] if kept else self._unknown
        if now < self._silent_until.get(key[0], 0.0):
            return known
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                answer = await ask()
        except (SlackError, TimeoutError) as error:
            log.info("slack_not_asked", code=getattr(error, "code", "timeout"))
            if isinstance(error, RefusedError):
                # A channel that the bot has not joined is refused at every command in it: one refusal is enough.
                self.keep(key, known)
            else:
                # Of this workspace only: what Slack limits or withholds there says nothing of another one.
                self._silent_until[key[0]] = now + getattr(error, "seconds", SILENT_SECONDS)
            return known
        self.keep(key, answer)
        return answer

    def keep(self, key: tuple[str, str], answer: T) -> None:
        """Remember an answer as a fresh one."""
        self._kept[key] = (asyncio.get_running_loop().time() + self._fresh_for(answer), answer)
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)


class People:
    """Profiles and channels of every workspace."""

    def __init__(self) -> None:
        self._users = Remembered(Profile())
        # That the bot is not in a channel is known for a moment only, for it may be invited.
        self._channels = Remembered(Channel(), lambda channel: FRESH_SECONDS if channel.is_joined else UNJOINED_SECONDS)

    async def asker(self, source: Source, api: SlackApi) -> Asker:
        """The person at the place. While Slack can't be asked they are a plain member; unseen by us, an outsider."""
        profile = self._users.fresh((source.workspace, source.user))
        channel = self._channels.fresh((source.workspace, source.channel))
        if profile is None or (channel is None and source.channel and not source.is_direct):
            profile, channel = await asyncio.gather(self._profile(source, api), self._channel(source, api))
        profile, channel = profile or Profile(), channel or Channel()
        asker = source.asker(_user(source, profile), is_shared=source.is_shared or channel.is_open)
        return asker if channel.is_joined else asker._replace(place=asker.place._replace(is_joined=False))

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
        return not source.is_shared and not channel.is_open

    async def _is_ours(self, source: Source, api: SlackApi) -> bool:
        """Whether a direct message is the bot's own with this person: a command can be typed in any other one too."""
        opened = await api.once("conversations.open", {"users": source.user})
        return bool((opened.get("channel") or {}).get("id") == source.channel)

    async def _profile(self, source: Source, api: SlackApi) -> Profile:
        async def ask() -> Profile:
            try:
                answer = await api.once("users.info", {"user": source.user, "include_locale": True})
            except RefusedError as error:
                if error.code not in _UNSEEN:
                    raise
                log.warning("person_unseen", code=error.code, user=source.user)
                return Profile(is_guest=True)
            return _profile(answer.get("user") or {})

        return await self._users.get((source.workspace, source.user), ask)

    async def _channel(self, source: Source, api: SlackApi) -> Channel | None:
        if not source.channel or source.is_direct:
            return None
        return await self._channels.get((source.workspace, source.channel), lambda: self._ask_channel(source, api))

    async def _ask_channel(self, source: Source, api: SlackApi) -> Channel:
        channel = (await api.once("conversations.info", {"channel": source.channel})).get("channel") or {}
        # Of many channels Slack does not say whether the bot is in them.
        return Channel(is_open(channel), is_joined=channel.get("is_member") is not False)


def _profile(user: Json) -> Profile:
    """https://docs.slack.dev/reference/objects/user-object"""
    is_guest = any(user.get(key) for key in ("is_restricted", "is_ultra_restricted", "is_stranger"))
    is_manager = any(user.get(key) for key in ("is_admin", "is_owner", "is_primary_owner"))
    name = (user.get("profile") or {}).get("real_name") or user.get("real_name") or ""
    return Profile(name, (user.get("locale") or "").replace("_", "-"), is_manager=is_manager, is_guest=is_guest)


def _user(source: Source, profile: Profile) -> User:
    is_guest = profile.is_guest or source.is_outsider
    return User(source.user, profile.name, profile.locale, is_manager=profile.is_manager, is_guest=is_guest)


def is_open(channel: Json) -> bool:
    """Whether other companies read it (https://docs.slack.dev/reference/objects/conversation-object)."""
    return any(channel.get(key) for key in ("is_ext_shared", "is_pending_ext_shared"))
