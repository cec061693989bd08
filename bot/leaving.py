"""When a workspace removes the bot: its data goes too, at once or after a grace that the operator set."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from functools import partial

import structlog

from bot.router import Services
from bot.storage.installations import cancel_purge, kept_workspaces, plan_purge, planned_purges, purge_due

log = structlog.get_logger(__name__)


async def leave(services: Services, workspace: str, grace: timedelta = timedelta(0)) -> None:
    """Plan the end of the data of a workspace, or of a whole organisation, and erase what is due."""
    at = services.clock() + grace
    await services.database.write(lambda session: plan_purge(session, workspace, at))
    await purge(services)


async def come_back(services: Services, workspace: str) -> None:
    """The bot is back in a workspace, or in an organisation, before the grace was over: its data stays."""
    await services.database.write(lambda session: cancel_purge(session, workspace))


async def stay(services: Services, workspaces: Collection[str]) -> None:
    """The bot is in these workspaces: what was planned to be erased is kept."""
    planned = await services.database.read(planned_purges)
    for workspace in planned.intersection(workspaces):
        await services.database.write(partial(plan_purge, key=workspace, at=None))


async def present(services: Services, prefix: str) -> frozenset[str]:
    """The workspaces of a platform that nobody has left yet, by their keys' beginning."""
    return await services.database.read(lambda session: kept_workspaces(session, prefix))


async def purge(services: Services) -> int:
    """Erase the workspaces whose grace is over; how many."""
    now = services.clock()
    count = await services.database.write(lambda session: purge_due(session, now))
    if count:
        log.info("purged", workspaces=count)
    return count
