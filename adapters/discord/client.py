"""The gateway client: discord.py's connection, shards and cache, with messages and interactions taken as they come.

discord.py builds objects for every message of a server; here a payload that does not address the bot costs one look.
No privileged intents: the text of a message comes only where the bot is mentioned, replied to, or written to directly.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

import discord
import structlog

from adapters.discord.access import Access, Member
from adapters.discord.components import Payload
from adapters.discord.hear import Tags, asker, is_forum, mentions, own_role
from adapters.discord.parse import AUTOCOMPLETE, IN_FORUM, is_typed, message
from adapters.discord.parse import asker as asker_of
from adapters.discord.render import draw
from adapters.discord.respond import Patience, Responder
from adapters.discord.rest import Rest
from adapters.discord.speak import Speaker
from bot.crashes import logged
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from bot.router import Router
from bot.wording import late_crash_reply

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
IDENTIFY_SECONDS = 5.0
UNREAD = ("MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "TYPING_START", "PRESENCE_UPDATE")
log = structlog.get_logger(__name__)


class Watch(Protocol):
    """Who hears which servers the bot is in."""

    async def connected(self, shard: int, count: int, guilds: Sequence[str]) -> None:
        """All servers of a shard, out of `count` shards, as they are now."""

    async def joined(self, guild: str) -> None:
        """A server that the bot is in."""

    async def left(self, guild: str) -> None:
        """A server that removed the bot."""


class Client(discord.AutoShardedClient):
    """Feeds the core. `ready` holds the shards that are connected; `is_there`: one of them has been."""

    def __init__(
        self, router: Router, rest: Rest, watch: Watch, patience: Patience | None = None, **shards: Any
    ) -> None:
        super().__init__(
            intents=INTENTS, allowed_mentions=discord.AllowedMentions.none(), max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(), chunk_guilds_at_startup=False, guild_ready_timeout=0,
            **shards,
        )  # fmt: skip
        self.http = self._connection.http = rest
        self.router, self.rest, self._watch = router, rest, watch
        self._pause = (patience or Patience()).pause
        self.access, self.speaker = Access(rest), Speaker(rest, self._pause)
        self.responder = Responder(router, rest, self.access, patience)
        self.tags, self.ready, self._known = Tags(), set[int](), set[str]()
        self.is_there = asyncio.Event()
        self.running: set[asyncio.Task[None]] = set()
        self._listen()

    def _listen(self) -> None:
        parsers = self._connection.parsers
        for name in UNREAD:
            del parsers[name]
        parsers["INTERACTION_CREATE"] = self._on_interaction
        parsers["MESSAGE_CREATE"] = self._on_message
        parsers["APPLICATION_COMMAND_PERMISSIONS_UPDATE"] = self._on_permissions
        for name, also in (
            ("READY", self._on_ready), ("RESUMED", self._on_resumed),
            ("GUILD_CREATE", self._on_guild), ("GUILD_DELETE", self._on_guild_gone),
        ):  # fmt: skip
            parsers[name] = _both(parsers[name], also)

    @property
    def me(self) -> str:
        """The bot's own id; empty before it has logged in."""
        return str(self._connection.self_id or "")

    async def setup_hook(self) -> None:
        """The end of logging in: from here on it is known who the bot is."""
        self.access.application = str(self.application_id)

    def start_task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something beside the gateway; a bug in it is logged."""
        task = asyncio.ensure_future(_guarded(work))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return task

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """One session may begin every five seconds."""
        if not initial:
            log.info("discord_identifies", shard=shard_id)
            await self._pause(IDENTIFY_SECONDS)

    async def finish(self, seconds: float) -> None:
        """Let answers that were begun go out, for a few seconds, then close."""
        if self.running:
            await asyncio.wait(self.running, timeout=seconds)
        for task in self.running:
            task.cancel()
        await self.close()

    def _on_ready(self, data: Payload) -> None:
        shard, count = data.get("shard") or (0, 1)
        guilds = [guild["id"] for guild in data["guilds"]]
        self.ready.add(shard)
        self.is_there.set()
        self._known.update(guilds)
        for guild in guilds:  # a new session is not told what changed before it
            self.access.changed(guild)
        log.info("discord_ready", shard=shard, guilds=len(guilds))
        self.start_task(self._watch.connected(shard, count, guilds))

    def _on_resumed(self, data: Payload) -> None:
        self.ready.add(data["__shard_id__"] or 0)

    async def on_shard_disconnect(self, shard: int) -> None:
        """A shard lost its connection; discord.py resumes it."""
        self.ready.discard(shard)

    def _on_guild(self, data: Payload) -> None:
        if data["id"] not in self._known:
            self._known.add(data["id"])
            self.start_task(self._watch.joined(data["id"]))

    def _on_guild_gone(self, data: Payload) -> None:
        self.access.changed(data["id"])
        if not data.get("unavailable"):
            self._known.discard(data["id"])
            self.start_task(self._watch.left(data["id"]))

    def _on_permissions(self, data: Payload) -> None:
        self.access.changed(data["guild_id"])

    def _on_interaction(self, data: Payload) -> None:
        self.tags.learn(data)
        guild, channel = self.get_guild(int(data.get("guild_id") or 0)), data.get("channel") or {}
        data[IN_FORUM] = is_forum(guild, channel.get("parent_id") or "")
        if data["type"] == AUTOCOMPLETE:
            self.start_task(self.responder.complete(data))
        elif is_typed(data) or not data.get("guild_id"):
            self.start_task(self.responder.answer(data))
        else:
            self.start_task(self._press(data))

    async def _press(self, data: Payload) -> None:
        """Who sees a button may press it, and a message's menu has rules of its own: who may use `/client` is looked
        up. A form is looked up again, as rules may have changed since it was opened.
        """
        await self.responder.answer(data, presser(data))

    def _on_message(self, data: Payload) -> None:
        guild = self.get_guild(int(data.get("guild_id", 0)))
        role = own_role(guild) if data.get("mention_roles") else ""
        found = mentions(data, self.me, role)
        if found:
            self.start_task(self._answer(data, found, guild))

    async def _answer(self, data: Payload, found: tuple[str, ...], guild: discord.Guild | None) -> None:
        asked = await asker(data, guild, self.access, self.rest)
        asked = asked._replace(user=asked.user._replace(locale=self.tags.known.get(asked.user.id, "")))
        reply = await self.router.dispatch(await self.router.heard(message(data, found, asked, self.router)))
        if reply is None:
            return
        speech = Speech(choose(reply.language, self.router.services.locale))
        try:
            await draw(reply)
            await self.speaker.answer(data, reply, speech)
        except Exception as error:  # noqa: BLE001 - whatever broke in drawing it, the asker gets a reference
            await self.speaker.answer(data, late_crash_reply(logged(error, "discord message"), speech), speech)


def presser(data: Payload) -> Member:
    """Who pressed a button, used a menu or sent a form, and where."""
    member, where = data["member"], asker_of(data).place.channel
    rights, roles = int(member["permissions"]), frozenset(member["roles"])
    return Member(data["guild_id"], member["user"]["id"], roles, rights, where)


def _both(first: Callable[[Any], None], then: Callable[[Payload], None]) -> Callable[[Any], None]:
    def parse(data: Any) -> None:
        first(data)
        then(data)

    return parse


async def _guarded(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - nothing waits for it, so here is its last chance to be seen
        logged(error, "discord")
