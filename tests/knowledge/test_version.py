"""The version of the knowledge: the same for the same words, another for any other word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import load
from tests.knowledge.mistakes import MALA_PAGA
from tests.knowledge.team import copy_of_ours, write
from tests.support import our_knowledge

OURS = our_knowledge().current()


def _texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of every text in a record."""
    if isinstance(value, str):
        yield path
    # A record is taken apart and put together without validation, which would refuse a changed id.
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    for key, inner in pairs:
        yield from _texts(inner, (*path, key))


def _changed(value: Any, path: tuple[Any, ...], word: str) -> Any:
    if not path:
        return f"{value}{word}"
    kind = list if isinstance(value, tuple) else type(value)
    copy = kind(value)
    copy[path[0]] = _changed(value[path[0]], path[1:], word)
    return copy


def _with(record: str, path: tuple[Any, ...], word: str) -> Knowledge:
    """Our knowledge with one text of one record changed."""
    if record == "principles":
        dump = _changed(OURS.principles.model_dump(), path, word)
        return replace(OURS, principles=OURS.principles.model_construct(**dump))
    group, _, name = record.partition(":")
    records = dict(getattr(OURS, group))
    records[name] = records[name].model_construct(**_changed(records[name].model_dump(), path, word))
    changes: dict[str, Any] = {group: records}
    return replace(OURS, **changes)


RECORDS = [
    f"{group}:{name}" for group in ("archetypes", "law", "placeholders", "signs") for name in getattr(OURS, group)
]


def _dump(record: str) -> Any:
    group, _, name = record.partition(":")
    return (getattr(OURS, group)[name] if name else OURS.principles).model_dump()


PLACES = [(record, path) for record in ("principles", *RECORDS) for path in _texts(_dump(record))]


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@given(st.sampled_from(PLACES), st.text(min_size=1, max_size=4))
def test_any_word_changes_the_version(place: tuple[str, tuple[Any, ...]], word: str) -> None:
    assert _with(*place, word).version != OURS.version


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@pytest.mark.parametrize("record", ["principles", *RECORDS])
def test_records_taken_apart_and_put_together_are_no_new_version(record: str) -> None:
    path = next(path for name, path in PLACES if name == record)
    assert _with(record, path, "").version == OURS.version


def test_the_places_are_all_of_our_words() -> None:
    assert len(PLACES) > 2_000


def test_the_version_is_eight_characters_and_the_same_for_the_same_files(tmp_path: Path) -> None:
    again = load(None, copy_of_ours(tmp_path / "ours"))
    assert again == OURS
    assert again.version == OURS.version
    assert len(OURS.version) == 8


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (MALA_PAGA, "priority: 7\n"),
        (MALA_PAGA, "aliases: {en: [debtor]}\n"),
        ("law/es.yaml", "verified: true\n"),
        ("placeholders.yaml", "placeholders: [{id: in_2_days, business_days: 3}]\n"),
        ("examples/own.yaml", "language: en\nexamples: {none: [lunch?]}\n"),
    ],
)
def test_a_change_of_any_kind_of_file_is_a_new_version(name: str, text: str, tmp_path: Path, ours: Path) -> None:
    assert load(write(tmp_path, {name: text}), ours).version != load(None, ours).version


def test_words_that_move_to_the_next_entry_are_a_new_version(tmp_path: Path, ours: Path) -> None:
    files = ("avoid: [one two, three]\n", "avoid: [one, two three]\n", "avoid: [one two three]\n")
    name = "archetypes/mala-paga.en.yaml"
    assert len({load(write(tmp_path, {name: text}), ours).version for text in files}) == 3
