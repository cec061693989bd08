"""What a team can change without code: a script, a name, a ninth archetype, principles, placeholders, law, examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.scripts import Filler, script
from bot.i18n.speech import Speech
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import OURS, load
from bot.knowledge.nodes import parse
from bot.knowledge.overlay import lay_over
from bot.knowledge.schema import LANGUAGES, Language
from bot.knowledge.sources import read
from bot.understanding.signs import SignFinder
from tests.knowledge.mistakes import IN_ENGLISH, MALA_PAGA
from tests.knowledge.team import NINTH, NINTH_TEXT, write
from tests.support import START, our_knowledge

CHAT = "say:\n  chat:\n    warm: Pay {amount}, please.\n"


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path).version == our_knowledge().current().version


def test_what_was_read_stays_as_it_is_whatever_is_laid_over_it(tmp_path: Path) -> None:
    paths = [*OURS.glob("*.yaml"), *OURS.glob("archetypes/*.yaml"), *OURS.glob("law/*.yaml")]
    before = [read(path).content for path in paths]
    names = "aliases:\n  es: [el caradura]\ntexts:\n  en: {do_now: [Stop.]}\n"
    load(write(tmp_path, {MALA_PAGA: names, "signs.yaml": "signs: [{id: violence, phrases: {en: [he bites]}}]\n"}))
    assert before == [parse(path.read_text("utf-8"))[1] for path in paths]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (IN_ENGLISH, CHAT),
        (MALA_PAGA, "texts:\n  en:\n    " + CHAT.replace("\n", "\n    ").rstrip() + "\n"),
        (IN_ENGLISH, f"\ufeff# ours\r\n{CHAT}".replace("\n", "\r\n")),
    ],
    ids=["its own file", "inline", "from Windows"],
)
def test_a_team_changes_one_script_and_keeps_the_others(file: str, text: str, tmp_path: Path, ours: Path) -> None:
    changed = load(write(tmp_path, {file: text}), ours).playbook("mala-paga", "en")
    original = our_knowledge().current().playbook("mala-paga", "en")
    assert script(changed, "warm", "chat") == ("Pay {amount}, please.", "say.chat.warm")
    assert changed.say.email == original.say.email
    assert changed.say.chat["firm"] == original.say.chat["firm"]
    assert changed.model_copy(update={"say": original.say}) == original


def test_a_list_of_the_teams_replaces_ours(tmp_path: Path, ours: Path) -> None:
    changed = load(write(tmp_path, {IN_ENGLISH: "do_now: [Call Ana., Stop.]\n"}), ours).playbook("mala-paga", "en")
    assert changed.do_now == ("Call Ana.", "Stop.")
    assert changed.avoid == our_knowledge().current().playbook("mala-paga", "en").avoid


def test_names_of_the_teams_are_added_to_ours(tmp_path: Path, ours: Path) -> None:
    text = "aliases:\n  es: [el caradura, moroso, moroso]\n  zh: ['铁公鸡客户']\n"
    knowledge = load(write(tmp_path, {MALA_PAGA: text}), ours)
    names = [
        knowledge.archetype(name)
        for name in ("el caradura", "EL-CARADURA", "铁公鸡客户", "moroso", "拖欠款", "bad payer")
    ]
    assert [archetype.id for archetype in names if archetype] == ["mala-paga"] * 6
    assert knowledge.archetypes["mala-paga"].aliases["es"].count("moroso") == 1


def _check_ninth(knowledge: Knowledge) -> None:
    assert list(knowledge.archetypes)[-1] == "impaciente"
    found = [knowledge.archetype(name) for name in ("impaciente", "El de ayer", "patrón de prisa permanente")]
    assert [archetype.id for archetype in found if archetype] == ["impaciente"] * 3
    for language in LANGUAGES:
        assert knowledge.spoken("impaciente", language) == "es"
        assert knowledge.playbook("impaciente", language).summary == "Todo lo quiere para ayer."


def test_a_ninth_archetype_is_one_file_in_one_language(tmp_path: Path) -> None:
    knowledge = load(write(tmp_path, {NINTH: NINTH_TEXT}))
    assert len(knowledge.archetypes) == 9
    _check_ninth(knowledge)
    words = script(knowledge.playbook("impaciente", "zh"), "warm", "email")
    assert words
    filled = Filler(knowledge, Speech("es"), {}, START.date()).fill(*words)
    assert filled.text == "Hola: lo tienes el jueves 26 de noviembre."


def _split() -> dict[str, str]:
    head, _, words = NINTH_TEXT.partition("texts:\n  es:\n")
    return {NINTH: head, "archetypes/impaciente.es.yaml": "\n".join(line[4:] for line in words.splitlines())}


def test_a_ninth_archetype_may_stand_in_split_files(tmp_path: Path, ours: Path) -> None:
    knowledge = load(write(tmp_path, _split()), ours)
    _check_ninth(knowledge)
    assert knowledge == load(write(tmp_path / "inline", {NINTH: NINTH_TEXT}), ours)


def test_a_ninth_archetype_may_be_half_inline_and_half_in_a_file_of_its_own(tmp_path: Path, ours: Path) -> None:
    english = _split()["archetypes/impaciente.es.yaml"].replace("Todo lo quiere para ayer.", "Yesterday.")
    english = "\n".join(line for line in english.splitlines() if "{" not in line).replace("say:\n  chat:", "")
    knowledge = load(write(tmp_path, {NINTH: NINTH_TEXT, "archetypes/impaciente.en.yaml": english}), ours)
    assert knowledge.playbook("impaciente", "en").summary == "Yesterday."
    assert knowledge.playbook("impaciente", "es").summary == "Todo lo quiere para ayer."
    assert knowledge.spoken("impaciente", "zh") == "es"


def test_a_ninth_archetype_may_be_the_most_urgent_and_meet_ours(tmp_path: Path, ours: Path) -> None:
    together = "combinations:\n  - {id: rush, archetypes: [impaciente, mala-paga], texts: {es: Cobra antes.}}\n"
    files = {NINTH: NINTH_TEXT.replace(": 9", ": 1"), "principles.yaml": together}
    knowledge = load(write(tmp_path, files), ours)
    assert knowledge.ranked(["mala-paga", "impaciente"]) == ["impaciente", "mala-paga"]
    entry = knowledge.combination(["mala-paga", "impaciente"])
    assert entry
    assert entry.texts == {"es": "Cobra antes."}
    assert knowledge.combination(["mala-paga", "abusivo"]), "our combinations are still there"


def test_a_team_changes_one_language_of_our_combination(tmp_path: Path, ours: Path) -> None:
    text = "combinations:\n  - id: abusivo-with-mala-paga\n    texts: {en: Ours.}\n"
    entry = load(write(tmp_path, {"principles.yaml": text}), ours).combination(["abusivo", "mala-paga"])
    assert entry
    assert entry.texts == {"es": "Los dos.", "en": "Ours.", "zh": "两个"}


def test_a_team_adds_a_placeholder_and_uses_it(tmp_path: Path, ours: Path) -> None:
    words = "{{label: {0}, filled: '{0} {{value}}', blank: {0}}}"
    texts = ", ".join(f"{language}: {words.format('deposit')}" for language in LANGUAGES)
    files = {
        "placeholders.yaml": f"placeholders:\n  - id: deposit\n    texts: {{{texts}}}\n",
        IN_ENGLISH: "say:\n  chat:\n    warm: 'Your {deposit}, {greeting}'\n",
    }
    knowledge = load(write(tmp_path, files), ours)
    found = script(knowledge.playbook("mala-paga", "en"), "warm", "chat")
    assert found
    filled = Filler(knowledge, Speech("en"), {"deposit": "40%"}, START.date()).fill(*found)
    assert (filled.text, filled.missing) == ("Your deposit 40%, Hi,", ("greeting",))


def test_a_team_adds_the_law_of_its_place(tmp_path: Path, ours: Path) -> None:
    source = "sources: [{title: El Peruano, checked: 2026-11-24}]\n"
    text = f"id: pe\ncountry: PE\nverified: true\n{source}texts: {{es: [Treinta días.]}}\n"
    law = load(write(tmp_path, {"law/pe.yaml": text}), ours).law
    assert set(law) == {"ES", "PE"}
    assert law["PE"].texts["es"] == ("Treinta días.",)


def test_a_team_adds_examples_to_ours(tmp_path: Path) -> None:
    text = "language: es\nexamples:\n  mala-paga: [Ni un duro desde marzo]\n"
    examples = load(write(tmp_path, {"examples/own.yaml": text})).examples
    assert examples[:-1] == our_knowledge().current().examples
    assert examples[-1].examples == {"mala-paga": ("Ni un duro desde marzo",)}


def test_a_team_may_shorten_and_reorder_a_ladder(tmp_path: Path, ours: Path) -> None:
    text = "escalate:\n  - {step: firm, after_days: 1, tone: firm}\n  - {step: friendly, after_days: 5, tone: warm}\n"
    ladder = load(write(tmp_path, {MALA_PAGA: text}), ours).archetypes["mala-paga"].escalate
    assert [step.step for step in ladder] == ["firm", "friendly"]


def test_a_hundred_archetypes_of_a_team_load(tmp_path: Path, ours: Path) -> None:
    def text(number: int) -> str:
        return (
            NINTH_TEXT.replace("impaciente", f"tipo-{number}")
            .replace("el de", f"{number} de")
            .replace("prisa", f"{number}")
        )

    files = {f"archetypes/tipo-{number}.yaml": text(number) for number in range(100)}
    assert len(load(write(tmp_path, files), ours).archetypes) == 102


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_with_markup_and_in_any_script_are_names(language: Language, tmp_path: Path, ours: Path) -> None:
    names = ["<!channel>", "@everyone", "{amount}", "приставала", "🙃🙃", "a" * 400]
    text = f"aliases:\n  {language}: {names!r}\n"
    knowledge = load(write(tmp_path, {MALA_PAGA: text}), ours)
    found = [knowledge.archetype(name) for name in names]
    assert [archetype.id for archetype in found if archetype] == ["mala-paga"] * len(names)


_LEAVES = st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=3)
_LISTS_BY_ID = st.lists(st.integers(0, 4), unique=True).map(lambda ids: [{"id": i, f"k{i}": i} for i in ids])
_RECORDS = st.recursive(
    _LEAVES | st.lists(_LEAVES, max_size=3) | _LISTS_BY_ID,
    lambda inner: st.dictionaries(st.sampled_from(["a", "b", "aliases"]), inner, max_size=3),
    max_leaves=8,
)


@given(_RECORDS, _RECORDS)
def test_laying_the_same_files_over_twice_changes_nothing_more(base: Any, top: Any) -> None:
    once = lay_over(base, top)
    assert lay_over(once, top) == once


@given(_RECORDS)
def test_files_laid_over_nothing_are_themselves(top: Any) -> None:
    assert lay_over(None, top) == top
    assert lay_over({}, {"key": top}) == {"key": top}


@given(st.dictionaries(st.sampled_from("abc"), _RECORDS), st.dictionaries(st.sampled_from("abc"), _RECORDS))
def test_laying_over_changes_neither_of_the_two(base: dict[str, Any], top: dict[str, Any]) -> None:
    before = repr((base, top))
    lay_over(base, top)
    assert repr((base, top)) == before


def test_a_team_adds_phrases_figures_and_words_to_a_sign_and_a_sign_of_its_own(tmp_path: Path) -> None:
    text = (
        "signs:\n  - id: boss\n    phrases: {en: [the big cheese]}\n    figures: {en: [like a boss]}\n"
        "    texts: {en: [Ask Dana in HR.]}\n"
        "  - id: landlord\n    kind: outside\n    phrases: {en: [landlord]}\n    texts: {en: [Not a client.]}\n"
    )
    knowledge = load(write(tmp_path, {"signs.yaml": text}))
    finder, ours = SignFinder(), our_knowledge().current().signs
    shown = {text: finder.seen(text, knowledge).ids for text in ("the big cheese shouted", "my boss shouted")}
    assert set(shown.values()) == {("boss",)}
    assert finder.seen("she closed the deal like a boss", knowledge).ids == ()
    assert finder.seen("our landlord wants more", knowledge).ids == ("landlord",)
    assert list(knowledge.signs) == [*ours, "landlord"]
    assert knowledge.signs["boss"].texts == {**ours["boss"].texts, "en": ("Ask Dana in HR.",)}
