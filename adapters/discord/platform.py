"""Discord as one of the platforms that `chao serve` runs: connects, registers the commands, comes back after faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog

from adapters.discord.client import Client
from adapters.discord.library_log import quieten
from adapters.discord.respond import Patience
from adapters.discord.rest import Rest
from adapters.discord.sending import FAULTS, Pause, delay, told
from adapters.discord.servers import Servers
from adapters.discord.summaries import DiscordPoster
from adapters.discord.sync import sync
from adapters.failure import CommandFailedError
from bot.router import Router
from bot.settings import Settings

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

FIRST_PAUSE, LAST_PAUSE = 1.0, 60.0
SETTLED = 0.5
GRACE = 5.0
WRONG_TOKEN = "DISCORD_TOKEN is not a bot's token: copy it from the application's Bot page, discord.com/developers"  # noqa: S105 - a message
WRONG_ADDRESS = "DISCORD_API_URL and DISCORD_GATEWAY_URL are whole addresses: https://discord.com/api/v10, wss://…"
CLOSED = {
    4004: WRONG_TOKEN,
    4010: "DISCORD_SHARD_IDS names a shard beyond DISCORD_SHARD_COUNT: count from 0",
    4011: "Discord wants more shards: raise DISCORD_SHARD_COUNT, or unset it and DISCORD_SHARD_IDS",
}
log = structlog.get_logger(__name__)


class DiscordPlatform:
    """Runs until it is cancelled. Raises `CommandFailedError` for what only the operator can mend."""

    name = "discord"
    routes: tuple[BaseRoute, ...] = ()

    def __init__(self, router: Router, settings: Settings, pause: Pause = asyncio.sleep) -> None:
        self._router, self._settings, self._pause = router, settings, pause
        self._servers = Servers(router.services, timedelta(days=settings.grace_days))
        self._shards = shards_of(settings)
        self.client: Client | None = None

    @property
    def is_ready(self) -> bool:
        """Whether every shard of this process is connected."""
        client = self.client
        if client is None or client.shard_count is None:
            return False
        return client.ready >= set(client.shard_ids or range(client.shard_count))

    @property
    def poster(self) -> DiscordPoster:
        """What posts weekly summaries."""
        return DiscordPoster(lambda: self.client, self._router.services.locale)

    async def run(self) -> None:
        """Serve; connect again after every fault but a wrong token or wrong shards."""
        quieten()
        now, seconds = asyncio.get_running_loop().time, FIRST_PAUSE
        while True:
            began = now()
            await self._serve_once()
            seconds = FIRST_PAUSE if now() - began > LAST_PAUSE else seconds
            log.warning("discord_reconnects", seconds=seconds)
            await self._pause(seconds)
            seconds = min(seconds * 2, LAST_PAUSE)

    async def _serve_once(self) -> None:
        try:
            await self._serve()
        except discord.LoginFailure as error:
            raise CommandFailedError(WRONG_TOKEN) from error
        except discord.ConnectionClosed as error:
            log.warning("discord_closed", code=error.code)
            if error.code in CLOSED:
                raise CommandFailedError(CLOSED[error.code]) from error
        except aiohttp.InvalidURL as error:
            raise CommandFailedError(WRONG_ADDRESS) from error
        except (*FAULTS, discord.DiscordException, OSError) as error:
            log.warning("discord_unreachable", **told(error))

    async def _serve(self) -> None:
        rest = Rest(self._settings.discord_api_url, self._settings.discord_gateway_url)
        client = self.client = Client(self._router, rest, self._servers, Patience(pause=self._pause), **self._shards)
        try:
            await client.login(self._settings.secret("discord_token"))
            registering = client.start_task(self._register(client))
            try:
                await client.connect()
            finally:
                registering.cancel()
        finally:
            self.client = None
            await client.finish(GRACE)

    async def _register(self, client: Client) -> None:
        """Register the commands, and again until Discord answers; what it refuses is refused again.

        A moment after who waited is answered: mostly Discord has them already, and to compare them takes a while.
        """
        await client.is_there.wait()
        await self._pause(SETTLED)
        application, access, seconds = str(client.application_id), client.access, FIRST_PAUSE
        while True:
            try:
                await sync(client.rest, application, self._router.commands, access.learn)
            except FAULTS as fault:
                log.warning("commands_not_registered", **told(fault))
                if delay(fault, seconds) is None:
                    access.give_up()
                    return
            else:
                return
            await self._pause(seconds)
            seconds = min(seconds * 2, LAST_PAUSE)


def shards_of(settings: Settings) -> dict[str, Any]:
    """`DISCORD_SHARD_IDS` as `0,1` with `DISCORD_SHARD_COUNT`; without them one process has as many as Discord asks."""
    ids, count = settings.discord_shard_ids.replace(" ", ""), settings.discord_shard_count
    if not ids:
        return {"shard_count": count} if count else {}
    numbers = ids.split(",")
    if not count or not all(number.isdecimal() and int(number) < count for number in numbers):
        raise CommandFailedError("DISCORD_SHARD_IDS are numbers below DISCORD_SHARD_COUNT, as 0,1 of 4")
    return {"shard_count": count, "shard_ids": sorted({int(number) for number in numbers})}


@asynccontextmanager
async def discord_platform(router: Router, settings: Settings) -> AsyncIterator[DiscordPlatform]:
    """Discord as the settings say; raises `CommandFailedError` for shards that do not fit together."""
    yield DiscordPlatform(router, settings)
