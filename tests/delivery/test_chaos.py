"""Real processes on one database, killed at random instants against a platform that is slow, busy and mute at times."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tests.delivery.chaos import Storm, survived
from tests.postgres import Server


def _survive(where: str, replicas: int, kills: int) -> None:
    storm = Storm(channels=300, replicas=replicas, kills=kills, every=0.8, seed=random.randrange(1_000_000))
    seen = survived(storm, where)
    wanted = {(f"slack:T1 C{n}", marker): 1 for n in range(300) for marker in ("chao-2026-W48", "chao-2026-W48-more")}
    assert dict(seen) == wanted, storm


def test_three_hundred_channels_get_one_summary_each_however_often_the_sender_is_killed(tmp_path: Path) -> None:
    _survive(f"sqlite:///{tmp_path / 'chao.db'}", replicas=1, kills=2)


def test_so_they_do_from_three_senders_on_one_server(postgres: Server) -> None:
    _survive(asyncio.run(postgres.create()), replicas=3, kills=4)
