"""Mistakes that no single key shows: names that clash, gaps that nothing fills, steps without words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from bot.i18n.messages import Message, N
from bot.knowledge.knowledge import Knowledge, names_of, spelling
from bot.knowledge.orders import SLOT, SLOTS
from bot.knowledge.origin import Claim, Origins
from bot.knowledge.problems import Problem
from bot.knowledge.schema import CHANNELS, LANGUAGES, TONES, Archetype, Language, PlaceholderWords, Playbook

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
BUILT_IN = ("abusivo", "mala-paga", "sabelotodo", "sin-horario", "anti-contrato", "indeciso", "pichirre", "insaciable")

_BRACE = re.compile(r"[{}]")
_LETTER = re.compile(r"[^\W\d_]")
Key = tuple[str | int, ...]
Finding = tuple[Claim, ...]


def cross_check(knowledge: Knowledge, origins: Origins) -> list[Problem]:
    """Every mistake between keys and files, in the file that has the last word on it."""
    checks = (_clashes, _nameless, _days, _steps, _gaps_in_scripts, _combinations, _placeholders, _signs, _intents,
              _orders)  # fmt: skip
    findings = [finding for check in checks for finding in check(knowledge)]
    return [origins.problem(*finding) for finding in (*findings, *_idle_words(knowledge, origins))]


def _clashes(knowledge: Knowledge) -> Iterator[Finding]:
    owners: dict[str, tuple[Archetype, str]] = {}
    for archetype in knowledge.archetypes.values():
        for name in names_of(archetype):
            owner, their_name = owners.setdefault(spelling(name), (archetype, name))
            if owner is not archetype and spelling(name):
                yield _clash(archetype, name, owner), _clash(owner, their_name, archetype)


def _clash(archetype: Archetype, name: str, owner: Archetype) -> Claim:
    said = N("`{name}` already means `{id}`", name=name, id=owner.id), N("choose another name")
    return f"archetypes/{archetype.id}", _key_of_name(archetype, name), said


def _nameless(knowledge: Knowledge) -> Iterator[Finding]:
    for archetype in knowledge.archetypes.values():
        for name in names_of(archetype):
            if not spelling(name):
                said = N("nobody can type `{name}` as a name", name=name), N("write a name with a letter in it")
                yield ((f"archetypes/{archetype.id}", _key_of_name(archetype, name), said),)


def _key_of_name(archetype: Archetype, name: str) -> Key:
    for language, words in archetype.aliases.items():
        if name in words:
            return ("aliases", language, words.index(name))
    for language, playbook in archetype.texts.items():
        for field in ("nickname", "name"):
            if getattr(playbook, field) == name:
                return ("texts", language, field)
    return ("id",)


def _days(knowledge: Knowledge) -> Iterator[Finding]:
    for archetype in knowledge.archetypes.values():
        for place, (before, step) in enumerate(pairwise(archetype.escalate), 1):
            if step.after_days < before.after_days:
                wrong = N("this step comes before the one above it")
                said = wrong, N("write {limit} or more", limit=before.after_days)
                yield ((f"archetypes/{archetype.id}", ("escalate", place, "after_days"), said),)


def _steps(knowledge: Knowledge) -> Iterator[Finding]:
    """Steps without words: the mistake of whoever named the steps last."""
    for archetype, language, written in _ladders(knowledge):
        names = [step.step for step in archetype.escalate]
        if lacking := [name for name in names if name not in written]:
            in_words, in_steps = _mismatch(language, names), N("these steps have no words: {names}", names=lacking)
            right = N("write words for them under `escalate` in {language}", language=language)
            record = f"archetypes/{archetype.id}"
            yield (record, *in_words), (record, ("escalate",), (in_steps, right))


def _idle_words(knowledge: Knowledge, origins: Origins) -> Iterator[Finding]:
    """Words for no step: a mistake, unless a team left out the step that our words are for."""
    for archetype, language, written in _ladders(knowledge):
        names, record = [step.step for step in archetype.escalate], f"archetypes/{archetype.id}"
        key, said = _mismatch(language, names)
        idle = [name for name in written if name not in names]
        layer = origins.layer(record, ("escalate",))
        if set(names) <= set(written) and any(origins.layer(record, (*key, name)) >= layer for name in idle):
            yield ((record, key, said),)


def _mismatch(language: Language, names: list[str]) -> tuple[Key, tuple[Message, Message]]:
    wrong = N("the ladder's steps do not match the archetype's")
    return ("texts", language, "escalate", "steps"), (wrong, N("write exactly these: {names}", names=names))


def _ladders(knowledge: Knowledge) -> Iterator[tuple[Archetype, Language, list[str]]]:
    for archetype in knowledge.archetypes.values():
        for language, playbook in archetype.texts.items():
            yield archetype, language, list(playbook.escalate.steps) if playbook.escalate else []


def _gaps_in_scripts(knowledge: Knowledge) -> Iterator[Finding]:
    for archetype in knowledge.archetypes.values():
        for language, playbook in archetype.texts.items():
            for key, text in scripts(playbook):
                for said in _gaps_in(text, language, knowledge):
                    yield ((f"archetypes/{archetype.id}", ("texts", language, "say", *key), said),)


def _gaps_in(text: str, language: Language, knowledge: Knowledge) -> Iterator[tuple[Message, Message]]:
    speaking = sorted(name for name, entry in knowledge.placeholders.items() if language in entry.texts)
    for name in PLACEHOLDER.findall(text):
        if name not in knowledge.placeholders:
            yield N("no placeholder is called `{name}`", name=name), N("use one of {names}", names=speaking)
        elif name not in speaking:
            wrong = N("the placeholder `{name}` has no words in {language}", name=name, language=language)
            yield wrong, N("write them in placeholders.yaml")
    if _BRACE.search(PLACEHOLDER.sub("", text)):
        yield N("a brace is left open or doubled"), N("write each placeholder in one pair of braces")


def scripts(playbook: Playbook) -> Iterator[tuple[Key, str]]:
    """Every text of `say` with its key."""
    for tone, email in playbook.say.email.items():
        yield ("email", tone, "subject"), email.subject
        yield ("email", tone, "body"), email.body
    for tone, chat in playbook.say.chat.items():
        yield ("chat", tone), chat


def _combinations(knowledge: Knowledge) -> Iterator[Finding]:
    right = N("use one of {names}", names=sorted(knowledge.archetypes))
    for number, entry in enumerate(knowledge.principles.combinations):
        for place, name in enumerate(entry.archetypes):
            if name not in knowledge.archetypes:
                key = ("combinations", number, "archetypes", place)
                yield (("principles", key, (N("no archetype is called `{name}`", name=name), right)),)


def _placeholders(knowledge: Knowledge) -> Iterator[Finding]:
    facts = sorted(sign.id for sign in knowledge.signs.values() if sign.kind == "fact" and not sign.takes_back)
    for number, entry in enumerate(knowledge.placeholders.values()):
        for language, words in entry.texts.items():
            key = ("placeholders", number, "texts", language)
            if entry.told:
                yield from ((("placeholders", key, said),) for said in _told(entry.id, words, language, knowledge))
            elif entry.business_days is None and (said := _wording(entry.id, words)):
                yield (("placeholders", key, said),)
        if entry.told and facts and entry.told not in facts:
            wrong = N("no fact is called `{name}`", name=entry.told)
            yield (("placeholders", ("placeholders", number, "told"), (wrong, N("use one of {names}", names=facts))),)


def _told(
    name: str, words: PlaceholderWords, language: Language, knowledge: Knowledge
) -> Iterator[tuple[Message, Message]]:
    """Words for a fact may hold gaps of their own, but none for a fact."""
    if not words.blank or not words.filled:
        yield N("`{name}` needs `filled` and `blank`", name=name), N("write both")
    for text in filter(None, (words.filled, words.blank)):
        inner = [gap for gap in PLACEHOLDER.findall(text) if gap in knowledge.placeholders]
        if any(knowledge.placeholders[gap].told for gap in inner):
            yield N("there is a gap for a fact in the words for one"), N("write the words out")
        yield from _gaps_in(text, language, knowledge)


def _signs(knowledge: Knowledge) -> Iterator[Finding]:
    right = N("use one of {names}", names=sorted(knowledge.archetypes))
    for number, sign in enumerate(knowledge.signs.values()):
        named = ("archetype", (sign.archetype,) if sign.archetype else ()), ("belongs_to", sign.belongs_to)
        for field, unknown in ((field, {*names} - knowledge.archetypes.keys()) for field, names in named):
            for name in sorted(unknown):
                wrong = N("no archetype is called `{name}`", name=name)
                yield (("signs", ("signs", number, field), (wrong, right)),)
        for field, by_language in (("phrases", sign.phrases), ("figures", sign.figures)):
            yield from _wordless("signs", ("signs", number, field), by_language)
        for language, text in sign.say.items():
            for said in _gaps_in(text, language, knowledge):
                yield (("signs", ("signs", number, "say", language), said),)


def _intents(knowledge: Knowledge) -> Iterator[Finding]:
    for number, intent in enumerate(knowledge.intents.values()):
        for field, by_language in (("phrases", intent.phrases), ("figures", intent.figures)):
            yield from _wordless("intents", ("intents", number, field), by_language)
        for language, text in intent.say.items():
            for said in _gaps_in(text, language, knowledge):
                yield (("intents", ("intents", number, "say", language), said),)
        for tone, language, text in ((tone, *item) for tone, texts in intent.insist.items() for item in texts.items()):
            for said in _gaps_in(text, language, knowledge):
                yield (("intents", ("intents", number, "insist", tone, language), said),)


def _orders(knowledge: Knowledge) -> Iterator[Finding]:
    right = N("use one of {names}", names=[f"<{name}>" for name in SLOTS])
    for number, order in enumerate(knowledge.orders.orders):
        key = ("orders", number, "phrases")
        yield from _wordless("orders", key, {name: _without_slots(lines) for name, lines in order.phrases.items()})
        for language, lines in order.phrases.items():
            for place, part in ((n, part) for n, line in enumerate(lines) for part in _strange_slots(line)):
                wrong = N("`{name}` is no slot, or stands there twice", name=part)
                yield (("orders", (*key, language, place), (wrong, right)),)


def _strange_slots(line: str) -> list[str]:
    parts = [part.removesuffix("?") for part in line.split() if "<" in part]
    return [part for n, part in enumerate(parts) if part[1:-1] not in SLOTS or part in parts[:n] or part[0] != "<"]


def _without_slots(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(SLOT.sub("…", line) for line in lines)


def _wordless(record: str, key: Key, phrases: Mapping[Language, tuple[str, ...]]) -> Iterator[Finding]:
    for language, lines in phrases.items():
        for place, line in enumerate(lines):
            if not _LETTER.search(line):
                said = N("there is no word in `{name}`", name=line), N("write at least one whole word")
                yield ((record, (*key, language, place), said),)


def _wording(name: str, words: PlaceholderWords) -> tuple[Message, Message] | None:
    if not words.blank or set(PLACEHOLDER.findall(words.filled or "")) != {"value"}:
        return N("`{name}` needs `filled` with {{value}} in it, and `blank`", name=name), N("write both")
    if words.month and set(PLACEHOLDER.findall(words.month)) != {"value"}:
        return N("`month` of `{name}` needs {{value}} in it", name=name), N("write it, or leave `month` out")
    if _BRACE.search(words.blank):
        return N("there is a gap in the words for no value"), N("write `blank` without braces")
    return None


def gaps(knowledge: Knowledge) -> list[str]:
    """What the eight built-in playbooks lack in any language, as `mala-paga.es.signals`; empty when complete."""
    missing = [name for name in BUILT_IN if name not in knowledge.archetypes]
    for name in (name for name in BUILT_IN if name in knowledge.archetypes):
        archetype = knowledge.archetypes[name]
        missing += [f"{name}.sources"] if not archetype.sources else []
        missing += [f"{name}.escalate"] if not archetype.escalate else []
        for language in LANGUAGES:
            playbook = archetype.texts.get(language)
            missing += [f"{name}.{language}{gap}" for gap in (_lacking(playbook) if playbook else [""])]
    return [*missing, *_common_gaps(knowledge)]


def _common_gaps(knowledge: Knowledge) -> list[str]:
    lists = ("principles", "combinations", "exit_checklist", "script_rules")
    found = [name for name in lists if not getattr(knowledge.principles, name)]
    records: list[tuple[str, Any]] = [("law", fact) for fact in knowledge.law.values()]
    records += [(name, entry) for name in lists for entry in getattr(knowledge.principles, name)]
    records += [("placeholders", entry) for entry in knowledge.placeholders.values()]
    records += [("signs", sign) for sign in knowledge.signs.values()]
    records += [("intents", intent) for intent in knowledge.intents.values() if intent.texts]
    found += [f"{kind}.{r.id}.{lang}" for kind, r in records for lang in LANGUAGES if lang not in r.texts]
    shown = [sign for sign in knowledge.signs.values() if sign.kind != "language"]
    found += [f"signs.{s.id}.phrases.{lang}" for s in shown for lang in LANGUAGES if not s.phrases.get(lang)]
    fields = [(s, field) for s in shown if s.kind == "pressure" for field in ("do_now", "avoid", "say")]
    return found + [f"signs.{s.id}.{f}.{lang}" for s, f in fields for lang in LANGUAGES if not getattr(s, f).get(lang)]


def _lacking(playbook: Playbook) -> list[str]:
    lists = ("signals", "not_this", "risk", "do_now", "whether", "avoid", "our_part")
    lacking = [f".{name}" for name in lists if not getattr(playbook, name)]
    lacking += [f".prevent.{n}" for n in ("contract", "price", "process") if not getattr(playbook.prevent, n)]
    lacking += [f".goodbye.{name}" for name in ("when", "how") if not getattr(playbook.goodbye, name)]
    return lacking + [f".say.{c}.{t}" for c in CHANNELS for t in TONES if t not in getattr(playbook.say, c)]
