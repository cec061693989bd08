"""Registers the commands with Discord: once, when they are other ones than Discord has."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping

import structlog
from discord.http import Route

from adapters.discord.commands import GROUP, digest, payloads
from adapters.discord.components import Payload
from adapters.discord.rest import Rest
from bot.commands import CommandSpec

log = structlog.get_logger(__name__)
PATH = "/applications/{application_id}/commands"


async def sync(rest: Rest, application: str, specs: Mapping[str, CommandSpec], learn: Callable[[str], None]) -> None:
    """Replace what Discord has if it differs. `learn` hears the id of `/client`, also of one that can't be replaced.

    Raises `discord.HTTPException`.
    """
    route = Route("GET", PATH, application_id=application)
    stored: list[Payload] = await rest.request(route, params={"with_localizations": "true"})
    learn(_group(stored))
    # On a thread: the first time, it reads the catalogues of all languages.
    wanted = await asyncio.to_thread(payloads, specs)
    ours = digest(wanted)
    if digest(stored) == ours:
        log.info("commands_are_current", digest=ours)
        return
    stored = await rest.request(Route("PUT", PATH, application_id=application), json=wanted)
    log.info("commands_registered", digest=ours)
    learn(_group(stored))


def _group(stored: Iterable[Payload]) -> str:
    return next((str(command["id"]) for command in stored if command["name"] == GROUP), "")
