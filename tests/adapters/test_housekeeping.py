"""A running bot erases what is due at its start, and goes on when the database can't do it now."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

from adapters import housekeeping as housekeeper
from adapters.housekeeping import housekeeping
from bot.retention import Retention
from bot.router import Services
from bot.storage.database import LOCKED, Database, StorageError, T, Work
from bot.storage.installations import plan_purge
from tests.contract.teams import Member, everything, flags
from tests.support import START, Clock, running_bot


@dataclass
class Watched:
    """A database that tells when it has done `awaited` units of work, or refuses all of them."""

    database: Database
    awaited: int
    done: asyncio.Event = field(default_factory=asyncio.Event)
    refuses: Exception | None = None

    async def read(self, work: Work[T]) -> T:
        """Counted."""
        return await self._count(self.database.read, work)

    async def glance(self, work: Work[T]) -> T:
        """Counted."""
        return await self._count(self.database.glance, work)

    async def write(self, work: Work[T]) -> T:
        """Counted."""
        return await self._count(self.database.write, work)

    async def jot(self, work: Work[T]) -> T:
        """Counted."""
        return await self._count(self.database.jot, work)

    async def close(self) -> None:
        """The other's."""
        await self.database.close()

    async def _count(self, run: Callable[[Work[T]], Awaitable[T]], work: Work[T]) -> T:
        try:
            if self.refuses:
                raise self.refuses
            return await run(work)
        finally:
            self.awaited -= 1
            if self.awaited == 0:
                self.done.set()


@pytest.fixture
async def services(tmp_path: Path, clock: Clock) -> AsyncIterator[Services]:
    """A bot with an old event in one workspace, and another that was left."""
    async with running_bot(tmp_path / "chao.db", clock) as bot:
        ana = Member(bot.services.database, clock=clock)
        await ana.does(lambda store: store.is_new_event("Ev1"))
        await ana.elsewhere("slack:left").does(flags("acme"))
        await ana.database.write(partial(plan_purge, key="slack:left", at=START + timedelta(days=1)))
        yield bot.services


async def test_what_is_due_is_erased_at_the_start(services: Services, clock: Clock) -> None:
    clock.advance(days=100)
    # The purge; a page of workspaces; two batches of the one that is left; the page after the last.
    watched = Watched(services.database, 5)
    async with housekeeping(replace(services, database=watched), Retention()):
        await watched.done.wait()
    rows = await services.database.read(everything)
    assert [row[1] for row in rows["workspaces"]] == ["slack:T1"]
    assert rows["seen_events"] == []


async def test_a_database_that_is_busy_stops_nothing_and_is_logged(services: Services) -> None:
    watched = Watched(services.database, 1, refuses=StorageError(LOCKED))
    with structlog.testing.capture_logs() as logs:
        async with housekeeping(replace(services, database=watched), Retention()):
            await watched.done.wait()
            await asyncio.wait([asyncio.create_task(services.database.read(everything))])
    assert [(line["event"], line["reason"]) for line in logs] == [("housekeeping_failed", LOCKED)]


async def test_tables_that_are_away_are_logged_and_housekeeping_goes_on(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeper, "HOUR_SECONDS", 0)
    watched = Watched(services.database, 3, refuses=LookupError("no such table: Acme"))
    with structlog.testing.capture_logs() as logs:
        async with housekeeping(replace(services, database=watched), Retention()):
            await asyncio.wait_for(watched.done.wait(), 10)
    crashes = [(line["event"], line["error"], line["where"]) for line in logs]
    assert crashes[:2] == [("crashed", "LookupError", "housekeeping")] * 2
    assert "Acme" not in str(logs)
