"""Real processes on one file, killed at random instants against a platform that is slow, busy and mute at times."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from tests.delivery.chaos import Storm, survived
from tests.support import new_database


async def empty(path: Path) -> str:
    """A file with its tables; where it is."""
    await new_database(path).close()
    return str(path)


@pytest.mark.parametrize(("replicas", "kills"), [(1, 2), (3, 4)])
def test_three_hundred_channels_get_one_summary_each_however_often_senders_are_killed(
    tmp_path: Path, replicas: int, kills: int
) -> None:
    storm = Storm(channels=300, replicas=replicas, kills=kills, every=0.8, seed=random.randrange(1_000_000))
    seen = survived(storm, asyncio.run(empty(tmp_path / "chao.db")))
    wanted = {(f"slack:T1 C{n}", marker): 1 for n in range(300) for marker in ("chao-2026-W48", "chao-2026-W48-more")}
    assert dict(seen) == wanted, storm
