"""One store suite, every database: `database` is each kind in turn, empty and migrated."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from sqlmodel import SQLModel

from bot.storage.database import Database, Session
from bot.storage.postgres import PostgresDatabase
from bot.storage.sqlite import SqliteDatabase
from tests.contract.teams import Member
from tests.postgres import Shared, empty
from tests.support import Clock, new_database

_TABLES = [table.name for table in reversed(SQLModel.metadata.sorted_tables)]
Openings = dict[str, Callable[[], AbstractAsyncContextManager[Database]]]


class KeptFile:
    """The shared file, kept open from test to test: a new one costs more than what most tests do with it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "chao.db"
        self._database: SqliteDatabase | None = None

    @asynccontextmanager
    async def emptied(self) -> AsyncIterator[Database]:
        """The file without a row; opened again when a test closed it."""
        if self._database is None or self._database.is_closed:
            self._database = new_database(self._path)
        await self._database.write(_empty)
        yield self._database

    async def close(self) -> None:
        """At the end of all tests."""
        if self._database:
            await self._database.close()


def _empty(session: Session) -> None:
    """Delete all rows and begin the counters anew."""
    connection = session.connection()
    for table in (*_TABLES, "sqlite_sequence"):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - our own tables


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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def kept_file(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[KeptFile]:
    """The file, for tests that share an event loop."""
    opened = KeptFile(tmp_path_factory.mktemp("kept"))
    yield opened
    await opened.close()


@pytest.fixture
def openings(request: pytest.FixtureRequest) -> Openings:
    """How to open an empty database of a kind; a server is started for the first test that names it."""
    if "postgresql" in request.node.name:
        kept: Kept = request.getfixturevalue("kept")
        return {"postgresql": kept.emptied}
    kept_file: KeptFile = request.getfixturevalue("kept_file")
    return {"sqlite": kept_file.emptied}


@pytest_asyncio.fixture(params=["postgresql", "sqlite"], loop_scope="session")
async def database(request: pytest.FixtureRequest, openings: Openings) -> AsyncIterator[Database]:
    """A database to store in."""
    async with openings[str(request.param)]() as opened:
        yield opened


@pytest.fixture
def ana(database: Database, clock: Clock) -> Member:
    """Ana, who works in the workspace slack:T1."""
    return Member(database, clock=clock)
