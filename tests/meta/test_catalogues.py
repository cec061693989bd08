"""Every word that a user sees is in three languages, with the same gaps in each."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from bot.features.registry import commands
from bot.i18n.speech import CATALOGUES, Speech
from bot.knowledge.schema import LANGUAGES, Language
from tests.meta.catalogues import compiled, extracted, stored
from tests.meta.commands_page import PAGE, page

GAP = re.compile(r"\{\w*\}")


def texts(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@pytest.fixture(scope="module")
def wanted() -> frozenset[tuple[object, object]]:
    """Every message of the code, which takes a second to collect."""
    return frozenset((message.context, message.id) for message in extracted() if message.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_its_gaps_and_none_is_stale(
    language: Language, wanted: frozenset[tuple[object, object]]
) -> None:
    catalogue = stored(language)
    assert {(message.context, message.id) for message in catalogue if message.id} == wanted
    for message in catalogue:
        if message.id:
            said = texts(message.string)
            assert all(said), message.id
            gaps = set(GAP.findall(" ".join(texts(message.id))))
            for text in said:
                assert set(GAP.findall(text)) == gaps, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bot_says_what_the_catalogue_says_now(language: Language) -> None:
    assert (CATALOGUES / f"{language}.mo").read_bytes() == compiled(stored(language)), "run `make messages`"


def test_sub_commands_have_one_word_names_in_every_language_and_none_twice() -> None:
    for language in LANGUAGES:
        names = [Speech(language)(spec.title) for spec in commands().values()]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"\w{1,32}", name) and name == name.lower() for name in names)


def test_the_commands_page_is_what_the_registry_says() -> None:
    assert PAGE.read_text("utf-8") == page()
