"""Mistakes that no single key shows: names that clash, gaps that nothing fills, steps without words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.i18n.messages import Message, N
from bot.knowledge.knowledge import Knowledge, names_of, spelling
from bot.knowledge.problems import Problem
from bot.knowledge.schema import CHANNELS, LANGUAGES, TONES, Archetype, Playbook

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
BUILT_IN = ("abusivo", "mala-paga", "sabelotodo", "sin-horario", "anti-contrato", "indeciso", "pichirre", "insaciable")

Key = tuple[str | int, ...]
Finding = tuple[str, Key, tuple[Message, Message]]
Locate = Callable[[str, Key, tuple[Message, Message]], Problem]


def cross_check(knowledge: Knowledge, locate: Locate) -> list[Problem]:
    """Every mistake between keys and files; `locate` finds the line of a key in the files of a record."""
    found = (*_clashes(knowledge), *_steps(knowledge), *_gaps_in_scripts(knowledge), *_references(knowledge))
    return [locate(*finding) for finding in found]


def _clashes(knowledge: Knowledge) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for archetype in knowledge.archetypes.values():
        for name in names_of(archetype):
            owner = owners.setdefault(spelling(name), archetype.id)
            if owner != archetype.id:
                wrong = N("`{name}` already means `{id}`", name=name, id=owner)
                yield f"archetypes/{archetype.id}", _alias_key(archetype, name), (wrong, N("choose another name"))


def _alias_key(archetype: Archetype, name: str) -> Key:
    for language, words in archetype.aliases.items():
        if name in words:
            return ("aliases", language, words.index(name))
    for language, playbook in archetype.texts.items():
        for field in ("nickname", "name"):
            if getattr(playbook, field) == name:
                return ("texts", language, field)
    return ("id",)


def _steps(knowledge: Knowledge) -> Iterator[Finding]:
    for archetype in knowledge.archetypes.values():
        steps = [step.step for step in archetype.escalate]
        for language, playbook in archetype.texts.items():
            written = list(playbook.escalate.steps) if playbook.escalate else []
            if written != steps:
                key: Key = ("texts", language, "escalate", "steps")
                wrong = N("the ladder's steps do not match the archetype's")
                right = N("write exactly these, in this order: {names}", names=steps)
                yield f"archetypes/{archetype.id}", key, (wrong, right)


def _gaps_in_scripts(knowledge: Knowledge) -> Iterator[Finding]:
    known = set(knowledge.placeholders)
    for archetype in knowledge.archetypes.values():
        for language, playbook in archetype.texts.items():
            for key, text in scripts(playbook):
                for name in PLACEHOLDER.findall(text):
                    if name not in known:
                        wrong = N("no placeholder is called `{name}`", name=name)
                        right = N("use one of {names}", names=sorted(known))
                        yield f"archetypes/{archetype.id}", ("texts", language, "say", *key), (wrong, right)


def scripts(playbook: Playbook) -> Iterator[tuple[Key, str]]:
    """Every text of `say` with its key."""
    for tone, email in playbook.say.email.items():
        yield ("email", tone, "subject"), email.subject
        yield ("email", tone, "body"), email.body
    for tone, chat in playbook.say.chat.items():
        yield ("chat", tone), chat


def _references(knowledge: Knowledge) -> Iterator[Finding]:
    known = set(knowledge.archetypes)
    right = N("use one of {names}", names=sorted(known))
    for number, entry in enumerate(knowledge.principles.combinations):
        for place, name in enumerate(entry.archetypes):
            if name not in known:
                key = ("combinations", number, "archetypes", place)
                yield "principles.yaml", key, (N("no archetype is called `{name}`", name=name), right)
    for placeholder in knowledge.placeholders.values():
        for language, words in placeholder.texts.items():
            if placeholder.business_days is None and not (words.blank and "{value}" in (words.filled or "")):
                wrong = N("`{name}` needs `filled` with {{value}} in it, and `blank`", name=placeholder.id)
                yield "placeholders.yaml", ("placeholders", language), (wrong, N("write both"))


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
    return found + [f"{kind}.{r.id}.{lang}" for kind, r in records for lang in LANGUAGES if lang not in r.texts]


def _lacking(playbook: Playbook) -> list[str]:
    lists = ("signals", "not_this", "risk", "do_now", "avoid", "our_part")
    lacking = [f".{name}" for name in lists if not getattr(playbook, name)]
    lacking += [f".prevent.{n}" for n in ("contract", "price", "process") if not getattr(playbook.prevent, n)]
    lacking += [f".goodbye.{name}" for name in ("when", "how") if not getattr(playbook.goodbye, name)]
    return lacking + [f".say.{c}.{t}" for c in CHANNELS for t in TONES if t not in getattr(playbook.say, c)]
