"""Who may use `/client`: what a server's administrators allow for it holds for mentions, buttons, menus and forms too.

Discord itself checks the slash command. The rules are Discord's: administrators always; then the channel; then the
member, their roles, everyone; else the command's default permissions. https://discord.com/developers/docs/interactions/
application-commands#permissions
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

import structlog
from discord.http import Route

from adapters.discord.components import Payload
from adapters.discord.parse import ADMINISTRATOR
from adapters.discord.rest import Rest
from adapters.discord.sending import FAULTS, told

ROLE, USER, CHANNEL = 1, 2, 3
DEFAULT = 1 << 11  # who may send messages
ATTEMPTS = 3
log = structlog.get_logger(__name__)


class Member(NamedTuple):
    """Who asks, with their roles and permissions, and where (a thread's channel is its parent)."""

    guild: str
    user: str
    roles: frozenset[str]
    permissions: int
    channel: str

    @property
    def is_administrator(self) -> bool:
        """Whether no rule counts for them."""
        return bool(self.permissions & ADMINISTRATOR)


class Rule(NamedTuple):
    """What an administrator set for a role, a member or a channel."""

    kind: int
    id: str
    is_allowed: bool


class Rules(NamedTuple):
    """A server's rules for `/client` itself, and for all of the bot's commands."""

    own: tuple[Rule, ...] = ()
    all: tuple[Rule, ...] = ()

    def admit(self, member: Member) -> bool:
        """Whether this member may use `/client` there."""
        if member.is_administrator:
            return True
        if _first(self._in_channel(rules, member) for rules in (self.own, self.all)) is False:
            return False
        own = self._for_member(self.own, member)
        if own is not None:
            return own
        return self._for_member(self.all, member) is not False and member.permissions & DEFAULT == DEFAULT

    @staticmethod
    def _in_channel(rules: Sequence[Rule], member: Member) -> bool | None:
        everywhere = str(int(member.guild) - 1)
        said = {rule.id: rule.is_allowed for rule in rules if rule.kind == CHANNEL}
        return said.get(member.channel, said.get(everywhere))

    @staticmethod
    def _for_member(rules: Sequence[Rule], member: Member) -> bool | None:
        own = [rule.is_allowed for rule in rules if rule.kind == USER and rule.id == member.user]
        roles = {rule.id: rule.is_allowed for rule in rules if rule.kind == ROLE}
        held = [roles[role] for role in member.roles if role in roles]
        return own[0] if own else any(held) if held else roles.get(member.guild)


class Access:
    """The rules of each server, asked of Discord once and again when they change.

    Until it is known which command they are for, a look-up waits, `patience` seconds at most.
    """

    def __init__(self, rest: Rest, patience: float = 10.0) -> None:
        self._rest, self._patience = rest, patience
        self._rules: dict[str, Rules] = {}
        self._changes: Counter[str] = Counter()
        self.application = ""
        self._command: str | None = None
        self._is_settled = asyncio.Event()

    def learn(self, command: str) -> None:
        """The id of `/client`, empty while Discord has none; the rules of another one count no more."""
        if command != self._command:
            self._rules.clear()
        self._command = command
        self._is_settled.set()

    def give_up(self) -> None:
        """Discord does not say which command it is: nobody waits for that any more."""
        self._is_settled.set()

    def changed(self, guild: str) -> None:
        """A server's rules are other ones now, or may be; also those that are being asked for."""
        self._changes[guild] += 1
        self._rules.pop(guild, None)

    async def is_outsider(self, member: Member) -> bool:
        """Whether no client may be shown to this member there; also when Discord does not say."""
        if member.is_administrator:
            return False
        try:
            rules = self._rules.get(member.guild) or await self._learned(member.guild)
        except FAULTS as fault:
            log.warning("command_permissions_unknown", guild=member.guild, **told(fault))
            return True
        return rules is None or not rules.admit(member)

    async def _learned(self, guild: str) -> Rules | None:
        """A server's rules as they are now; None when nobody knows whose, or they change each time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_settled.wait(), self._patience)
        if self._command is None:
            log.warning("command_unknown", guild=guild)
            return None
        for _ in range(ATTEMPTS):
            before = self._version(guild)
            rules = await self._asked(guild)
            if self._version(guild) == before:
                self._rules[guild] = rules
                return rules
        log.warning("command_permissions_change", guild=guild)
        return None

    def _version(self, guild: str) -> tuple[str | None, int]:
        return self._command, self._changes[guild]

    async def _asked(self, guild: str) -> Rules:
        path = "/applications/{application_id}/guilds/{guild_id}/commands/permissions"
        found = await self._rest.request(Route("GET", path, application_id=self.application, guild_id=guild))
        by_command = {entry["id"]: tuple(_rules(entry["permissions"])) for entry in found}
        return Rules(by_command.get(self._command or "", ()), by_command.get(self.application, ()))


def _rules(permissions: Iterable[Payload]) -> Iterable[Rule]:
    return (Rule(entry["type"], entry["id"], entry["permission"]) for entry in permissions)


def _first(verdicts: Iterable[bool | None]) -> bool | None:
    return next((verdict for verdict in verdicts if verdict is not None), None)
