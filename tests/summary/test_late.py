"""A summary that is composed late says what it would have said on time: the week ends when it was due."""

from __future__ import annotations

from datetime import timedelta

from bot.reply import Picture, Reply, plain_text
from tests.summary.office import LAST_MONDAY, Office


async def planned(office: Office) -> None:
    """A summary for Monday at nine, planned in the week before."""
    office.clock.now = LAST_MONDAY - timedelta(days=5)
    await office.does("summary", when="weekly", day="monday", time="09:00", zone="UTC")


async def posted(office: Office, **late: float) -> str:
    """What the summary says that is composed so much after Monday at nine, without the picture; its details too."""
    office.clock.now = LAST_MONDAY + timedelta(**late)
    replies = [message.reply for message in await office.posts()]
    texts = [Reply(r.title, tuple(b for b in r.blocks if not isinstance(b, Picture))) for r in replies]
    return "\n".join(map(plain_text, texts))


async def test_a_flag_resolved_before_a_late_summary_is_new_in_it_and_resolved_in_the_next(office: Office) -> None:
    await planned(office)
    await office.does("settings", name="summary-quiet", value="yes")
    await office.flags("acme mala-paga")
    office.clock.now = LAST_MONDAY + timedelta(hours=2)
    await office.does("resolve", client="acme")
    late = await posted(office, hours=6)
    assert "1 new flag · 1 open flag · 1 client" in late
    assert "New: acme (late-payment pattern)" in late
    assert "the week was quiet" not in late
    following = await posted(office, days=7)
    assert "No new flags · 1 flag resolved" in following
    assert "Better: acme (all settled)" in following


async def test_a_flag_made_before_a_late_summary_waits_for_the_next(office: Office) -> None:
    await planned(office)
    await office.flags("acme mala-paga")
    office.clock.now = LAST_MONDAY + timedelta(hours=2)
    await office.flags("acme mala-paga", "hooli sabelotodo")
    late = await posted(office, hours=6)
    assert "1 new flag · 1 open flag · 1 client" in late
    assert "New: acme (late-payment pattern)" in late
    assert "Worse" not in late
    assert "hooli" not in late
    following = await posted(office, days=7)
    assert "2 new flags · 3 open flags · 2 clients" in following
    assert "acme (late-payment pattern again, 2 open)" in following


async def test_a_flag_that_expired_before_a_late_summary_is_told_once(office: Office) -> None:
    await planned(office)
    await office.does("settings", name="expiry", value="30")
    office.clock.now = LAST_MONDAY - timedelta(days=29, hours=23)
    await office.flags("acme mala-paga")
    late = await posted(office, hours=2)
    assert "expired" not in late
    assert "acme (late-payment pattern, expires on 23 Nov)" in late
    assert "1 expired" in await posted(office, days=7)


async def test_a_dispute_raised_before_a_late_summary_waits_for_the_next(office: Office) -> None:
    await planned(office)
    await office.flags("acme mala-paga")
    office.clock.now = LAST_MONDAY + timedelta(hours=2)
    await office.presses("dispute", "1:1")
    assert "disputed" not in await posted(office, hours=6)
    assert "acme (late-payment pattern, disputed)" in await posted(office, days=7)


async def test_a_mistake_withdrawn_before_a_late_summary_is_in_none(office: Office) -> None:
    await planned(office)
    await office.flags("acme mala-paga")
    office.clock.now = LAST_MONDAY + timedelta(hours=2)
    await office.presses("withdraw", "1:1")
    assert "acme" not in await posted(office, hours=6)
    assert "acme" not in await posted(office, days=7)
