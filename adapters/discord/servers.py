"""The servers that the bot is in: one that removed it loses its data after the grace that the operator set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from adapters.discord.parse import workspace
from bot.leaving import leave, present, stay
from bot.router import Services

log = structlog.get_logger(__name__)
PREFIX = workspace("")
# It may be another bot's token that is running, by mistake: nothing is erased before that can be noticed.
DOUBT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Servers:
    """`grace`: how long data outlives the bot's removal."""

    services: Services
    grace: timedelta = timedelta(0)

    async def connected(self, shard: int, count: int, guilds: Sequence[str]) -> None:
        """Those that the bot is in stay; those that removed it while it was away have left, it seems."""
        now_in = {workspace(guild) for guild in guilds}
        await stay(self.services, now_in)
        for key in await present(self.services, PREFIX):
            number = key.removeprefix(PREFIX)
            if key not in now_in and number.isdecimal() and shard_of(number, count) == shard:
                log.info("guild_missing", guild=number)
                await leave(self.services, key, max(self.grace, DOUBT))

    async def joined(self, guild: str) -> None:
        """Its data stays."""
        await stay(self.services, {workspace(guild)})

    async def left(self, guild: str) -> None:
        """Its data goes, at once or after the grace."""
        log.info("guild_left", guild=guild)
        await leave(self.services, workspace(guild), self.grace)


def shard_of(guild: str, count: int) -> int:
    """Which of `count` shards hears of a server: https://discord.com/developers/docs/events/gateway#sharding."""
    return (int(guild) >> 22) % count
