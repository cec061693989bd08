"""Conversations about the weekly summary: seeing it, planning it, what it covers, and what is misunderstood."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.support import Clock


async def flagged(chat: Driver, *lines: str) -> None:
    """Flags, as `acme mala-paga` each."""
    for number, line in enumerate(lines):
        client, archetype = line.split()
        await chat.runs("ana", "flag", client=client, archetype=archetype, reason=f"secret {number}")


async def test_the_week_is_one_screen_of_names_and_counts(chat: Driver, clock: Clock) -> None:
    await flagged(chat, "umbra pichirre", "acme mala-paga", "initech sabelotodo")
    clock.advance(days=20)
    await flagged(chat, "acme mala-paga", "globex indeciso", "globex sin-horario", "hooli insaciable")
    await chat.runs("ana", "resolve", client="initech")
    clock.advance(days=1)
    await chat.types("ana", "summary now")
    text = last(chat)
    for said in (
        "4 new flags · 1 flag resolved · 6 open flags · 4 clients",
        "New: hooli (expanding-scope pattern)",
        "Worse: globex (now out-of-hours pattern and shifting-decision pattern)",
        "acme (late-payment pattern again, 2 open)",
        "Better: initech (all settled)",
        "Open longest: umbra (price-pressure pattern, since 24 Nov)",
        "1. globex: out-of-hours pattern ×1 and shifting-decision pattern ×1",
        "Chosen because globex now has two kinds at once",
    ):
        assert said in text
    assert "secret" not in text


async def test_details_are_a_button_away_and_have_every_client(chat: Driver) -> None:
    await flagged(chat, *(f"client{number} mala-paga" for number in range(10, 22)))
    await chat.types("ana", "summary")
    assert "client21" not in last(chat)
    assert "9 more" in last(chat)
    await chat.presses("ana", "Details")
    assert all(f"client{number}" in last(chat) for number in range(10, 22))
    assert "secret" not in last(chat)


async def test_sharing_the_week_shows_it_to_all_without_reasons(chat: Driver) -> None:
    await flagged(chat, "acme mala-paga")
    await chat.types("ana", "summary")
    assert chat.sees("bob") == []
    await chat.presses("ana", "Share")
    seen = chat.sees("bob")[-1]
    assert "acme" in seen.text
    assert "secret" not in seen.text
    assert "Share" not in seen.buttons


async def test_a_quiet_week_gets_a_principle_and_an_empty_one_no_details(chat: Driver) -> None:
    await chat.types("ana", "summary")
    assert "Enjoy the quiet" in last(chat)
    assert "Chosen because the week was quiet. (principles." in last(chat)
    await chat.presses("ana", "Details")
    assert "nothing more to tell" in last(chat)


async def test_what_expires_and_what_is_disputed_is_to_be_reviewed(chat: Driver, clock: Clock) -> None:
    await flagged(chat, "acme mala-paga")
    clock.advance(days=175)
    await flagged(chat, "globex indeciso")
    await chat.runs("ana", "show", client="globex")
    await chat.presses("ana", "Dispute newest")
    await chat.types("ana", "summary")
    assert (
        "To review: globex (shifting-decision pattern, disputed) · acme (late-payment pattern, expires on 23 May)"
        in (last(chat))
    )
    clock.advance(days=6)
    await chat.types("ana", "summary")
    assert "1 expired" in last(chat)


async def test_more_than_the_week_before_is_rising_and_a_lasting_flag_has_its_step(chat: Driver, clock: Clock) -> None:
    await flagged(chat, "acme mala-paga")
    clock.advance(days=8)
    await chat.types("ana", "summary")
    assert "Chosen because acme stands first" in last(chat)
    assert "mala-paga.escalate.friendly" in last(chat)
    await flagged(chat, "globex indeciso", "globex indeciso")
    await chat.types("ana", "summary")
    assert "Worse: globex (2 new flags, 0 the week before)" in last(chat)
    assert "Chosen because flags on globex are rising" in last(chat)


async def test_a_summary_is_planned_told_and_switched_off(chat: Driver) -> None:
    await chat.types("ana", "summary status")
    assert "No weekly summary is planned for this channel." in last(chat)
    await chat.types("ana", "summary weekly monday 09:00 Europe/Madrid")
    assert "every Monday at 09:00 (Europe/Madrid)" in last(chat)
    assert "The first one comes on Monday 30 November." in last(chat)
    await chat.types("ana", "summary status")
    assert "every Monday at 09:00 (Europe/Madrid)" in last(chat)
    assert "Language: English." in last(chat)
    await chat.types("ana", "summary off")
    assert "I no longer post" in last(chat)
    await chat.types("ana", "summary status")
    assert "No weekly summary is planned for this channel." in last(chat)
    await chat.types("ana", "summary off")
    assert "No weekly summary is planned for this channel." in last(chat)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("summary weekly fri 5pm caracas", "every Friday at 17:00 (America/Caracas)"),
        ("summary weekly Lunes 9h bogotá", "every Monday at 09:00 (America/Bogota)"),
        ("resumen semanal miercoles 8:30 nueva york", "every Wednesday at 08:30 (America/New_York)"),
        ("汇总 每周 周一 上午9点 上海", "every Monday at 09:00 (Asia/Shanghai)"),
        ("汇总 每周 星期五 下午3点半 北京", "every Friday at 15:30 (Asia/Shanghai)"),
        ("summary weekly sunday 0:00 utc-4", "every Sunday at 00:00 (UTC-4)"),
        ("summary weekly monday 9 pm london", "every Monday at 21:00 (Europe/London)"),
        (
            "summary weekly tue 09.15 america/argentina/buenos_aires",
            "every Tuesday at 09:15 (America/Argentina/",
        ),
    ],
)
async def test_days_times_and_zones_are_understood_as_people_write_them(chat: Driver, line: str, said: str) -> None:
    await chat.types("ana", line)
    await chat.types("ana", "summary status")
    assert said in last(chat)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("summary weekly", "I need the day of the week."),
        ("summary weekly monday", "I need the local time, as 09:00."),
        ("summary weekly mondya 9:00", "Did you mean `monday`?"),
        ("summary weekly miercole 9:00", "Did you mean `miércoles`?"),
        ("summary weekly 9 monday", "`9` is no day of the week."),
        ("summary weekly monday nine", "Write it as `09:00`, `9am`, `9h` or `9点`."),
        ("summary weekly monday 25:00", "`25:00` is no time of the day."),
        ("summary weekly monday 9:75", "`9:75` is no time of the day."),
        ("summary weekly monday 13pm", "`13pm` is no time of the day."),
        ("summary weekly monday 9:00 Madird", "Did you mean `Europe/Madrid` or `Atlantic/Madeira`?"),
        ("summary weekly monday 9:00 Mordor", "or its IANA name, such as `Europe/Madrid`"),
        ("summary weekly monday 9:00 UTC+19", "I know no time zone “UTC+19”."),
        ("summary wekly monday 9:00", "Did you mean `weekly`?"),
    ],
)
async def test_what_is_misunderstood_is_said_with_what_would_be_right(chat: Driver, line: str, said: str) -> None:
    await chat.types("ana", line)
    assert said in last(chat)
    await chat.types("ana", "summary status")
    assert "No weekly summary is planned" in last(chat)


async def test_without_a_zone_it_is_the_one_before_the_teams_or_utc(chat: Driver) -> None:
    await chat.types("ana", "summary weekly monday 9:00")
    assert "(UTC)" in last(chat)
    assert "as you named no zone" in last(chat)
    await chat.types("ana", "summary off")
    await chat.types("ana", "settings zone caracas")
    await chat.types("ana", "summary weekly monday 9:00 madrid")
    await chat.types("ana", "summary weekly monday 10:00")
    assert "every Monday at 10:00 (Europe/Madrid)" in last(chat)
    assert "as you named no zone" not in last(chat)


async def test_the_channels_own_settings_are_shown_and_take_sensible_words(chat: Driver) -> None:
    for line, said in (
        ("settings summary-language ES", "`summary-language` is now `es` in this channel."),
        ("settings summary-scope canal", "`summary-scope` is now `channel` in this channel."),
        ("settings summary-quiet sí", "`summary-quiet` is now `yes` in this channel."),
        ("settings summary-quiet maybe", "`maybe` is no value for `summary-quiet`."),
        ("settings zone Madird", "Did you mean `Europe/Madrid`"),
    ):
        await chat.types("ana", line)
        assert said in last(chat)
    await chat.types("ana", "summary weekly monday 9:00")
    await chat.types("ana", "summary status")
    for said in ("Language: Spanish.", "those flagged from this channel", "A week without news is left out."):
        assert said in last(chat)
    await chat.types("ana", "settings summary-scope default")
    await chat.types("ana", "settings")
    assert "summary-scope = all" in last(chat)


async def test_planning_can_be_taken_back(chat: Driver) -> None:
    await chat.types("ana", "summary weekly monday 9:00")
    await chat.types("ana", "summary weekly friday 10:00")
    await chat.runs("ana", "undo")
    await chat.types("ana", "summary status")
    assert "every Monday at 09:00" in last(chat)
    await chat.types("ana", "summary off")
    await chat.runs("ana", "undo")
    await chat.types("ana", "summary status")
    assert "The next one comes on Monday 30 November." in last(chat)
