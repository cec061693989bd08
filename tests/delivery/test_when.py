"""When a weekly post is due, on the wall clocks of the world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.when import Weekly, instant, period, weeks_back

SUNDAY = 6


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "after", "due"),
    [
        ("Europe/Madrid", "2026-03-23 07:59", "2026-03-23 08:00"),
        ("Europe/Madrid", "2026-03-23 08:00", "2026-03-30 07:00"),
        ("Europe/Madrid", "2026-10-19 07:00", "2026-10-26 08:00"),
        ("America/Caracas", "2026-11-24 18:00", "2026-11-30 13:00"),
        ("Asia/Shanghai", "2026-11-30 00:59", "2026-11-30 01:00"),
        ("Asia/Kathmandu", "2026-11-24 18:00", "2026-11-30 03:15"),
        ("Pacific/Kiritimati", "2026-11-24 18:00", "2026-11-29 19:00"),
    ],
)
def test_nine_on_monday_is_nine_on_monday_the_whole_year(zone: str, after: str, due: str) -> None:
    assert Weekly(0, 9 * 60, zone).after(utc(after)) == utc(due)


def test_a_time_that_the_clocks_leave_out_is_the_next_one_that_exists() -> None:
    half_past_two = Weekly(SUNDAY, 2 * 60 + 30, "Europe/Madrid")
    assert half_past_two.after(utc("2026-03-28 12:00")) == utc("2026-03-29 01:00")
    assert half_past_two.until(utc("2026-03-29 01:00")) == utc("2026-03-29 01:00")
    assert half_past_two.after(utc("2026-03-29 01:00")) == utc("2026-04-05 00:30")


def test_an_hour_that_the_clocks_repeat_comes_once() -> None:
    half_past_two = Weekly(SUNDAY, 2 * 60 + 30, "Europe/Madrid")
    assert half_past_two.after(utc("2026-10-24 12:00")) == utc("2026-10-25 00:30")
    assert half_past_two.after(utc("2026-10-25 00:30")) == utc("2026-11-01 01:30")
    assert half_past_two.until(utc("2026-10-25 01:30")) == utc("2026-10-25 00:30")


def test_midnight_that_is_left_out_is_one_o_clock() -> None:
    assert Weekly(SUNDAY, 0, "Africa/Cairo").after(utc("2024-04-25 12:00")) == utc("2024-04-27 21:00")
    assert Weekly(4, 0, "Africa/Cairo").after(utc("2024-04-25 12:00")) == utc("2024-04-25 22:00")


def test_a_whole_day_that_is_left_out_moves_to_the_next() -> None:
    assert Weekly(4, 9 * 60, "Pacific/Apia").after(utc("2011-12-29 12:00")) == utc("2011-12-30 10:00")


def test_a_week_has_the_number_that_its_local_calendar_gives_it() -> None:
    assert period(utc("2026-11-24 18:00"), "UTC") == "2026-W48"
    assert period(utc("2026-12-31 12:00"), "UTC") == period(utc("2027-01-01 12:00"), "UTC") == "2026-W53"
    assert period(utc("2026-11-29 19:00"), "Pacific/Kiritimati") == "2026-W49-W48"
    assert period(utc("2026-11-29 19:00"), "Europe/Madrid") == "2026-W48"


def test_a_week_back_is_the_same_time_on_the_clocks() -> None:
    assert weeks_back(utc("2026-03-30 07:00"), "Europe/Madrid", 1) == utc("2026-03-23 08:00")
    assert weeks_back(utc("2026-10-26 08:00"), "Europe/Madrid", 1) == utc("2026-10-19 07:00")
    assert weeks_back(utc("2026-11-01 01:30"), "Europe/Madrid", 1) == utc("2026-10-25 00:30")


ZONES = ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Asia/Tehran"]


@given(
    st.integers(0, 6), st.integers(0, 1439), st.sampled_from(ZONES),
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)),  # noqa: DTZ001 - drawn naive, then made UTC
)  # fmt: skip
def test_between_two_times_there_is_one_week_and_one_time_each(
    weekday: int, minute: int, zone: str, moment: datetime
) -> None:
    weekly, now = Weekly(weekday, minute, zone), moment.replace(tzinfo=UTC)
    last, following = weekly.until(now), weekly.after(now)
    assert last <= now < following
    assert timedelta(days=6) < following - last < timedelta(days=8, hours=2)
    assert weekly.after(last) == following
    assert period(last, zone) != period(following, zone) or zone == "Pacific/Apia"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001 - as above
def test_a_local_time_is_never_sent_before_the_clocks_show_it(wall: datetime, zone: str) -> None:
    wall = wall.replace(microsecond=0)
    shown = instant(wall, zone)
    assert instant(wall + timedelta(days=7), zone) > shown
