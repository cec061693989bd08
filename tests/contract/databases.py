"""One store suite, every database: `database` is each kind in turn, empty and migrated."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.migrate import upgrade
from bot.storage.sqlite import SqliteDatabase, sqlite_engine
from tests.contract.teams import Member
from tests.postgres import Shared
from tests.support import Clock

Openings = Callable[[str], AbstractAsyncContextManager[Database]]


@cache
def _migrated() -> bytes:
    """An empty file with all tables, made once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chao.db"
        engine = sqlite_engine(path)
        upgrade(engine)
        engine.dispose()
        return path.read_bytes()


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[Database]:
    """A file of its own in a folder."""
    path = folder / "chao.db"
    path.write_bytes(_migrated())
    opened = SqliteDatabase(path)
    try:
        yield opened
    finally:
        await opened.close()


@asynccontextmanager
async def postgres(shared: Shared) -> AsyncIterator[Database]:
    """The shared database on the server, empty."""
    opened = await shared.opened()
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
def openings(request: pytest.FixtureRequest, tmp_path: Path) -> Openings:
    """How to open an empty database of a kind; a server is started by the first test that needs one."""

    def opening(kind: str) -> AbstractAsyncContextManager[Database]:
        return sqlite(tmp_path) if kind == "sqlite" else postgres(request.getfixturevalue("shared_postgres"))

    return opening


@pytest.fixture(params=["postgresql", "sqlite"])
async def database(request: pytest.FixtureRequest, openings: Openings) -> AsyncIterator[Database]:
    """A database to store in."""
    async with openings(str(request.param)) as opened:
        yield opened


@pytest.fixture
def ana(database: Database, clock: Clock) -> Member:
    """Ana, who works in the workspace slack:T1."""
    return Member(database, clock=clock)
