"""The loaded knowledge: immutable, looked up by id, alias, language."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from bot.knowledge.examples import LateExamples
from bot.knowledge.intents import Intent
from bot.knowledge.orders import Orders
from bot.knowledge.schema import (
    LANGUAGES,
    Archetype,
    Combination,
    Examples,
    Language,
    LawFact,
    Placeholder,
    Placeholders,
    Playbook,
    Principles,
    Sign,
    language_for,
    words_for,
)
from bot.knowledge.told import Told
from bot.names import fold


@dataclass(frozen=True)
class Knowledge:
    """All that the bot may say. `archetypes` stand by priority, `signs` and `intents` in the order of their files.

    `files` is a digest of what it was read from.
    """

    archetypes: Mapping[str, Archetype]
    principles: Principles
    law: Mapping[str, LawFact]
    placeholders: Mapping[str, Placeholder]
    examples: Sequence[Examples]
    signs: Mapping[str, Sign] = field(default_factory=dict)
    intents: Mapping[str, Intent] = field(default_factory=dict)
    orders: Orders = field(default_factory=Orders)
    files: str = field(default="", compare=False)

    @classmethod
    def of(
        cls,
        archetypes: Iterable[Archetype],
        principles: Principles,
        law: Iterable[LawFact],
        placeholders: Placeholders,
        examples: Iterable[Examples],
    ) -> Knowledge:
        """Put validated records in order."""
        by_priority = sorted(archetypes, key=lambda archetype: (archetype.priority, archetype.id))
        return cls(
            {archetype.id: archetype for archetype in by_priority},
            principles,
            {fact.country: fact for fact in law},
            {placeholder.id: placeholder for placeholder in placeholders.placeholders},
            tuple(examples),
        )

    @cached_property
    def version(self) -> str:
        """Eight characters that change whenever any byte of the files, or any word of the knowledge, does."""
        groups = (self.archetypes, self.law, self.placeholders, self.signs, self.intents)
        records = (self.principles, self.orders, *(record for group in groups for record in group.values()))
        own = () if isinstance(self.examples, LateExamples) else self.examples
        content = self.files + "".join(record.model_dump_json() for record in (*records, *own))
        return hashlib.blake2b(content.encode(), digest_size=4).hexdigest()

    @cached_property
    def _playbooks(self) -> dict[tuple[str, Language, tuple[str, ...]], Playbook]:
        return {}

    @cached_property
    def names(self) -> Mapping[Language, Mapping[str, str]]:
        """What people read for each archetype, by language and id."""
        return {
            language: {name: self.playbook(name, language).name for name in self.archetypes} for language in LANGUAGES
        }

    @cached_property
    def places(self) -> Mapping[str, int]:
        """How many archetypes are more urgent, by id."""
        return {archetype_id: place for place, archetype_id in enumerate(self.archetypes)}

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Every name that people type for an archetype, folded, to its id."""
        return {spelling(name): archetype.id for archetype in self.archetypes.values() for name in names_of(archetype)}

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """Of how many words the longest of these names is, by its first word."""
        names = sorted((name.split() for name in self.aliases), key=len)
        return {words[0]: len(words) for words in names if words}

    def words_of_name(self, word: str) -> int:
        """Of how many words the longest name of an archetype is that begins with this one, itself perhaps of several
        (`mala-paga`); 0 where none does. A mere dash may stand before any.
        """
        words = spelling(word).split()
        if not words:
            return 1 + max(self._longest.values())
        return max(0, 1 + self._longest.get(words[0], -1) - len(words))

    def archetype(self, text: str) -> Archetype | None:
        """The archetype that a name means in any of the languages, or None."""
        archetype_id = self.aliases.get(spelling(text))
        return self.archetypes[archetype_id] if archetype_id else None

    def playbook(self, archetype_id: str, language: Language, facts: tuple[str, ...] = ()) -> Playbook:
        """The playbook in this language, as it reads by these facts; a team's archetype may have it in another only."""
        found = self._playbooks.get((archetype_id, language, facts))
        if found is None:
            words, told = words_for(self.archetypes[archetype_id].texts, language), self.told(language, facts)
            found = self._playbooks[archetype_id, language, facts] = told.playbook(words)
        return found

    def told(self, language: Language, facts: Collection[str]) -> Told:
        """What closes the gaps for facts."""
        return Told(self.placeholders.values(), language, facts)

    def spoken(self, archetype_id: str, language: Language) -> Language:
        """The language in which a playbook is read by somebody who reads this one."""
        return language_for(self.archetypes[archetype_id].texts, language)

    def combination(self, archetype_ids: Iterable[str]) -> Combination | None:
        """What changes when two of these archetypes meet: the most urgent pair that has an entry."""
        ranked = self.ranked(archetype_ids)
        known = {frozenset(entry.archetypes): entry for entry in self.principles.combinations}
        return next((known[pair] for pair in map(frozenset, combinations(ranked, 2)) if pair in known), None)

    def ranked(self, archetype_ids: Iterable[str]) -> list[str]:
        """These archetypes, most urgent first; ones that are no longer known are left out."""
        wanted = set(archetype_ids)
        return [archetype_id for archetype_id in self.archetypes if archetype_id in wanted]


def names_of(archetype: Archetype) -> Iterable[str]:
    """The id, the aliases, the nicknames and the display names of an archetype."""
    yield archetype.id
    for words in archetype.aliases.values():
        yield from words
    for playbook in archetype.texts.values():
        yield playbook.nickname
        yield playbook.name


def spelling(name: str) -> str:
    """The form in which archetype names are compared: folded, hyphens and underscores as spaces."""
    return " ".join(fold(name).replace("-", " ").replace("_", " ").split())
