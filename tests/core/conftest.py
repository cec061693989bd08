"""A database in a file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.sqlite import SqliteDatabase
from tests.support import new_database


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """A database in a file."""
    database = new_database(tmp_path / "chao.db")
    try:
        yield database
    finally:
        await database.close()
