"""The voice in Spanish, English and Chinese: words, plurals, dates, quotation marks, lists."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.messages import NN, C, Message, N
from bot.i18n.speech import Speech
from bot.knowledge.schema import LANGUAGES, Language

es, en, zh = Speech("es"), Speech("en"), Speech("zh")
VOICES = (es, en, zh)
FRIDAY = date(2026, 11, 27)


def said(message: Message | str) -> tuple[str, ...]:
    return tuple(voice(message) for voice in VOICES)


def test_a_message_is_said_in_each_language() -> None:
    assert said(N("{client} is forgotten.", client="Acme"))[1] == "Acme is forgotten."
    assert len(set(said("Settings"))) == 3


def test_a_word_that_no_catalogue_has_is_said_as_it_stands() -> None:
    assert said("未收录 xyzzy") == ("未收录 xyzzy",) * 3


def test_the_context_chooses_the_word() -> None:
    assert said(C("command", "note")) == ("nota", "note", "备注")
    assert said(C("argument", "text")) == ("texto", "text", "内容")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, ("0 avisos abiertos", "0 open flags", "0条未解决的标记")),
        (1, ("1 aviso abierto", "1 open flag", "1条未解决的标记")),
        (2, ("2 avisos abiertos", "2 open flags", "2条未解决的标记")),
        (100_000, ("100000 avisos abiertos", "100000 open flags", "100000条未解决的标记")),
    ],
)
def test_a_count_chooses_the_plural(count: int, words: tuple[str, ...]) -> None:
    assert said(NN("{count} open flag", "{count} open flags", count)) == words


def test_a_date_is_written_out() -> None:
    assert tuple(voice.day(date(2026, 11, 3)) for voice in VOICES) == (
        "3 de noviembre de 2026",
        "3 November 2026",
        "2026年11月3日",
    )


def test_a_date_in_a_letter_has_its_weekday() -> None:
    assert tuple(voice.weekday(FRIDAY) for voice in VOICES) == (
        "viernes 27 de noviembre",
        "Friday 27 November",
        "11月27日（星期五）",
    )


def test_a_leap_day_and_the_turn_of_a_year_are_dates_like_any_other() -> None:
    assert en.day(date(2028, 2, 29)) == "29 February 2028"
    assert es.weekday(date(2027, 1, 1)) == "viernes 1 de enero"


def test_a_name_stands_in_the_languages_own_quotation_marks() -> None:
    assert tuple(voice.quoted("Acme") for voice in VOICES) == ("«Acme»", "“Acme”", "“Acme”")


def test_pairs_and_asides_use_the_languages_punctuation() -> None:
    assert tuple(voice.pair("a", "b") for voice in VOICES) == ("a: b", "a: b", "a：b")
    assert tuple(voice.aside("a", "b") for voice in VOICES) == ("a (b)", "a (b)", "a（b）")


@pytest.mark.parametrize(
    ("values", "lists"),
    [
        ([], ("", "", "")),
        (["a"], ("a", "a", "a")),
        (["a", "b"], ("a y b", "a and b", "a和b")),
        (["a", "b", "c"], ("a, b y c", "a, b and c", "a、b和c")),
    ],
)
def test_a_list_ends_with_and(values: list[str], lists: tuple[str, ...]) -> None:
    assert tuple(voice.items(values) for voice in VOICES) == lists


@pytest.mark.parametrize(
    ("values", "lists"),
    [
        ([], ("", "", "")),
        (["a"], ("a", "a", "a")),
        (["a", "b"], ("a o b", "a or b", "a或b")),
        (["a", "b", "c"], ("a, b o c", "a, b or c", "a、b或c")),
    ],
)
def test_a_choice_ends_with_or(values: list[str], lists: tuple[str, ...]) -> None:
    assert tuple(voice.either(values) for voice in VOICES) == lists


@pytest.mark.parametrize(
    ("values", "joined"),
    [
        (["pichirre ×1", "indeciso ×2"], "pichirre ×1 e indeciso ×2"),
        (["abusivo", "pichirre", "insaciable"], "abusivo, pichirre e insaciable"),
        (["`pichirre`", "`insaciable`"], "`pichirre` e `insaciable`"),
        (["cobre", "hierro"], "cobre y hierro"),
    ],
)
def test_and_becomes_e_before_the_sound_i_in_spanish(values: list[str], joined: str) -> None:
    assert es.items(values) == joined


@pytest.mark.parametrize(
    ("values", "joined"),
    [(["«Acme»", "«Orange»"], "«Acme» u «Orange»"), (["siete", "ocho"], "siete u ocho"), (["a", "hotel"], "a u hotel")],
)
def test_or_becomes_u_before_the_sound_o_in_spanish(values: list[str], joined: str) -> None:
    assert es.either(values) == joined


def test_dates_lists_and_messages_inside_a_message_are_said_in_its_language() -> None:
    message = N("{text} ({detail})", text=N("Settings"), detail=[FRIDAY, C("tone", "warm"), 3])
    text = es(message)
    assert es("Settings") in text
    assert "27 de noviembre de 2026" in text
    assert text.endswith(" y 3)")


def test_a_moment_is_said_as_its_date() -> None:
    assert (
        en(N("{label}: {text}", label="since", text=datetime(2026, 11, 3, 9, tzinfo=UTC))) == "since: 3 November 2026"
    )


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_a_hostile_value_stays_data(name: str, language: Language) -> None:
    assert Speech(language).aside(name, "{text}{0}%s") == Speech(language).aside("§", "{text}{0}%s").replace("§", name)


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_any_date_can_be_said(day: date, language: Language) -> None:
    assert str(day.day) in Speech(language).weekday(day)
    assert str(day.day) in Speech(language).day(day)


def test_all_languages_are_spoken_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda number: VOICES[number % 3].day(FRIDAY), range(300)))
    assert texts == [es.day(FRIDAY), en.day(FRIDAY), zh.day(FRIDAY)] * 100


def test_a_list_of_10_000_names_is_joined() -> None:
    assert zh.items(["客户"] * 10_000).endswith("客户和客户")
