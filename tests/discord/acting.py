"""What tests of answers share: people who flag and press, what they see then, and bots that are slow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from adapters.discord.access import ROLE
from adapters.discord.respond import Patience
from bot.commands import Registry, Turn
from bot.events import Command
from bot.reply import Reply
from bot.router import Router
from bot.storage.database import Database
from tests.discord.fake import APP, GUILD, Posted
from tests.discord.shown import labels, read
from tests.discord.world import TEAM, Person, World, at_once

CALLBACK = "callback"
SLOW = Patience(answer=0, form=0, pause=at_once)


class Unhurried:
    """A database whose glances and jottings take their time, as those of a busy one do."""

    def __init__(self, database: Database) -> None:
        self.read, self.write, self.close = database.read, database.write, database.close
        self.glance, self.jot = database.read, database.write


def last(world: World, user: str = "ana") -> Posted:
    """The newest message that somebody sees."""
    return world.fake.visible(world.person(user).id)[-1]


def text(message: Posted) -> str:
    """A message as it is read."""
    return read(message.payload, message.files)


def kinds(world: World) -> list[int]:
    """The kinds of first answers, in order."""
    return [payload["type"] for _, path, payload in world.fake.requests if path.endswith(CALLBACK)]


async def press(world: World, label: str, user: str = "ana") -> None:
    """Somebody presses what stands on the newest message."""
    message = last(world, user)
    await world.presses(user, message, dict(labels(message.payload))[label])


async def flagged(world: World) -> None:
    """Ana flags a client."""
    await world.slash("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")


def with_handler(bot: Router, handler: Callable[[Command, Turn], Reply]) -> Router:
    """One whose help is another."""
    spec = replace(bot.commands["help"], handler=handler, is_brief=True)
    return Router(bot.services, Registry({**bot.commands, "help": spec}, bot.actions, bot._answer))


def only_the_team(world: World) -> None:
    """What an administrator sets to keep clients that are members of the server out."""
    permissions = [{"id": GUILD, "type": ROLE, "permission": False}, {"id": TEAM, "type": ROLE, "permission": True}]
    world.fake.rules = [{"id": "700", "application_id": APP, "guild_id": GUILD, "permissions": permissions}]


def eve_comes(world: World) -> None:
    """A member of the server who is not of the team."""
    world.people["eve"] = Person("1999", "eve")
