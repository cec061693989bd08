"""Which language a person gets, from the tags that platforms and systems give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.locale import choose, language_of
from bot.knowledge.schema import LANGUAGES, Language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("es_ES.UTF-8", "es"),
        ("es-419", "es"),
        ("ES", "es"),
        ("es.UTF-8", "es"),
        ("zh-TW", "zh"),
        ("zh_Hans_CN", "zh"),
        ("en", "en"),
        ("en-GB", "en"),
        ("en_US@euro", "en"),
        ("fr-FR", None),
        ("C.UTF-8", None),
        ("C", None),
        ("POSIX", None),
        ("english", None),
        ("est", None),
        ("", None),
        ("-", None),
        ("客户", None),
    ],
)
def test_a_tag_names_one_of_our_languages_or_none(tag: str, language: Language | None) -> None:
    assert language_of(tag) == language


def test_the_first_language_we_speak_wins() -> None:
    assert choose("fr-FR", "", "zh-CN", "es") == "zh"


def test_whoever_speaks_none_of_them_is_answered_in_english() -> None:
    assert choose() == "en"
    assert choose("", "fr", "C") == "en"


@given(st.lists(st.text(max_size=20)))
def test_any_tags_give_a_language(tags: list[str]) -> None:
    assert choose(*tags) in LANGUAGES
