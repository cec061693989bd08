"""Telling Spanish, English and Chinese apart, and saying nothing where there is no clue."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.schema import LANGUAGES, Language
from bot.understanding.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El cliente no paga desde hace dos meses", "es"),
        ("¿Y AHORA QUÉ?", "es"),
        ("¿Acme?", "es"),
        ("señor", "es"),
        ("The client hasn't paid for two months", "en"),
        ("IT’S LATE", "en"),
        ("They like the café but they don't pay", "en"),
        ("客户两个月没付款了", "zh"),
        ("Acme 不付款", "zh"),
        ("客戶拖欠", "zh"),
        ("Acme客户 is not paying us 钱 at all, again and again", "en"),
    ],
)
def test_a_sentence_shows_its_language(text: str, language: Language) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "   ", "🚀", "👩\u200d🎤", "104", "?!", "acme inv 104", "Привет", "مرحبا"])
def test_a_text_without_a_clue_has_no_language(text: str) -> None:
    assert detect(text) is None


def test_as_many_clues_for_both_are_no_clue() -> None:
    assert detect("el the") is None


def test_japanese_is_none_of_the_three() -> None:
    assert detect("お客様の支払いが遅いです") is None


def test_a_word_in_kana_does_not_hide_the_language_of_a_sentence() -> None:
    assert detect("The client of the ソニー project has not paid us for two months") == "en"
    assert detect("客户说ソニ的项目两个月没付款了") == "zh"


def test_accents_count_however_they_are_encoded() -> None:
    assert detect(unicodedata.normalize("NFD", "está más así")) == detect("está más así") == "es"


@given(st.text(max_size=200))
def test_any_text_is_one_of_three_languages_or_none(text: str) -> None:
    assert detect(text) in (*LANGUAGES, None)


@pytest.mark.parametrize(("text", "language"), [("no paga el ", "es"), ("not paid the ", "en"), ("没付款", "zh")])
def test_100_000_words_are_read_too(text: str, language: Language) -> None:
    assert detect(text * 100_000) == language
