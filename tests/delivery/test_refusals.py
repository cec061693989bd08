"""Channels that can't be reached: who set the summary up is told once, others go on."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import update

from bot.delivery.poster import RefusedError, RetryLaterError, UnknownOutcomeError, UnreachableError
from bot.records import Fault
from bot.storage.database import Session
from bot.storage.schedules import SCHEDULES
from tests.delivery.fakes import Team
from tests.delivery.test_deliveries import TO_MONDAY_NINE
from tests.delivery.test_faults import BOTH


@pytest.mark.parametrize("fault", [Fault.GONE, Fault.SHARED])
async def test_a_channel_that_is_gone_is_switched_off_and_its_owner_told_once(team: Team, fault: Fault) -> None:
    await team.plans("C1")
    team.platform.troubles["C1"] = [UnreachableError(fault)] * 5
    team.clock.advance(**TO_MONDAY_NINE)
    for _ in range(3):
        await team.sender().once()
        team.clock.advance(days=7)
    plan, state = await team.reads("C1")
    assert plan
    assert (plan.next_at, plan.fault, state) == (None, fault, "failed")
    assert team.platform.told == [("slack:T1", "ana", f"{fault} C1")]


async def test_a_missing_permission_is_told_once_until_it_worked_again(team: Team) -> None:
    await team.plans("C1")
    team.platform.troubles["C1"] = [UnreachableError(Fault.FORBIDDEN)] * 2
    team.clock.advance(**TO_MONDAY_NINE)
    for _ in range(3):
        await team.sender().once()
        team.clock.advance(days=7)
    assert team.platform.told == [("slack:T1", "ana", "forbidden C1")]
    assert team.platform.seen("C1") == ["summary 2026-W51", "details"]
    plan, _ = await team.reads("C1")
    assert plan
    assert plan.fault == ""
    team.platform.troubles["C1"] = [UnreachableError(Fault.FORBIDDEN)]
    await team.sender().once()
    assert len(team.platform.told) == 2


@pytest.mark.parametrize("trouble", [UnreachableError(Fault.FORBIDDEN), RetryLaterError(1), UnknownOutcomeError()])
async def test_somebody_who_can_not_be_told_stops_nothing(team: Team, trouble: RefusedError) -> None:
    for channel in ("C1", "C2"):
        await team.plans(channel)
    team.platform.troubles["C1"] = [UnreachableError(Fault.GONE)]
    team.platform.tell_trouble = trouble
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    assert (team.platform.told, team.platform.seen("C2"), (await team.reads("C1"))[1]) == ([], BOTH, "failed")


async def test_a_refusal_that_says_nothing_of_the_channel_is_tried_again_less_and_less_often(team: Team) -> None:
    await team.plans("C1")
    team.platform.troubles["C1"] = [RefusedError("a token that is no good"), RefusedError("the same")]
    team.clock.advance(**TO_MONDAY_NINE)
    sender = team.sender()
    for seconds in (0, 15, 29):
        team.clock.advance(seconds=seconds)
        await sender.once()
        assert team.platform.messages == []
    team.clock.advance(seconds=1)
    await sender.once()
    assert (team.platform.seen("C1"), team.platform.told, team.platform.looked) == (BOTH, [], [])
    assert sender.sending.counts["retried"] == 2


@pytest.mark.parametrize("refusal", [UnreachableError(Fault.FORBIDDEN), RefusedError("too long")])
async def test_details_that_are_refused_leave_the_summary_sent(team: Team, refusal: RefusedError) -> None:
    await team.plans("C1")
    team.platform.refuses_details = refusal
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    assert (team.platform.seen("C1"), (await team.reads("C1"))[1]) == (BOTH[:1], "sent")


async def test_a_zone_that_is_no_longer_known_stops_its_own_channel_only(team: Team) -> None:
    for channel in ("C1", "C2"):
        await team.plans(channel)
    await team.database.write(partial(_renamed, "Mars/Olympus"))
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    plan, _ = await team.reads("C1")
    assert plan
    assert (plan.next_at, plan.fault) == (None, Fault.ZONE)
    assert team.platform.seen("C2") == BOTH


def _renamed(zone: str, session: Session) -> None:
    session.connection().execute(update(SCHEDULES).where(SCHEDULES.c.channel == "C1"), {"zone": zone})
