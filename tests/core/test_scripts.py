"""Which script is chosen, and how a gap reads in a team's own files. The shipped scripts: `knowledge/test_filling`."""

from __future__ import annotations

from datetime import date

import pytest

from bot.advice.scripts import Filler, script
from bot.i18n.speech import Speech
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import (
    LANGUAGES,
    Email,
    Language,
    Placeholder,
    Placeholders,
    PlaceholderWords,
    Playbook,
    Principles,
    Scripts,
)
from bot.understanding.workdays import business_day

SAY = Scripts(
    email={"warm": Email(subject="About {invoice}", body="Hi,\n\npay {amount}.")},
    chat={"warm": "Hi there!", "firm": "By {in_2_days}, please."},
)
PLAYBOOK = Playbook(name="late", nickname="late", summary="Pays late.", signals=("late",), do_now=("ring",), say=SAY)
TODAY = date(2026, 11, 26)


def filler(language: Language, *placeholders: Placeholder, **values: str) -> Filler:
    knowledge = Knowledge.of([], Principles(), [], Placeholders(placeholders=placeholders), [])
    return Filler(knowledge, Speech(language), values, TODAY)


def test_an_email_comes_with_its_subject() -> None:
    assert script(PLAYBOOK, "warm", "email") == ("About {invoice}\n\nHi,\n\npay {amount}.", "say.email.warm")


def test_a_chat_message_comes_in_its_tone() -> None:
    assert script(PLAYBOOK, "warm", "chat") == ("Hi there!", "say.chat.warm")


def test_where_no_email_is_written_the_chat_message_of_that_tone_stands_in() -> None:
    assert script(PLAYBOOK, "firm", "email") == ("By {in_2_days}, please.", "say.chat.firm")


@pytest.mark.parametrize("channel", ["email", "chat"])
def test_a_playbook_without_words_for_a_tone_offers_none(channel: str) -> None:
    assert script(PLAYBOOK, "final", "email" if channel == "email" else "chat") is None


def test_a_gap_that_has_a_label_only_is_filled_with_the_bare_value_or_the_label() -> None:
    words = PlaceholderWords(label="purchase order")
    order = Placeholder(id="order", texts=dict.fromkeys(LANGUAGES, words))
    assert filler("en", order, order="PO-7").fill("{order}", "x").text == "PO-7"
    filled = filler("en", order).fill("{order}", "x")
    assert (filled.text, filled.missing) == ("purchase order", ("order",))


def test_a_date_is_never_missing_and_words_do_not_move_it() -> None:
    texts = dict.fromkeys(LANGUAGES, PlaceholderWords(label="soon"))
    soon = Placeholder(id="soon", business_days=2, texts=texts)
    filled = filler("es", soon, soon="mañana").fill("El {soon}.", "x")
    assert (filled.text, filled.missing) == ("El lunes 30 de noviembre.", ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_teams_own_gap_in_one_language_still_reads_in_the_others(language: Language) -> None:
    words = PlaceholderWords(label="pedido", filled="el pedido {value}", blank="el pedido")
    order = Placeholder(id="order", texts={"es": words})
    assert filler(language, order).fill("{order}", "x").text == "el pedido"
    assert filler(language, order, order="7").fill("{order}", "x").text == "el pedido 7"
    assert filler(language, order).label("order") == "pedido"


@pytest.mark.parametrize(
    ("today", "days", "end"),
    [
        (date(2026, 11, 26), 1, date(2026, 11, 27)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 5, date(2027, 1, 7)),
        (date(2028, 2, 28), 2, date(2028, 3, 1)),
    ],
)
def test_a_term_counts_working_days_only(today: date, days: int, end: date) -> None:
    assert business_day(today, days) == end
