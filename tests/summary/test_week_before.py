"""Whether flags are rising is judged by all that were made the week before, whatever became of them since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.reply import plain_text
from tests.summary.office import LAST_MONDAY, Office


async def flagged(office: Office, days_ago: int, count: int) -> None:
    """So many flags on acme, so many days before the summary."""
    office.clock.now = LAST_MONDAY - timedelta(days=days_ago)
    for _ in range(count):
        await office.flags("acme mala-paga")
        office.clock.advance(minutes=10)


async def posted(office: Office) -> str:
    """What the summary of the last Monday says."""
    office.clock.now = LAST_MONDAY - timedelta(days=1)
    await office.does("summary", when="weekly", day="monday", time="09:00", zone="UTC")
    office.clock.now = LAST_MONDAY
    return plain_text((await office.posts())[0].reply)


@pytest.mark.parametrize("resolved", [9, 3], ids=["that week", "this week"])
async def test_flags_that_were_resolved_still_count_for_the_week_before(office: Office, resolved: int) -> None:
    await flagged(office, 13, 5)
    office.clock.now = LAST_MONDAY - timedelta(days=resolved)
    await office.does("resolve", client="acme")
    await flagged(office, 2, 2)
    said = await posted(office)
    assert "2 new flags" in said
    assert "Worse" not in said
    assert "rising" not in said


async def test_flags_that_expired_still_count_for_the_week_before(office: Office) -> None:
    await office.does("settings", name="expiry", value="7")
    await flagged(office, 13, 5)
    await flagged(office, 2, 2)
    assert "Worse" not in await posted(office)


async def test_mistakes_of_the_week_before_do_not_count(office: Office) -> None:
    await flagged(office, 13, 2)
    await office.presses("withdraw", "1:1")
    await office.presses("withdraw", "1:2")
    await flagged(office, 2, 2)
    assert "Worse: acme (2 new flags, 0 the week before)" in await posted(office)


async def test_fewer_of_the_week_before_that_have_ended_are_told(office: Office) -> None:
    await flagged(office, 13, 1)
    await office.does("resolve", client="acme")
    await flagged(office, 2, 2)
    assert "Worse: acme (2 new flags, 1 the week before)" in await posted(office)


async def test_fewer_flags_than_the_week_before_are_an_improvement(office: Office) -> None:
    await flagged(office, 13, 3)
    office.clock.now = LAST_MONDAY - timedelta(days=9)
    await office.does("resolve", client="acme")
    await flagged(office, 2, 1)
    assert "Better: acme (1 new flag, 3 the week before)" in await posted(office)


async def test_no_flag_after_several_is_an_improvement(office: Office) -> None:
    await flagged(office, 13, 2)
    assert "Better: acme (no new flags, 2 the week before)" in await posted(office)
