"""Labelled questions: files to rows, rows read by the reader, with the time that each took."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.failure import CommandFailedError
from bot.knowledge.knowledge import Knowledge
from bot.understanding.language import detect
from bot.understanding.reading import Reader, Reading

AMONG = 3
NONE = "none"
UNKNOWN = "unknown"
_OF_FILE = re.compile(r"\.(es|en|zh)\.jsonl$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its true archetypes (none: off-topic) and its language."""

    text: str
    labels: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled text, what was read in it, and how long that took (ms)."""

    true: Labelled
    reading: Reading
    milliseconds: float

    @property
    def labels(self) -> tuple[str, ...]:
        """The true archetypes."""
        return self.true.labels

    @property
    def ranked(self) -> tuple[str, ...]:
        """Archetypes, best first."""
        return tuple(guess.id for guess in self.reading.ranked)

    @property
    def is_first(self) -> bool:
        """Whether the first archetype is a true one, be the text turned away or not."""
        return bool({*self.labels} & {*self.ranked[:1]})

    @property
    def among(self) -> int:
        """How many of the true archetypes are among the first three."""
        return len({*self.labels} & {*self.ranked[:AMONG]})

    @property
    def is_turned_away(self) -> bool:
        """Whether it was taken for nothing about a difficult client."""
        return self.reading.abstained

    def prediction(self) -> dict[str, object]:
        """The row that `--predictions` writes."""
        labels, ranked = list(self.labels), list(self.ranked)
        return {"text": self.true.text, "labels": labels, "ranked": ranked, "abstained": self.is_turned_away}


def labelled(files: Iterable[Path], knowledge: Knowledge) -> list[Labelled]:
    """Every row of the files; raises `CommandFailedError` that names the file and the line of the first bad one."""
    return [row for path in files for row in _of_file(path, knowledge)]


def read_all(texts: list[Labelled], reader: Reader, knowledge: Knowledge) -> list[Row]:
    """Each text as it is read; what is loaded at the first question of a language is loaded before."""
    for text in {detect(row.text): row.text for row in texts}.values():
        reader.read(text, knowledge)
    return [_timed(row, reader, knowledge) for row in texts]


def _timed(row: Labelled, reader: Reader, knowledge: Knowledge) -> Row:
    start = time.perf_counter()
    reading = reader.read(row.text, knowledge)
    return Row(row, reading, (time.perf_counter() - start) * 1000)


def _of_file(path: Path, knowledge: Knowledge) -> list[Labelled]:
    named = _OF_FILE.search(path.name)
    rows = [
        Labelled(text, labels, named[1] if named else detect(text) or UNKNOWN)
        for text, labels in _parsed(path, knowledge)
    ]
    if not rows:
        msg = f'{path} has no rows: write one a line, as {{"text": "…", "labels": ["mala-paga"]}}'
        raise CommandFailedError(msg)
    return rows


def _parsed(path: Path, knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path} can't be read: give a JSONL file in UTF-8"
        raise CommandFailedError(msg) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(line, f"{path}:{number}", knowledge)


def _row(line: str, where: str, knowledge: Knowledge) -> tuple[str, tuple[str, ...]]:
    try:
        row = json.loads(line)
        text, labels = row["text"], row["labels"]
    except (ValueError, KeyError, TypeError) as error:
        msg = f'{where}: not a row; write {{"text": "…", "labels": ["mala-paga"]}}'
        raise CommandFailedError(msg) from error
    if not isinstance(text, str) or not isinstance(labels, list):
        msg = f"{where}: `text` is a string and `labels` a list of archetype ids"
        raise CommandFailedError(msg)
    if unknown := [label for label in labels if not isinstance(label, str) or label not in knowledge.archetypes]:
        msg = f"{where}: no archetype {json.dumps(unknown[0])}; labels are among {', '.join(knowledge.archetypes)}"
        raise CommandFailedError(msg)
    return text, tuple(dict.fromkeys(labels))
