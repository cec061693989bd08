"""Finds the file and the line that a value of a merged record comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

from bot.i18n.messages import Message
from bot.knowledge.overlay import inner, lay_over, way
from bot.knowledge.problems import Path_, Problem
from bot.knowledge.sources import Document

Said = tuple[Message, Message]
Claim = tuple[str, Path_, Said]


class Part(NamedTuple):
    """What one file adds to a value, and the key under which that file has it."""

    document: Document
    value: Any
    key: Path_ = ()

    def at(self, step: str | int) -> Part:
        """The part one step further in."""
        return Part(self.document, self.value[step], (*self.key, step))


class Origins:
    """The documents that each record, as `archetypes/mala-paga`, was merged from, lowest first."""

    def __init__(self, documents: Mapping[str, Sequence[Document]]) -> None:
        self._documents = documents

    def layer(self, record: str, key: Path_) -> int:
        """The layer of the file that has the last word on a key."""
        return _origin(self._documents[record], key)[0].document.file.layer

    def problem(self, *claims: Claim) -> Problem:
        """The mistake in the file of the highest layer; of the first claim, if they are of one layer."""
        record, key, said = max(claims, key=lambda claim: self.layer(claim[0], claim[1]))
        return problem(self._documents[record], key, said)


def problem(documents: Sequence[Document], key: Path_, said: Said) -> Problem:
    """A mistake at a key of a merged record, as the key stands in the file that it comes from."""
    part, rest = _origin(documents, key)
    prefix, whole = part.document.file.prefix, (*part.key, *rest)
    local = whole[len(prefix) :] if whole[: len(prefix)] == prefix else whole
    name = ".".join(" ".join(str(step).split()) for step in local)
    return Problem(part.document.file.path, part.document.line(part.key[len(prefix) :]), name, *said)


def _origin(documents: Sequence[Document], key: Path_) -> tuple[Part, Path_]:
    name, parts = "", [Part(document, document.record) for document in documents]
    for depth, step in enumerate(key):
        parts = _standing(parts, name)
        further = _below(parts, step, name)
        if not further:
            return _last(parts, key), key[depth:]
        parts, name = further, inner(name, step) if isinstance(step, str) else ""
    return _last(_standing(parts, name), key), ()


def _last(parts: list[Part], key: Path_) -> Part:
    """The last part whose file is about this key; files of another language are not."""
    about = [p for p in parts if key[: len(p.document.file.prefix)] == p.document.file.prefix]
    return (about or parts)[-1]


def _standing(parts: list[Part], name: str) -> list[Part]:
    """The parts that no later one replaces."""
    kept: list[Part] = []
    for part in parts:
        is_replaced = bool(kept) and way(kept[-1].value, part.value, name) == "replaced"
        kept = [part] if is_replaced else [*kept, part]
    return kept


def _below(parts: list[Part], step: str | int, name: str) -> list[Part]:
    if isinstance(parts[0].value, dict):
        return [part.at(step) for part in parts if step in part.value]
    if not isinstance(parts[0].value, list) or not isinstance(step, int):
        return []
    if len(parts) == 1:
        return [parts[0].at(step)] if step < len(parts[0].value) else []
    merged = reduce(lambda base, top: lay_over(base, top, name), (part.value for part in parts))
    return [part.at(place) for part in parts for place in _places(part.value, merged[step : step + 1])]


def _places(entries: list[Any], wanted: list[Any]) -> list[int]:
    marks = [_mark(entry) for entry in wanted]
    return [place for place, entry in enumerate(entries) if _mark(entry) in marks][:1]


def _mark(entry: Any) -> Any:
    return entry["id"] if isinstance(entry, dict) and "id" in entry else entry
