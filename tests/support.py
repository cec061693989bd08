"""What the tests share: a clock that is set by hand, a bot on a real SQLite file, the knowledge loaded once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.features.registry import router
from bot.knowledge.source import KnowledgeSource
from bot.router import Router, Services
from bot.storage.migrate import upgrade
from bot.storage.sqlite import SqliteDatabase, sqlite_engine
from bot.understanding.linear import LinearReader

# `make bench` tries ten times as many as `make test`; what takes long for each takes a part of them.
EXAMPLES = int(os.environ.get("CHAO_TEST_EXAMPLES", "50"))
TRIES_ALL = EXAMPLES > 50
START = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


@dataclass
class Clock:
    """Tells the time that the test sets."""

    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Move on by `days`, `hours`, `seconds`."""
        self.now += timedelta(**by)


@cache
def our_knowledge() -> KnowledgeSource:
    """The shipped knowledge."""
    return KnowledgeSource()


@cache
def reader() -> LinearReader:
    """A reader that has learnt the shipped examples."""
    return LinearReader()


def new_database(path: Path) -> SqliteDatabase:
    """A SQLite file with all tables, opened; a new one unless it is there."""
    if not path.exists():
        path.write_bytes(_migrated())
    return SqliteDatabase(path)


@cache
def _migrated() -> bytes:
    """What such a file holds; made once, as that takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chao.db"
        engine = sqlite_engine(path)
        upgrade(engine)
        engine.dispose()
        return path.read_bytes()


@asynccontextmanager
async def running_bot(path: Path, clock: Clock | None = None, locale: str = "en") -> AsyncIterator[Router]:
    """A whole bot on a database file of its own."""
    database = new_database(path)
    try:
        yield router(Services(database, our_knowledge(), reader(), clock or Clock(), locale))
    finally:
        await database.close()
