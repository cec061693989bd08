"""The texts that a language's reader learns from: examples and the playbooks' own words."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.knowledge.examples import LateExamples, labels_of
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Examples, Language
from bot.understanding.grams import bare
from bot.understanding.model import Model


class Example(NamedTuple):
    """A text and what it stands for (`none`: nothing)."""

    text: str
    labels: tuple[str, ...]

    @property
    def digest(self) -> int:
        """What tells it from other examples; case, accents and punctuation make no difference."""
        return zlib.crc32("\0".join((bare(self.text), *self.labels)).encode())


def all_of(knowledge: Knowledge, language: Language) -> list[Example]:
    """Every example of a language."""
    return [*_written(knowledge.examples, language), *_own_words(knowledge, language)]


def unlearnt(knowledge: Knowledge, language: Language, model: Model) -> list[Example]:
    """The examples that a model has not learnt; files that it has learnt are not read."""
    examples = knowledge.examples
    batches = examples.beyond({*model.fitted.files}) if isinstance(examples, LateExamples) else examples
    found = (*_written(batches, language), *_own_words(knowledge, language))
    return [example for example in found if not model.has_learnt(example.digest)]


def _written(batches: Iterable[Examples], language: Language) -> Iterator[Example]:
    for batch in batches:
        for key, texts in batch.examples.items() if batch.language == language else ():
            yield from (Example(text, labels_of(key)) for text in texts)


def _own_words(knowledge: Knowledge, language: Language) -> Iterator[Example]:
    for archetype in knowledge.archetypes.values():
        if playbook := archetype.texts.get(language):
            names = archetype.aliases.get(language, ())
            for text in (playbook.summary, playbook.nickname, *playbook.signals, *names):
                yield Example(text, (archetype.id,))
