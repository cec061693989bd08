"""What `gaps` finds missing in an incomplete knowledge, and how knowledge is looked up when parts are not there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.knowledge.checks import gaps, scripts
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Archetype, Goodbye, LawFact, Playbook, Prevent, Principles, Scripts
from tests.support import our_knowledge

OURS = our_knowledge().current()


def _with_playbook(**changed: Any) -> Knowledge:
    archetype = OURS.archetypes["mala-paga"]
    playbook: Playbook = archetype.texts["zh"].model_copy(update=changed)
    return _with(texts={**archetype.texts, "zh": playbook})


def _with(**changed: Any) -> Knowledge:
    archetype: Archetype = OURS.archetypes["mala-paga"].model_copy(update=changed)
    return replace(OURS, archetypes={**OURS.archetypes, "mala-paga": archetype})


@pytest.mark.parametrize("name", ["signals", "not_this", "risk", "do_now", "avoid", "our_part"])
def test_a_list_that_is_empty_is_a_gap(name: str) -> None:
    assert gaps(_with_playbook(**{name: ()})) == [f"mala-paga.zh.{name}"]


def test_what_has_parts_is_missed_part_by_part() -> None:
    bare = _with_playbook(prevent=Prevent(), goodbye=Goodbye(), say=Scripts())
    assert gaps(bare) == [
        *(f"mala-paga.zh.prevent.{part}" for part in ("contract", "price", "process")),
        *(f"mala-paga.zh.goodbye.{part}" for part in ("when", "how")),
        *(f"mala-paga.zh.say.{channel}.{tone}" for channel in ("email", "chat") for tone in ("warm", "firm", "final")),
    ]


def test_one_script_that_is_missing_is_a_gap() -> None:
    say = OURS.playbook("mala-paga", "zh").say
    chat = {tone: text for tone, text in say.chat.items() if tone != "final"}
    assert gaps(_with_playbook(say=say.model_copy(update={"chat": chat}))) == ["mala-paga.zh.say.chat.final"]


def test_a_language_a_ladder_and_sources_that_are_missing_are_gaps() -> None:
    texts = {language: words for language, words in OURS.archetypes["mala-paga"].texts.items() if language != "en"}
    assert gaps(_with(texts=texts, escalate=(), sources=())) == [
        "mala-paga.sources",
        "mala-paga.escalate",
        "mala-paga.en",
    ]


def test_an_archetype_that_is_missing_is_a_gap() -> None:
    archetypes = {name: archetype for name, archetype in OURS.archetypes.items() if name != "pichirre"}
    assert gaps(replace(OURS, archetypes=archetypes)) == ["pichirre"]


def test_what_holds_for_all_is_missed_too() -> None:
    names = ["principles", "combinations", "exit_checklist", "script_rules"]
    assert gaps(replace(OURS, principles=Principles())) == names


def test_a_language_of_the_law_a_principle_and_a_placeholder_is_missed() -> None:
    fact: LawFact = OURS.law["ES"].model_copy(update={"texts": {"es": ("Ley.",)}})
    placeholder = OURS.placeholders["amount"]
    only_spanish = placeholder.model_copy(update={"texts": {"es": placeholder.texts["es"]}})
    first, *others = OURS.principles.principles
    principles = (first.model_copy(update={"texts": {"es": "Gracias."}}), *others)
    incomplete = replace(
        OURS,
        law={"ES": fact},
        placeholders={"amount": only_spanish},
        principles=OURS.principles.model_copy(update={"principles": principles}),
    )
    kinds = ("law.es", f"principles.{first.id}", "placeholders.amount")
    assert gaps(incomplete) == [f"{kind}.{language}" for kind in kinds for language in ("en", "zh")]


def test_a_language_of_a_sign_and_its_phrases_are_missed() -> None:
    sign = OURS.signs["supplier"]
    only_spanish = sign.model_copy(update={key: {"es": getattr(sign, key)["es"]} for key in ("texts", "phrases")})
    incomplete = replace(OURS, signs={"supplier": only_spanish, "other-language": OURS.signs["other-language"]})
    kinds = ("signs.supplier", "signs.supplier.phrases")
    assert gaps(incomplete) == [f"{kind}.{language}" for kind in kinds for language in ("en", "zh")]


def test_a_teams_own_archetype_may_lack_what_it_likes() -> None:
    own = OURS.archetypes["mala-paga"].model_copy(update={"id": "own", "sources": (), "texts": {}})
    assert gaps(replace(OURS, archetypes={**OURS.archetypes, "own": own})) == []


def test_every_script_is_found_with_its_key() -> None:
    found = dict(scripts(OURS.playbook("mala-paga", "en")))
    emails = [("email", tone, part) for tone in ("warm", "firm", "final") for part in ("subject", "body")]
    assert list(found) == [*emails, *(("chat", tone) for tone in ("warm", "firm", "final"))]
    assert found["email", "warm", "subject"] == "Payment date for {invoice}"


def test_archetypes_are_ranked_by_urgency_and_unknown_ones_left_out() -> None:
    assert OURS.ranked(["pichirre", "gone", "abusivo", "mala-paga", "pichirre"]) == ["abusivo", "mala-paga", "pichirre"]


def test_of_three_archetypes_the_most_urgent_pair_is_spoken_of() -> None:
    entry = OURS.combination(["indeciso", "mala-paga", "abusivo"])
    assert entry
    assert entry.archetypes == ("abusivo", "mala-paga")


def test_one_archetype_or_an_unknown_one_has_no_combination() -> None:
    assert OURS.combination(["abusivo"]) is None
    assert OURS.combination(["abusivo", "abusivo", "gone"]) is None


def test_a_pair_without_an_entry_gives_way_to_the_next() -> None:
    kept = tuple(e for e in OURS.principles.combinations if set(e.archetypes) == {"abusivo", "indeciso"})
    fewer = replace(OURS, principles=OURS.principles.model_copy(update={"combinations": kept}))
    entry = fewer.combination(["indeciso", "mala-paga", "abusivo"])
    assert entry
    assert set(entry.archetypes) == {"abusivo", "indeciso"}
