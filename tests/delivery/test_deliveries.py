"""What channels get: one summary a week, in time, late or not at all, but never two and never a flood."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.delivery.deliveries import AT_ONCE
from bot.delivery.poster import RetryLaterError, UnknownOutcomeError, UnreachableError
from bot.delivery.when import Weekly
from bot.records import Fault
from bot.storage.outbox import PLANNED_AT_ONCE
from tests.delivery.fakes import FakePlatform, Team, Words

TO_MONDAY_NINE = {"days": 5, "hours": 15}


async def test_a_summary_comes_at_its_time_with_its_details_under_it(team: Team) -> None:
    await team.plans("C1")
    await team.sender().once()
    assert team.platform.messages == []
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    assert team.platform.seen("C1") == ["summary 2026-W49", "details"]
    first, second = team.platform.messages
    assert (first.place.thread, second.place.thread) == ("", first.id)
    assert first.marker != second.marker
    assert max(len(message.marker) for message in team.platform.messages) <= 25


async def test_it_comes_once_a_week_every_week(team: Team) -> None:
    await team.plans("C1")
    sender = team.sender()
    for _ in range(4 * 7 * 4):
        team.clock.advance(hours=6)
        await sender.once()
    assert [text for text in team.platform.seen("C1") if text != "details"] == [
        f"summary 2026-W{n}" for n in range(49, 53)
    ]
    assert (await team.reads("C1"))[1] == "sent"


async def test_every_channel_of_every_workspace_gets_its_own(team: Team) -> None:
    for number in range(AT_ONCE + 20):
        await team.plans(f"C{number % 40}", workspace=f"slack:T{number // 40}")
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    places = [(m.place.workspace, m.place.channel) for m in team.platform.messages if not m.place.thread]
    assert len(places) == len(set(places)) == AT_ONCE + 20


async def test_more_than_are_planned_at_once_are_all_sent(team: Team) -> None:
    count = PLANNED_AT_ONCE + 10
    for number in range(count):
        await team.plans(f"C{number}")
    team.clock.advance(**TO_MONDAY_NINE)
    sender = team.sender()
    await sender.once()
    assert sender.sending.counts["sent"] == count


async def test_two_senders_at_once_send_each_summary_once(team: Team) -> None:
    for number in range(AT_ONCE * 2):
        await team.plans(f"C{number}")
    team.clock.advance(**TO_MONDAY_NINE)
    senders = [team.sender() for _ in range(4)]
    await asyncio.gather(*(sender.once() for sender in senders))
    assert sum(sender.sending.counts["sent"] for sender in senders) == AT_ONCE * 2
    assert len(team.platform.messages) == AT_ONCE * 4


async def test_a_sender_serves_its_own_platforms_only(team: Team) -> None:
    await team.plans("C1")
    await team.plans("42", workspace="discord:G1")
    team.clock.advance(**TO_MONDAY_NINE)
    discord = FakePlatform()
    await team.sender(discord=discord).once()
    assert (discord.seen("42"), discord.seen("C1"), team.platform.messages) == (["summary 2026-W49", "details"], [], [])


async def test_one_missed_for_less_than_a_day_comes_late(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    team.clock.advance(hours=23, minutes=59)
    await team.sender().once()
    assert team.platform.seen("C1") == ["summary 2026-W49", "details"]


async def test_older_ones_are_skipped_and_never_flood_in(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    team.clock.advance(days=22)
    await team.sender().once()
    assert team.platform.messages == []
    plan, state = await team.reads("C1")
    assert state == "skipped"
    assert plan
    assert plan.next_at == Weekly(0, 9 * 60, "UTC").after(team.clock())
    team.clock.advance(days=6)
    await team.sender().once()
    assert team.platform.seen("C1") == ["summary 2026-W53", "details"]


async def test_a_plan_made_just_after_its_hour_waits_for_the_next_week(team: Team) -> None:
    await team.plans("C1", (1, 17 * 60 + 59))
    await team.sender().once()
    assert team.platform.messages == []
    team.clock.advance(days=7)
    await team.sender().once()
    assert team.platform.seen("C1") == ["summary 2026-W49", "details"]


async def test_a_clock_that_jumps_back_repeats_nothing(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    for _ in range(3):
        await team.sender().once()
        team.clock.advance(hours=-1)
        await team.sender().once()
        team.clock.advance(hours=1)
    assert team.platform.seen("C1") == ["summary 2026-W49", "details"]


async def test_a_clock_that_jumps_back_before_the_retry_loses_nothing(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    team.platform.loses["C1"] = 1
    await team.sender().once()
    team.clock.advance(hours=-1)
    await team.sender().once()
    team.clock.advance(hours=1, minutes=1)
    await team.sender().once()
    assert team.platform.seen("C1") == ["summary 2026-W49", "details"]


@pytest.mark.parametrize("start", ["2026-03-16", "2026-10-12"])
async def test_daylight_saving_neither_drops_nor_repeats_a_week(team: Team, start: str) -> None:
    team.clock.now = datetime.fromisoformat(start).replace(tzinfo=UTC)
    await team.plans("C1", (6, 2 * 60 + 30), "Europe/Madrid")
    sender = team.sender()
    for _ in range(3 * 7 * 24):
        team.clock.advance(hours=1)
        await sender.once()
    assert sender.sending.counts["sent"] == 3


async def test_a_quiet_week_posts_nothing_and_the_next_one_does(team: Team) -> None:
    team.words = Words(lambda claim: () if claim.period == "2026-W49" else ("busy",))
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    assert (team.platform.messages, (await team.reads("C1"))[1]) == ([], "quiet")
    team.clock.advance(days=7)
    await team.sender().once()
    assert team.platform.seen("C1") == ["busy"]


async def test_what_was_switched_off_does_not_come(team: Team) -> None:
    await team.plans("C1")
    await team.plans("C2")
    team.platform.troubles["C2"] = [RetryLaterError(60)]
    await team.member("slack:T1").does(lambda store: store.schedules.switch_off("C1"))
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    await team.member("slack:T1").does(lambda store: store.schedules.switch_off("C2"))
    team.clock.advance(minutes=2)
    await team.sender().once()
    assert team.platform.messages == []


async def test_a_new_plan_in_a_week_that_brought_one_brings_no_second(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    await team.plans("C1", (2, 9 * 60))
    team.clock.advance(days=2)
    await team.sender().once()
    assert team.platform.seen("C1") == ["summary 2026-W49", "details"]
    team.clock.advance(days=7)
    await team.sender().once()
    assert team.platform.seen("C1")[2:] == ["summary 2026-W50", "details"]


async def test_a_new_plan_in_a_week_that_brought_none_brings_one(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    team.platform.troubles["C1"] = [UnreachableError(Fault.GONE)]
    await team.sender().once()
    await team.plans("C1", (2, 9 * 60))
    team.clock.advance(days=2)
    await team.sender().once()
    assert team.platform.seen("C1") == ["summary 2026-W49", "details"]


async def test_too_many_requests_are_waited_out(team: Team) -> None:
    await team.plans("C1")
    team.platform.troubles["C1"] = [RetryLaterError(30), RetryLaterError(0)]
    team.clock.advance(**TO_MONDAY_NINE)
    for seconds in (0, 29, 1):
        team.clock.advance(seconds=seconds)
        await team.sender().once()
        assert team.platform.messages == []
    team.clock.advance(seconds=1)
    await team.sender().once()
    assert team.platform.seen("C1") == ["summary 2026-W49", "details"]
    assert team.platform.looked == []


async def test_a_platform_that_is_down_is_tried_for_a_day(team: Team) -> None:
    await team.plans("C1")
    team.platform.troubles["C1"] = [UnknownOutcomeError()] * 1000
    team.clock.advance(**TO_MONDAY_NINE)
    sender = team.sender()
    for _ in range(24 * 6 + 4):
        await sender.once()
        team.clock.advance(minutes=10)
    assert (await team.reads("C1"))[1] == "skipped"
    assert 40 < sender.sending.counts["retried"] < 80
    team.platform.troubles["C1"] = []
    await sender.once()
    assert team.platform.messages == []


async def test_a_bug_in_one_summary_stops_no_other(team: Team) -> None:
    def says(claim: object) -> tuple[str, ...]:
        if getattr(claim, "channel", "") == "C1" and broken:
            raise ArithmeticError
        return ("fine",)

    broken = [True]
    team.words = Words(says)
    for channel in ("C1", "C2"):
        await team.plans(channel)
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    assert (team.platform.seen("C1"), team.platform.seen("C2")) == ([], ["fine"])
    broken.clear()
    team.clock.advance(minutes=1)
    await team.sender().once()
    assert team.platform.seen("C1") == ["fine"]


async def test_operators_see_how_long_the_oldest_is_due_until_it_is_sent(team: Team) -> None:
    await team.plans("C1")
    sender = team.sender()
    waits = [await sender.sending.waited()]
    team.clock.advance(**TO_MONDAY_NINE)
    team.clock.advance(seconds=40)
    waits.append(await sender.sending.waited())
    team.platform.troubles["C1"] = [RetryLaterError(60)]
    await sender.once()
    team.clock.advance(seconds=20)
    waits.append(await sender.sending.waited())
    team.clock.advance(minutes=2)
    await sender.once()
    waits.append(await sender.sending.waited())
    assert waits == [0, 40, 60, 0]
