"""The example files: their bytes are taken at once, their texts are read when somebody first asks for them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import overload

from pydantic import ValidationError

from bot.errors import UserError
from bot.i18n.messages import N
from bot.knowledge.origin import problem
from bot.knowledge.problems import KnowledgeError, Problem, from_pydantic
from bot.knowledge.schema import Examples
from bot.knowledge.sources import Document, File, document

NONE = "none"
# A complaint about a client that could be any trouble: it is asked about.
ANY = "any"
Batches = tuple[Examples, ...]


class LateExamples(Sequence[Examples]):
    """Batches of examples, read once, when first used. Using bad ones raises `UserError`."""

    def __init__(self, contents: Sequence[tuple[File, bytes]], labels: Iterable[str]) -> None:
        self._contents = contents
        self._labels = {*labels, NONE, ANY}

    def beyond(self, learnt: Collection[str]) -> LateExamples:
        """The batches of the files whose digest is not among these."""
        return LateExamples([one for one in self._contents if digest(one[1]) not in learnt], self._labels)

    @property
    def digests(self) -> list[str]:
        """A digest of each file."""
        return [digest(content) for _, content in self._contents]

    @property
    def problems(self) -> list[Problem]:
        """Every mistake in the files; reads them."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[Batches, list[Problem]]:
        batches: list[Examples] = []
        problems: list[Problem] = []
        for file, content in self._contents:
            try:
                batches.append(_batch(document(file, content), self._labels))
            except KnowledgeError as error:
                problems += error.problems
        return tuple(batches), problems

    @property
    def _good(self) -> Batches:
        if self.problems:
            raise UserError(
                N("The example files have a mistake, so I can't read questions."),
                N("Whoever runs Chao finds it with `chao doctor`."),
            )
        return self._read[0]

    def __iter__(self) -> Iterator[Examples]:
        return iter(self._good)

    def __len__(self) -> int:
        return len(self._good)

    @overload
    def __getitem__(self, place: int) -> Examples: ...
    @overload
    def __getitem__(self, place: slice) -> Batches: ...
    def __getitem__(self, place: int | slice) -> Examples | Batches:
        return self._good[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._good == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(content for _, content in self._contents))


def _batch(source: Document, labels: set[str]) -> Examples:
    try:
        batch = Examples.model_validate(source.content)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise KnowledgeError(
            [problem([source], detail["loc"], from_pydantic(detail, Examples)) for detail in details]
        ) from error
    if unknown := [(key, name) for key in batch.examples for name in labels_of(key) if name not in labels]:
        right = N("use one of {names}", names=sorted(labels))
        found = [(("examples", key), (N("no archetype is called `{name}`", name=name), right)) for key, name in unknown]
        raise KnowledgeError([problem([source], key, said) for key, said in found])
    return batch


def digest(content: bytes) -> str:
    """What tells one content of a file from another."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def labels_of(key: str) -> tuple[str, ...]:
    """The labels of a key of examples, which are joined by `+`."""
    return tuple(label.strip() for label in key.split("+"))
