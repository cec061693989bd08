"""The day of a promise: read where it can be known, and left open where it may be two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.schema import Language
from bot.understanding.promised import Promised, promised_in, with_plain_days
from bot.understanding.slashes import Order, order_for, spelt

TUESDAY = date(2026, 11, 24)
FIFTH, MAY = date(2026, 12, 5), date(2027, 5, 12)


@pytest.mark.parametrize(
    ("country", "language", "order"),
    [
        ("", "es", "day"), ("", "zh", "month"), ("", "en", None), ("GB", "en", "day"), ("US-NY", "en", "month"),
        ("MX", "es", "day"), ("CN", "zh", "month"), ("CN", "en", "month"), ("EU", "en", "day"), ("CA", "en", None),
        ("US-IL", "es", None), ("ES", "zh", None),
    ],
)  # fmt: skip
def test_the_order_is_known_where_country_and_language_agree(
    country: str, language: Language, order: Order | None
) -> None:
    assert order_for(country, language) == order


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("they'll pay on 5/12", "day", FIFTH), ("they'll pay on 12/5", "month", FIFTH), ("paga el 5/12", "day", FIFTH),
        ("他说12/5付", "month", FIFTH), ("pays on 13/12", None, date(2026, 12, 13)), ("2026-12-05", None, FIFTH),
        ("pays on 12/12", None, date(2026, 12, 12)), ("5-12-2026", "day", FIFTH), ("05/12/26", "day", FIFTH),
        ("el 5/1", "day", date(2027, 1, 5)), ("pays on 12/31", "day", date(2026, 12, 31)),
        ("el próximo viernes", None, date(2026, 11, 27)), ("下周五", None, date(2026, 12, 4)),
    ],
)  # fmt: skip
def test_a_day_that_can_be_known_is_read(text: str, order: Order | None, day: date) -> None:
    assert promised_in(text, TUESDAY, order) == Promised(day)


@pytest.mark.parametrize(
    ("text", "may_be", "written"),
    [
        ("they'll pay on 5/12", (FIFTH, MAY), "5/12"), ("said 12/5/2026", (FIFTH, MAY), "12/5/2026"),
        ("next Friday", (date(2026, 11, 27), date(2026, 12, 4)), ""),
    ],
)  # fmt: skip
def test_a_day_that_may_be_two_is_left_open(text: str, may_be: tuple[date, ...], written: str) -> None:
    assert promised_in(text, TUESDAY, None) == Promised(may_be=may_be, written=written)


def test_next_monday_is_one_day_whoever_says_it() -> None:
    assert promised_in("next Monday", TUESDAY, None) == Promised(date(2026, 11, 30))


@pytest.mark.parametrize(
    "text",
    ["they paid 1/2 of it", "we are on call 24/7", "invoice 5/12", "factura 3/25", "99/12", "50/50", "5/12%", ""],
)
def test_not_every_fraction_is_a_date(text: str) -> None:
    assert promised_in(text, TUESDAY, "day") is None
    assert spelt(text, "day") == text


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("says in two weeks", "says on friday"), ("he said 5/12", "he said on friday"),
        ("dice que en quince días", "dice que el viernes"), ("quedaron para el 5/12", "quedaron para el viernes"),
        ("他说三天内", "他说周五"), ("他说12/5付", "他说周五付"), ("5 December", "he said friday"),
        ("el sábado 5 de diciembre", "el sabado dijo el viernes"),
    ],
)  # fmt: skip
def test_for_what_is_told_any_day_to_come_is_like_a_weekday(text: str, like: str) -> None:
    assert with_plain_days(text, TUESDAY) == like


@pytest.mark.parametrize(
    "text", ["They haven't answered in two weeks", "in two weeks we go live, hooray", "he is rude"]
)
def test_of_what_no_one_said_nothing_changes(text: str) -> None:
    assert with_plain_days(text, TUESDAY) == text


@given(
    st.text(alphabet="0123456789/.- says el 月日内后en in days", max_size=60), st.sampled_from([None, "day", "month"])
)
def test_whatever_is_typed_is_read_or_left(text: str, order: Order | None) -> None:
    found = promised_in(text, TUESDAY, order)
    assert found is None or all(day >= TUESDAY for day in (found.day, *found.may_be) if day)
    with_plain_days(text, TUESDAY)
