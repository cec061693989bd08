"""One store suite, every database: `database` is each kind in turn, empty and migrated."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.database import Database
from bot.storage.postgres import PostgresDatabase
from tests.contract.teams import Member
from tests.postgres import Shared, empty
from tests.support import Clock, new_database

Openings = dict[str, Callable[[], AbstractAsyncContextManager[Database]]]


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[Database]:
    """A file of its own in a folder."""
    opened = new_database(folder / "chao.db")
    try:
        yield opened
    finally:
        await opened.close()


class Kept:
    """The shared database on the server, kept open from test to test: new connections cost more than most tests."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._database: PostgresDatabase | None = None

    @asynccontextmanager
    async def emptied(self) -> AsyncIterator[Database]:
        """The database without a row; opened again when a test closed it."""
        if self._database is None or self._database.is_closed:
            self._database = await self._shared.opened()
        await empty(self._database)
        yield self._database

    async def close(self) -> None:
        """At the end of all tests."""
        if self._database:
            await self._database.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def kept(shared_postgres: Shared) -> AsyncIterator[Kept]:
    """The database on the server, for tests that share an event loop."""
    opened = Kept(shared_postgres)
    yield opened
    await opened.close()


@pytest.fixture
def openings(request: pytest.FixtureRequest, tmp_path: Path) -> Openings:
    """How to open an empty database of a kind; a server is started for the first test that names it."""
    if "postgresql" in request.node.name:
        kept: Kept = request.getfixturevalue("kept")
        return {"postgresql": kept.emptied}
    return {"sqlite": lambda: sqlite(tmp_path)}


@pytest_asyncio.fixture(params=["postgresql", "sqlite"], loop_scope="session")
async def database(request: pytest.FixtureRequest, openings: Openings) -> AsyncIterator[Database]:
    """A database to store in."""
    async with openings[str(request.param)]() as opened:
        yield opened


@pytest.fixture
def ana(database: Database, clock: Clock) -> Member:
    """Ana, who works in the workspace slack:T1."""
    return Member(database, clock=clock)
