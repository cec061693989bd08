"""The day to come that somebody names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.names import fold
from bot.understanding.ahead import day_ahead

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("she'll pay on Friday", "2026-11-27"), ("paga el viernes", "2026-11-27"), ("他说周五付", "2026-11-27"),
        ("on Tuesday", "2026-12-01"), ("tomorrow", "2026-11-25"), ("paga mañana", "2026-11-25"),
        ("明天付", "2026-11-25"),
        ("pasado mañana", "2026-11-26"), ("后天", "2026-11-26"), ("today", "2026-11-24"), ("next week", "2026-12-04"),
        ("la semana que viene", "2026-12-04"), ("下周付", "2026-12-04"), ("下周三付", "2026-12-02"),
        ("this week", "2026-11-27"), ("el 15", "2026-12-15"), ("on the 30th", "2026-11-30"), ("15号", "2026-12-15"),
        ("5 de enero", "2027-01-05"), ("December 5th", "2026-12-05"), ("12月5日", "2026-12-05"),
        ("in two weeks", "2026-12-08"), ("within 3 days", "2026-11-27"), ("in fifteen days", "2026-12-09"),
        ("ten days from now", "2026-12-04"), ("within 5 working days", "2026-12-01"), ("en quince días", "2026-12-09"),
        ("dentro de una semana", "2026-12-01"), ("en 5 días hábiles", "2026-12-01"), ("三天内", "2026-11-27"),
        ("两周之后", "2026-12-08"), ("5个工作日内", "2026-12-01"), ("下周五", "2026-12-04"),
        ("by the end of the month", "2026-11-30"), ("by the end of the week", "2026-11-27"),
        ("end of the month", "2026-11-30"), ("a fin de mes", "2026-11-30"), ("月底", "2026-11-30"),
    ],
)  # fmt: skip
def test_a_day_to_come_is_read_in_every_language(text: str, day: str) -> None:
    assert day_ahead(fold(text), TUESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today she said they pay on Friday", "2026-11-27"), ("hoy me dijo que paga el viernes", "2026-11-27"),
        ("他今天说周五付", "2026-11-27"), ("he said on Monday that he pays on Friday", "2026-11-27"),
        ("el lunes dijo que paga el viernes", "2026-11-27"), ("周一说周五付", "2026-11-27"),
        ("last Friday he said he'd pay on Thursday", "2026-11-26"), ("上周五他说周四付", "2026-11-26"),
        ("el viernes pasado prometió pagar el jueves", "2026-11-26"), ("he promised Friday", "2026-11-27"),
        ("Friday next week", "2026-12-04"), ("el viernes de la semana que viene", "2026-12-04"),
        ("下下周三付", "2026-12-09"), ("下个月15号付", "2026-12-15"), ("on the 24th", "2026-11-24"),
    ],
)  # fmt: skip
def test_the_day_of_the_payment_is_read_rather_than_the_one_on_which_it_was_promised(text: str, day: str) -> None:
    assert day_ahead(fold(text), TUESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "last Friday he said that he would pay",
        "上周五说会付",
        "por la mañana",
        "el 50%",
        "he paid half",
        "31 February",
        "in July 2026 or so",
        "下个月底",
        "in a couple of days",
        "in a week or so",
        "within 2-3 days",
        "en dos o tres días",
        "两三天内",
        "两周左右",
        "in 900 days",
        "el 5/1",
        "🚀",
    ],
)
def test_a_text_without_one_names_none(text: str) -> None:
    assert day_ahead(fold(text), TUESDAY) is None


@given(st.text(max_size=200), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_whatever_is_typed_the_day_is_not_past(text: str, on: date) -> None:
    day = day_ahead(fold(text), on)
    assert day is None or day >= on
