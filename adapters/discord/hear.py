"""Which messages address the bot, who wrote them and where: from the payload and from what the gateway told before."""

from __future__ import annotations

from dataclasses import dataclass, field

import discord
import structlog

from adapters.discord.access import Access, Member
from adapters.discord.components import Payload
from adapters.discord.parse import THREADS, person, place
from adapters.discord.rest import Rest
from adapters.discord.sending import FAULTS, told
from bot.events import Asker

SAID = (0, 19)  # an ordinary message, and a reply
MOST_TAGS = 20_000
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tags:
    """The locale of people who have used an interaction: messages do not carry it. Lost at a restart, and no harm."""

    known: dict[str, str] = field(default_factory=dict)

    def learn(self, data: Payload) -> None:
        """Note the locale that an interaction carries."""
        user = (data.get("member") or data)["user"]["id"]
        if len(self.known) >= MOST_TAGS:
            self.known.pop(next(iter(self.known)))
        self.known[user] = data.get("locale", "")


def mentions(data: Payload, me: str, role: str) -> tuple[str, ...] | None:
    """The mentions by which a message addresses the bot, or its `role`; None when it does not."""
    if data["author"].get("bot") or data.get("webhook_id") or data["type"] not in SAID:
        return None
    is_named = any(user["id"] == me for user in data["mentions"])
    is_called = bool(role) and role in data.get("mention_roles", ())
    return (f"<@{me}>", f"<@!{me}>", f"<@&{role}>") if is_named or is_called or not data.get("guild_id") else None


def own_role(guild: discord.Guild | None) -> str:
    """The role that Discord made for the bot; people mention it by mistake, as it has the bot's name."""
    role = guild.self_role if guild else None
    return str(role.id) if role else ""


async def asker(data: Payload, guild: discord.Guild | None, access: Access, rest: Rest) -> Asker:
    """Who wrote a message, with what their roles allow, and where."""
    member = data.get("member") or {}
    if not data.get("guild_id"):
        return Asker(person(data["author"], member), place(data, ""))
    parent = await _parent(data, guild, rest)
    where = place(data, parent, str(guild.preferred_locale) if guild else "", is_thread=bool(parent))
    where = where._replace(is_forum=is_forum(guild, parent))
    user, rights = data["author"]["id"], _permissions(guild, data["author"]["id"], member.get("roles", ()))
    # Who writes in a channel may send messages there, whatever makes it so.
    rights |= discord.Permissions(send_messages=True).value
    asking = Member(data["guild_id"], user, frozenset(member.get("roles", ())), rights, where.channel)
    writer = person(data["author"], member, rights)
    return Asker(writer._replace(is_guest=await access.is_outsider(asking) or writer.is_guest), where)


def is_forum(guild: discord.Guild | None, channel: str) -> bool:
    """Whether a channel takes threads only."""
    return guild is not None and bool(channel) and isinstance(guild.get_channel(int(channel)), discord.ForumChannel)


def _permissions(guild: discord.Guild | None, user: str, roles: tuple[str, ...]) -> int:
    """A member's permissions in a server, as far as its roles are known."""
    if guild is None:
        return 0
    if str(guild.owner_id) == user:
        return discord.Permissions.all().value
    held = (guild.get_role(int(role)) for role in (str(guild.id), *roles))
    total = 0
    for role in held:
        total |= role.permissions.value if role else 0
    return total


async def _parent(data: Payload, guild: discord.Guild | None, rest: Rest) -> str:
    """The channel of a thread; empty for what is no thread."""
    number = int(data["channel_id"])
    known = guild.get_channel_or_thread(number) if guild else None
    if isinstance(known, discord.Thread):
        return str(known.parent_id)
    if known is not None:
        return ""
    try:
        channel = await rest.get_channel(number)
    except FAULTS as fault:
        log.info("channel_unknown", channel=data["channel_id"], **told(fault))
        return ""
    return str(channel.get("parent_id") or "") if channel["type"] in THREADS else ""
