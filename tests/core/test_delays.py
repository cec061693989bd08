"""Which delays are read from people's words, and which lengths of time are none."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.values import days_late
from tests.core.sayings_late import BARE, LATE, NEVER_BARE, NOT_LATE
from tests.support import START

TODAY = START.date()
UNITS = {
    "{} days overdue": 1, "unpaid for {} weeks": 7, "{} months without payment": 30,
    "vencida hace {} días": 1, "{} semanas sin pagar": 7, "hace {} meses que no paga": 30,
    "逾期{}天": 1, "{}周没付款": 7, "拖欠{}个月": 30,
}  # fmt: skip
TERMS = (
    "we pay at {} days", "net {} days", "payment terms: {} days", "within {} days",
    "pago a {} días", "plazo de {} días", "condiciones de pago: {} días",
    "账期{}天", "月结{}天", "付款期限{}天",
)  # fmt: skip
DATES = (
    ("overdue since {day} {en} {year}", "en"), ("was due on {en} {day}, {year}", "en"),
    ("venció el {day} de {es} de {year}", "es"), ("no paga desde el {day} de {es} de {year}", "es"),
    ("从{year}年{month}月{day}日起没付款", "zh"), ("overdue since {year}-{month}-{day}", "en"),
)  # fmt: skip
EN = "January February March April May June July August September October November December".split()
ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()


@pytest.mark.parametrize(("text", "days"), LATE.items())
def test_a_stated_delay_is_read(text: str, days: int) -> None:
    assert days_late(text, TODAY) == days
    assert days_late(text, TODAY, is_debt=True) == days


@pytest.mark.parametrize("text", NOT_LATE)
def test_terms_projects_ages_and_rates_are_no_delays(text: str) -> None:
    assert days_late(text, TODAY) is None
    assert days_late(text, TODAY, is_debt=True) is None


@pytest.mark.parametrize(("text", "days"), BARE.items())
def test_in_the_reason_of_a_late_payment_a_bare_length_of_time_is_the_delay(text: str, days: int) -> None:
    assert days_late(text, TODAY, is_debt=True) == days
    assert days_late(text, TODAY) is None


@pytest.mark.parametrize("text", NEVER_BARE)
def test_not_even_there_is_a_term_a_delay(text: str) -> None:
    assert days_late(text, TODAY, is_debt=True) is None


@given(st.sampled_from(sorted(UNITS)), st.integers(1, 9999))
def test_any_count_is_read_in_every_language(saying: str, count: int) -> None:
    assert days_late(saying.format(count), TODAY) == count * UNITS[saying]


@given(st.sampled_from(TERMS), st.integers(1, 9999), st.booleans())
def test_no_term_is_a_delay_whatever_its_length(saying: str, count: int, is_debt: bool) -> None:
    assert days_late(saying.format(count), TODAY, is_debt=is_debt) is None


@given(st.sampled_from(DATES), st.integers(1, 700), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_any_past_date_is_so_many_days_ago(saying: tuple[str, str], ago: int, on: date) -> None:
    since = on - timedelta(days=ago)
    names = {"en": EN[since.month - 1], "es": ES[since.month - 1]}
    text = saying[0].format(day=since.day, month=since.month, year=since.year, **names)
    assert days_late(text, on) == ago


@given(st.integers(0, 364), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_a_date_without_a_year_is_the_last_one_that_was(ago: int, on: date) -> None:
    since = on - timedelta(days=ago)
    if (since.month, since.day) != (2, 29):
        assert days_late(f"overdue since {since.day} {EN[since.month - 1]}", on) == ago


def test_a_date_that_is_none_or_still_to_come_is_not_counted() -> None:
    assert days_late("overdue since 31 February", TODAY) is None
    assert days_late("overdue since 1 December 2026", TODAY) is None


@given(st.text(max_size=300), st.booleans())
def test_any_text_can_be_read(text: str, is_debt: bool) -> None:
    assert (days_late(text, TODAY, is_debt=is_debt) or 0) >= 0


@pytest.mark.parametrize(
    "unit",
    ["a day ", "not paid ", "n't paid a a a a a ", "1 October ", "hace 3 ", "三个月", "没付", "late ", "sin pagar"],
)  # fmt: skip
def test_no_text_takes_long_to_read(unit: str) -> None:
    text = (unit * 4_000)[:4_000]
    began = perf_counter()
    days_late(text, TODAY, is_debt=True)
    assert perf_counter() - began < 0.5
