"""One store suite, every database: `database` is each kind in turn, empty and migrated."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.contract.teams import Member
from tests.support import Clock, new_database


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[Database]:
    """A file of its own in a folder."""
    opened = new_database(folder / "chao.db")
    try:
        yield opened
    finally:
        await opened.close()


KINDS: dict[str, Callable[[Path], AbstractAsyncContextManager[Database]]] = {
    "sqlite": sqlite,
}


@pytest.fixture(params=sorted(KINDS))
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database to store in."""
    async with KINDS[str(request.param)](tmp_path) as opened:
        yield opened


@pytest.fixture
def ana(database: Database, clock: Clock) -> Member:
    """Ana, who works in the workspace slack:T1."""
    return Member(database, clock=clock)
