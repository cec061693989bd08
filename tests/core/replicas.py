"""Several processes' worth of databases on one PostgreSQL, and units of work that stop in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.util import await_only

from bot.storage.postgres import PostgresDatabase
from bot.storage.store import Store
from tests.contract.teams import Member

__all__ = ["Pause", "replicas"]


@dataclass
class Pause:
    """A unit of work calls it, says that it is there, and waits until the test lets it go on."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self) -> None:
        self.reached.set()
        await_only(self.go_on.wait())

    def after(self, deed: Callable[[Store], object]) -> Callable[[Store], object]:
        """The deed, then the pause; what the deed returned."""

        def unit(store: Store) -> object:
            outcome = deed(store)
            self()
            return outcome

        return unit


@asynccontextmanager
async def replicas(url: str, count: int = 2) -> AsyncIterator[list[Member]]:
    """Ana, once for each of several databases that know nothing of each other."""
    databases = [PostgresDatabase(url) for _ in range(count)]
    try:
        yield [Member(database) for database in databases]
    finally:
        for database in databases:
            await database.close()
