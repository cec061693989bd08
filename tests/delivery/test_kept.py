"""For how long it is known which weeks were posted: half a year, also where nothing is posted any more."""

from __future__ import annotations

import pytest

from bot import retention
from bot.delivery.poster import RetryLaterError
from bot.retention import Retention, prune
from bot.storage.store import Store
from tests.contract.teams import everything
from tests.delivery.fakes import Team
from tests.delivery.test_deliveries import TO_MONDAY_NINE


def _off(store: Store) -> None:
    store.schedules.switch_off("C1")


async def _deliveries(team: Team) -> int:
    return len((await team.database.read(everything))["deliveries"])


async def _posted(team: Team, weeks: int) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    for _ in range(weeks):
        await team.sender().once()
        team.clock.advance(days=7)


async def test_half_a_year_after_a_channel_was_switched_off_nothing_is_known_of_its_weeks(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    await _posted(team, 5)
    await team.member(team.workspace).does(_off)
    assert await prune(team.database, Retention(), team.clock()) == {}
    team.clock.advance(weeks=26)
    assert await prune(team.database, Retention(), team.clock()) == {"deliveries": 5}
    assert await _deliveries(team) == 0


async def test_weeks_of_the_last_half_a_year_stay_known(team: Team) -> None:
    await _posted(team, 2)
    team.clock.advance(weeks=24)
    assert await prune(team.database, Retention(), team.clock()) == {}
    team.clock.advance(hours=1)
    assert await prune(team.database, Retention(), team.clock()) == {"deliveries": 1}
    assert await _deliveries(team) == 1


async def test_what_is_not_finished_stays_however_old(team: Team) -> None:
    await team.plans("C1")
    team.platform.troubles["C1"] = [RetryLaterError(60)]
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    team.clock.advance(weeks=60)
    assert await prune(team.database, Retention(), team.clock()) == {}
    assert await _deliveries(team) == 1
