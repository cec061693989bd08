"""The day that a client names is noted in the letter; one that may be two is asked about, and stands as it was said."""

from __future__ import annotations

import pytest

from bot.events import Command, Place, Question, User
from bot.reply import plain_text
from bot.router import Router
from tests.contract.driver import Driver
from tests.contract.test_following import LATE
from tests.contract.test_news import LATE_ES, LATE_ZH, _told


@pytest.mark.parametrize(
    ("first", "text", "day"),
    [
        (LATE, "they say they'll pay in two weeks", "noted Tuesday 8 December"),
        (LATE, "promised to pay within 3 days", "noted Friday 27 November"),
        (LATE, "he says within 5 working days", "noted Tuesday 1 December"),
        (LATE, "they said by the end of the month", "noted Monday 30 November"),
        (LATE, "he said 13/12", "noted Sunday 13 December"),
        (LATE_ES, "dice que paga el 5/12", "Apunto el sábado 5 de diciembre"),
        (LATE_ES, "dice que en quince días", "Apunto el miércoles 9 de diciembre"),
        (LATE_ES, "dice que me paga dentro de una semana", "Apunto el martes 1 de diciembre"),
        (LATE_ES, "quedaron para el 5/1", "Apunto el martes 5 de enero"),
        (LATE_ES, "dice que el próximo viernes", "Apunto el viernes 27 de noviembre"),
        (LATE_ZH, "他说三天内", "记在11月27日"), (LATE_ZH, "他说两周后付", "记在12月8日"),
        (LATE_ZH, "他说12/5付", "记在12月5日"), (LATE_ZH, "他说下周五", "记在12月4日"),
        (LATE_ZH, "他说月底之前", "记在11月30日"),
    ],
)  # fmt: skip
async def test_the_day_of_a_promise_is_noted(chat: Driver, first: str, text: str, day: str) -> None:
    assert day in await _told(chat, first, text)


@pytest.mark.parametrize(
    ("text", "asked", "stands", "day"),
    [
        ("they'll pay on 5/12", "Saturday 5 December or Wednesday 12 May", "noted 5/12", "Saturday 5 December"),
        ("she said next Friday", "Friday 27 November or Friday 4 December", "noted the day you named",
         "Friday 4 December"),
    ],
)  # fmt: skip
async def test_a_day_that_may_be_two_is_asked_about_and_never_guessed(
    chat: Driver, text: str, asked: str, stands: str, day: str
) -> None:
    said = await _told(chat, LATE, text)
    assert asked in said
    assert stands in said
    assert stands in await _told(chat, "what do I write?")
    said = await _told(chat, day)
    assert f"noted {day}" in said
    assert "They may mean" not in said


@pytest.mark.parametrize(
    ("country", "text"), [("GB", "he said 5/12"), ("US-NY", "he said 12/5"), ("ES", "he said 5/12")]
)
async def test_the_order_of_a_date_is_that_of_the_teams_country(bot: Router, country: str, text: str) -> None:
    ana, place = User("ana", is_manager=True), Place("console:t", "c", "t1", is_direct=True)
    await bot.dispatch(Command("1", ana, place, "settings", {"name": "country", "value": country}))
    for number, words in enumerate((LATE, text)):
        reply = await bot.dispatch(Question(f"q{number}", ana, place, words, is_public=False))
    assert reply is not None
    assert "noted Saturday 5 December" in plain_text(reply)


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("la factura venció el 5/10 y no han pagado", "50 días de retraso"), ("账单10/5到期，到现在没付", "逾期 50 天"),
        ("the invoice was due on 13/10 and still not paid", "42 days overdue"),
        ("nos deben 3.000 euros desde el 5/9", "80 días de retraso"),
    ],
)  # fmt: skip
async def test_a_date_in_figures_says_how_late_a_payment_is(chat: Driver, text: str, late: str) -> None:
    assert late in await _told(chat, text)


async def test_a_date_that_may_be_two_says_not_how_late_it_is(chat: Driver) -> None:
    said = await _told(chat, "the invoice was due on 5/10 and still not paid")
    assert "50 days" not in said
    assert "198 days" not in said
