"""Summaries of a whole bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.delivery.fakes import FakePlatform
from tests.summary.office import LAST_MONDAY, Office
from tests.support import Clock, running_bot


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """A team that starts forty days before the last Monday."""
    clock = Clock(LAST_MONDAY - timedelta(days=40))
    async with running_bot(tmp_path / "chao.db", clock) as bot:
        yield Office(bot, clock, FakePlatform())
