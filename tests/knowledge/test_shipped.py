"""The shipped knowledge is complete: eight playbooks in three languages, ladders with their words, names known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest

from bot.knowledge.checks import BUILT_IN, gaps, scripts
from bot.knowledge.knowledge import Knowledge, names_of
from bot.knowledge.schema import LANGUAGES, TONES, Language, Playbook
from tests.support import our_knowledge

# What people type, as DESIGN.md lists it.
TYPED = {
    "abusivo": "abusivo, abusive, rude, grosero, 辱骂型",
    "mala-paga": "mala-paga, mala paga, bad payer, late payer, moroso, 拖欠款",
    "sabelotodo": "sabelotodo, know-it-all, know it all, 外行指挥内行",
    "sin-horario": "sin-horario, sin horario, 24/7, no schedule, always-on, 全天候",
    "anti-contrato": "anti-contrato, anti-contract, no contract, 不签合同",
    "indeciso": "indeciso, indecisive, 犹豫不决",
    "pichirre": "pichirre, stingy, penny-pincher, tacaño, 抠门",
    "insaciable": "insaciable, insatiable, never satisfied, 贪得无厌",
}


@pytest.fixture
def knowledge() -> Knowledge:
    return our_knowledge().current()


def test_the_eight_playbooks_are_there_in_three_languages_and_nothing_is_missing(knowledge: Knowledge) -> None:
    assert sorted(knowledge.archetypes) == sorted(BUILT_IN)
    assert all(tuple(archetype.texts) == LANGUAGES for archetype in knowledge.archetypes.values())
    assert gaps(knowledge) == []


@pytest.mark.parametrize(("archetype", "name"), [(a, n) for a, names in TYPED.items() for n in names.split(", ")])
def test_what_people_call_an_archetype_is_understood(archetype: str, name: str, knowledge: Knowledge) -> None:
    found = knowledge.archetype(name)
    assert found
    assert found.id == archetype


def _spellings(name: str) -> Iterator[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    yield from (name, name.upper(), name.title(), f"  {name} ", name.replace("-", " "), name.replace(" ", "_"))
    yield from (bare, wide, unicodedata.normalize("NFD", name))


def test_every_name_is_understood_however_it_is_spelt(knowledge: Knowledge) -> None:
    for archetype in knowledge.archetypes.values():
        for spelling in (s for name in names_of(archetype) for s in _spellings(name)):
            found = knowledge.archetype(spelling)
            assert found, spelling
            assert found.id == archetype.id


@pytest.mark.parametrize("text", ["", " ", "-", "acme", "mala", "mala-paga-x", "{amount}", "\x00", "x" * 100_000, "🙃"])
def test_other_words_are_no_archetype(text: str, knowledge: Knowledge) -> None:
    assert knowledge.archetype(text) is None


def test_every_ladder_climbs_and_every_rung_has_words_in_every_language(knowledge: Knowledge) -> None:
    for archetype in knowledge.archetypes.values():
        days = [step.after_days for step in archetype.escalate]
        assert days == sorted(set(days))
        tones = [TONES.index(step.tone) for step in archetype.escalate]
        assert tones == sorted(tones)
        assert tones[0] == TONES.index("warm")
        assert tones[-1] == TONES.index("final")
        ids = [step.step for step in archetype.escalate]
        ladders = [playbook.escalate for playbook in archetype.texts.values()]
        assert [list(ladder.steps) if ladder else [] for ladder in ladders] == [ids] * len(LANGUAGES)


def test_archetypes_stand_by_urgency_and_no_two_are_equally_urgent(knowledge: Knowledge) -> None:
    assert [archetype.priority for archetype in knowledge.archetypes.values()] == list(range(1, 9))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_playbook_has_as_much_to_say_in_every_language(language: Language, knowledge: Knowledge) -> None:
    for archetype in knowledge.archetypes.values():
        playbook = archetype.texts[language]
        lists = (playbook.signals, playbook.do_now, playbook.avoid, playbook.goodbye.how, playbook.prevent.contract)
        assert all(len(lines) >= 3 for lines in lists), archetype.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice_in_one_playbook(language: Language, knowledge: Knowledge) -> None:
    for archetype in knowledge.archetypes.values():
        words = re.findall(r'"((?:[^"\\]|\\.){25,})"', archetype.texts[language].model_dump_json())
        assert len(words) == len(set(words)), archetype.id


def _steps(playbook: Playbook) -> list[str]:
    return [*playbook.escalate.steps.values()] if playbook.escalate else []


def test_every_placeholder_is_used_by_a_script_or_counted_from_today(knowledge: Knowledge) -> None:
    playbooks = [playbook for archetype in knowledge.archetypes.values() for playbook in archetype.texts.values()]
    texts = [text for playbook in playbooks for _, text in scripts(playbook)]
    texts += [line for playbook in playbooks for line in (*playbook.do_now, *_steps(playbook))]
    for intent in knowledge.intents.values():
        texts += [text for words in (intent.say, *intent.insist.values()) for text in words.values()]
    used = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
    assert used == set(knowledge.placeholders)


def test_the_topics_of_each_law_number_facts_that_are_there(knowledge: Knowledge) -> None:
    for fact in knowledge.law.values():
        numbers = {number for topic in fact.topics.values() for number in topic}
        assert {"interest", "deadline"} & {*fact.topics}
        assert all(max(numbers) <= len(texts) for texts in fact.texts.values())


def test_each_law_names_where_it_was_read(knowledge: Knowledge) -> None:
    assert all(fact.sources and any(source.url for source in fact.sources) for fact in knowledge.law.values())
    assert {country.split("-")[0] for country in knowledge.law} >= {"ES", "MX", "US", "CN", "GB"}


def test_every_pair_of_archetypes_has_a_word_on_what_changes_together(knowledge: Knowledge) -> None:
    ids = list(knowledge.archetypes)
    pairs = [(first, second) for place, first in enumerate(ids) for second in ids[place + 1 :]]
    entries = [knowledge.combination(pair) for pair in pairs]
    assert [set(entry.archetypes) if entry else None for entry in entries] == [set(pair) for pair in pairs]


def test_examples_exist_for_every_archetype_in_every_language(knowledge: Knowledge) -> None:
    taught = {(batch.language, label) for batch in knowledge.examples for label in batch.examples}
    assert taught >= {(language, label) for language in LANGUAGES for label in (*BUILT_IN, "none")}
