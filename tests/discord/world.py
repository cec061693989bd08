"""A server with people, and a bot in it: what the gateway sends when they do something, and the bot's own client.

Payloads go as text through discord.py's own receiving code; shapes from https://discord.com/developers/docs/events.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any, cast

import aiohttp
from discord.gateway import DiscordWebSocket

from adapters.discord.client import Client
from adapters.discord.respond import Patience
from adapters.discord.servers import Servers
from bot.router import Router
from tests.discord.fake import APP, BOT, GUILD, FakeDiscord, FakeRest, Open, Posted

Json = dict[str, Any]
CHANNEL, FORUM, DM = "200", "201", "5"
EVERYONE, TEAM, BOT_ROLE = GUILD, "301", "302"
SEND, MANAGE = 1 << 11, 1 << 5
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5


@dataclass(frozen=True)
class Person:
    """A member of the server."""

    id: str
    name: str
    permissions: int = SEND
    locale: str = "en-US"
    roles: tuple[str, ...] = ()

    @property
    def user(self) -> Json:
        """The user object."""
        return {"id": self.id, "username": self.name, "global_name": None, "discriminator": "0", "avatar": None}

    @property
    def member(self) -> Json:
        """The member object, without its user."""
        return {"roles": list(self.roles), "nick": None, "flags": 0, "joined_at": "2026-01-01T00:00:00Z"}


async def at_once(_seconds: float) -> None:
    """Time passes at once."""


@dataclass
class World:
    """One server: `ana` manages it. `threads` are known by the names that tests give them."""

    router: Router
    patience: Patience = field(default_factory=lambda: Patience(pause=at_once))
    fake: FakeDiscord = field(default_factory=FakeDiscord)
    people: dict[str, Person] = field(default_factory=dict)
    threads: dict[str, str] = field(default_factory=dict)
    locale: str = "en-US"

    def __post_init__(self) -> None:
        self.client = Client(self.router, FakeRest(self.fake), Servers(self.router.services), self.patience)
        self._socket: DiscordWebSocket | None = None
        self.last: tuple[str, Json] = ("", {})

    def person(self, name: str) -> Person:
        """Somebody; a colleague if not introduced before."""
        rights = SEND | MANAGE if name == "ana" else SEND
        return self.people.setdefault(name, Person(f"1{len(self.people):03}", name, rights, roles=(TEAM,)))

    def thread(self, name: str) -> str:
        """The channel id of a thread."""
        return self.threads.setdefault(name, f"4{len(self.threads):03}")

    async def receive(self, event: str, data: Json) -> None:
        """One event of the gateway, and all that the bot does about it."""
        socket = await self._connected()
        await socket.received_message(json.dumps({"op": 0, "t": event, "s": 1, "d": data}))
        while self.client.running:
            await asyncio.wait(self.client.running)

    def typed(self, user: str, name: str, /, **args: str) -> tuple[str, Json]:
        """`/client` with a sub-command and its options, as the gateway sends it."""
        options = [{"type": 3, "name": option, "value": value} for option, value in args.items()]
        command = {"type": 1, "name": name, "options": options}
        data = {"id": "700", "name": "client", "type": 1, "guild_id": GUILD, "options": [command]}
        return self._interaction(user, COMMAND, data)[1:]

    async def slash(self, user: str, name: str, /, **args: str) -> None:
        """Somebody uses `/client`."""
        self.last = self.typed(user, name, **args)
        await self.receive(*self.last)

    def focus(self, user: str, name: str, option: str, begun: str) -> tuple[str, Json]:
        """An option that is being written, as the gateway sends it."""
        focused = {"type": 3, "name": option, "value": begun, "focused": True}
        data = {"id": "700", "name": "client", "type": 1, "options": [{"type": 1, "name": name, "options": [focused]}]}
        return self._interaction(user, AUTOCOMPLETE, data)[1:]

    async def completes(self, user: str, name: str, option: str, begun: str) -> list[Json]:
        """The list under an option that is being written."""
        await self.receive(*self.focus(user, name, option, begun))
        return self.fake.lists[-1]

    async def uses_menu(self, user: str, text: str) -> Open:
        """The flag entry of a message's own menu."""
        message = {"id": "888", "content": text, "channel_id": CHANNEL}
        data = {"id": "701", "name": "Flag client…", "type": 3, "target_id": "888"}
        return await self._interacts(user, COMMAND, data | {"resolved": {"messages": {"888": message}}})

    async def presses(self, user: str, message: Posted, part: Json) -> Open:
        """A button or a choice of a menu on a message."""
        data = {"custom_id": part["custom_id"], "component_type": part["type"]}
        data |= {"values": part["values"]} if "values" in part else {}
        return await self._interacts(user, COMPONENT, data, message)

    async def submits(self, user: str, message: Posted | None = None, /, **typed: str) -> Open:
        """The form that the user was shown, filled in."""
        form = self.fake.modals.pop(self.person(user).id)
        rows = [_filled(label["component"], typed) for label in form["components"]]
        data = {"custom_id": form["custom_id"], "components": [{"type": 18, "component": row} for row in rows]}
        return await self._interacts(user, MODAL, data, message)

    def said(self, user: str, text: str, channel: str = CHANNEL, **more: object) -> tuple[str, Json]:
        """A message in the server, as the gateway sends it."""
        person = self.person(user)
        return "MESSAGE_CREATE", {
            "id": self.fake.snowflake(), "type": 0, "guild_id": GUILD, "channel_id": channel, "author": person.user,
            "content": text, "member": person.member, "mentions": [{"id": BOT}] if f"<@{BOT}>" in text else [],
            "mention_roles": [], "mention_everyone": False, "attachments": [], "embeds": [], "tts": False,
            "pinned": False, **more,
        }  # fmt: skip

    async def says(self, user: str, text: str, channel: str = CHANNEL, **more: object) -> str:
        """Somebody writes; the message's id."""
        self.last = self.said(user, text, channel, **more)
        await self.receive(*self.last)
        return str(self.last[1]["id"])

    async def writes_directly(self, user: str, text: str) -> None:
        """A direct message to the bot."""
        person = self.person(user)
        await self.receive("MESSAGE_CREATE", {
            "id": self.fake.snowflake(), "type": 0, "channel_id": f"{DM}{person.id}", "author": person.user,
            "content": text, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        })  # fmt: skip

    async def _interacts(self, user: str, kind: int, data: Json, message: Posted | None = None) -> Open:
        opened, event, payload = self._interaction(user, kind, data, message)
        self.last = (event, payload)
        await self.receive(event, payload)
        return opened

    def _interaction(self, user: str, kind: int, data: Json, message: Posted | None = None) -> tuple[Open, str, Json]:
        person, channel = self.person(user), message.channel if message else CHANNEL
        opened = self.fake.opens(person.id, channel, message)
        payload = {
            "id": opened.id, "application_id": APP, "type": kind, "data": data, "channel_id": channel,
            "token": opened.token, "version": 1, "locale": person.locale, "attachment_size_limit": 524288000,
            "entitlements": [], "authorizing_integration_owners": {"0": GUILD}, "app_permissions": "0",
            **({"message": _shown(message)} if message else {}),
        }  # fmt: skip
        if channel.startswith(DM):
            where: Json = {"user": person.user, "channel": {"id": channel, "type": 1}, "context": 1}
        else:
            member = person.member | {"user": person.user, "permissions": str(person.permissions)}
            where = {"guild_id": GUILD, "guild_locale": self.locale, "member": member, "context": 0}
            where |= {"channel": self._channel(channel)}
        return opened, "INTERACTION_CREATE", payload | where

    def _channel(self, channel: str) -> Json:
        known = {"id": channel, "name": "general", "guild_id": GUILD, "flags": 0, "permissions": str(SEND)}
        if channel in self.threads.values():
            return known | {"type": 11, "parent_id": CHANNEL}
        return known | {"type": 0, "parent_id": "299", "position": 0, "nsfw": False, "topic": None}

    async def connect(self) -> None:
        """Until the server is known."""
        await self._connected()

    async def _connected(self) -> DiscordWebSocket:
        if self._socket is None:
            await self.client._async_setup_hook()  # what `login` does first; there is nobody to log in to
            self.client.access.application = APP
            self.client.access.learn("700")
            loop = asyncio.get_running_loop()
            socket = DiscordWebSocket(cast("aiohttp.ClientWebSocketResponse", None), loop=loop)
            socket.shard_id, socket._discord_parsers = 0, self.client._connection.parsers
            self._socket = socket
            await self.receive("READY", READY)
            await self.receive("GUILD_CREATE", self.guild())
        return self._socket

    def guild(self) -> Json:
        """The server as the gateway describes it."""
        roles: list[Json] = [
            {"id": EVERYONE, "name": "@everyone", "permissions": str(SEND)},
            {"id": TEAM, "name": "team", "permissions": "0"},
            {"id": BOT_ROLE, "name": "chao", "permissions": "0", "tags": {"bot_id": BOT}},
        ]
        own: Json = {"color": 0, "hoist": False, "position": 1, "managed": False, "mentionable": False, "flags": 0}
        return {
            "id": GUILD, "name": "studio", "owner_id": self.person("ana").id, "preferred_locale": self.locale,
            "roles": [own | role for role in roles], "member_count": 3, "members": [], "emojis": [], "features": [],
            "channels": [{"id": c, "type": k, "name": "c", "position": 0, "permission_overwrites": []}
                         for c, k in ((CHANNEL, 0), (FORUM, 15))],
            "threads": [self.thread_object(name) for name in self.threads],
        }  # fmt: skip

    def thread_object(self, name: str, parent: str = CHANNEL) -> Json:
        """A thread as the gateway describes it."""
        meta = {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": "2026-11-24T00:00:00Z",
            "locked": False,
        }
        return {
            "id": self.thread(name), "type": 11, "parent_id": parent, "name": name, "guild_id": GUILD,
            "owner_id": "1", "message_count": 0, "member_count": 1, "rate_limit_per_user": 0, "thread_metadata": meta,
        }  # fmt: skip


def _filled(part: Json, typed: dict[str, str]) -> Json:
    """An input with what was typed or chosen, else with what stood there."""
    name = part["custom_id"]
    if part["type"] == 3:
        chosen = [option["value"] for option in part["options"] if option.get("default")]
        return {"type": 3, "custom_id": name, "values": [typed[name]] if name in typed else chosen}
    return {"type": 4, "custom_id": name, "value": typed.get(name, part.get("value", ""))}


def _shown(message: Posted) -> Json:
    return {
        "id": message.id, "channel_id": message.channel, "flags": 64 if message.only_for else 0,
        "author": {"id": BOT, "bot": True}, "components": message.payload.get("components", []),
    }  # fmt: skip


READY: Json = {
    "v": 10, "user": {"id": BOT, "username": "chao", "discriminator": "0", "avatar": None, "bot": True},
    "guilds": [{"id": GUILD, "unavailable": True}], "session_id": "s", "shard": [0, 1],
    "resume_gateway_url": "wss://gateway.discord.gg", "application": {"id": APP, "flags": 0},
}  # fmt: skip
