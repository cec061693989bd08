"""What a running bot erases by itself: workspaces that it was removed from, hourly, and what is too old, once a day."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count

import structlog

from bot.crashes import logged
from bot.leaving import purge
from bot.retention import Retention, prune
from bot.router import Services
from bot.storage.database import StorageError

HOUR_SECONDS = 3600.0
log = structlog.get_logger(__name__)


@asynccontextmanager
async def housekeeping(services: Services, keep: Retention) -> AsyncIterator[None]:
    """Keep house for as long as the block runs."""
    keeping = asyncio.create_task(_keep_house(services, keep))
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


async def _keep_house(services: Services, keep: Retention) -> None:
    for hour in count():
        try:
            await purge(services)
            if hour % 24 == 0:
                log.info("pruned", **await prune(services.database, keep, services.clock()))
        except StorageError as error:
            log.warning("housekeeping_failed", reason=error.reason)
        except Exception as error:  # noqa: BLE001 - one round's bug must not end all others
            logged(error, "housekeeping")
        with suppress(TimeoutError):
            async with asyncio.timeout(HOUR_SECONDS):
                await asyncio.Event().wait()
