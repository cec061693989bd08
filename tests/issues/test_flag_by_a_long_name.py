"""`flag acme Patrón de pagos fuera de plazo` was refused: names of more than five words were never looked for."""

from __future__ import annotations

import pytest

from bot.arguments import Kind, Kinds, Param, bind
from bot.commands import ARCHETYPE, CLIENT
from bot.i18n.messages import N
from bot.knowledge.loader import load
from bot.knowledge.schema import LANGUAGES, Language

REASON = Param("reason", Kind.TEXT, N("why"), is_required=False)
KNOWLEDGE = load(examples=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lead", ["", "- ", "as ", "— "])
def test_every_name_that_people_read_is_one_that_they_may_type(language: Language, lead: str) -> None:
    kinds = Kinds(lambda word: KNOWLEDGE.archetype(word) is not None, KNOWLEDGE.words_of_name)
    for name, shown in KNOWLEDGE.names[language].items():
        found = bind((CLIENT, ARCHETYPE, REASON), f"acme {lead}{shown} since May", kinds)
        known = KNOWLEDGE.archetype(found["archetype"])
        assert known is not None
        assert (known.id, found["reason"]) == (name, "since May")
