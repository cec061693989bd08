"""After a restore from a backup: what was posted since then is found in the channel, and not posted again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import delete, update

from bot.storage.database import Session
from bot.storage.schedules import DELIVERIES, DUE, SCHEDULES
from tests.delivery.fakes import Team
from tests.delivery.test_deliveries import TO_MONDAY_NINE
from tests.delivery.test_faults import BOTH


def _as_before_it_was_planned(session: Session, due_at: datetime) -> None:
    session.connection().execute(delete(DELIVERIES))
    session.connection().execute(update(SCHEDULES), {"next_at": due_at})


def _as_before_it_was_claimed(session: Session, due_at: datetime) -> None:
    new = {"state": DUE, "message_id": "", "attempts": 0, "owner": "", "ready_at": due_at, "finished_at": None}
    session.connection().execute(update(DELIVERIES), new)


Backup = Callable[[Session, datetime], None]


@pytest.mark.parametrize("backup", [_as_before_it_was_planned, _as_before_it_was_claimed])
@pytest.mark.parametrize("later", [{"minutes": 6}, {"hours": 23}])
async def test_a_summary_posted_since_the_backup_is_looked_for_and_not_posted_again(
    team: Team, backup: Backup, later: dict[str, float]
) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    due_at = team.clock()
    await team.database.write(lambda session: backup(session, due_at))
    team.clock.advance(**later)
    await team.sender().once()
    assert (team.platform.seen("C1"), (await team.reads("C1"))[1]) == (BOTH, "sent")


async def test_one_that_was_not_posted_before_comes_late_after_a_look(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    team.clock.advance(hours=3)
    await team.sender().once()
    assert team.platform.seen("C1") == BOTH
    assert team.platform.looked == [("C1", "chao-2026-W49")]


@pytest.mark.parametrize("seconds", [0, 60])
async def test_one_that_is_about_on_time_is_posted_without_a_look(team: Team, seconds: int) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    team.clock.advance(seconds=seconds)
    await team.sender().once()
    assert (team.platform.seen("C1"), team.platform.looked) == (BOTH, [])
