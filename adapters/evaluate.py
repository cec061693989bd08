"""`chao evaluate`: how well labelled questions are understood, by language."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.failure import CommandFailedError
from bot.knowledge.knowledge import Knowledge
from bot.understanding.linear import LinearReader
from bot.understanding.reading import Reading

AMONG = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A question, its true archetypes (none: off-topic), what was read, and how long it took (ms)."""

    text: str
    labels: tuple[str, ...]
    reading: Reading
    milliseconds: float

    @property
    def ranked(self) -> list[str]:
        """Archetypes, best first."""
        return [guess.id for guess in self.reading.ranked]

    @property
    def is_right(self) -> bool:
        """Whether the first archetype is a true one."""
        return not self.reading.abstained and self.ranked[0] in self.labels

    def prediction(self) -> dict[str, object]:
        """The row that `--predictions` writes."""
        labels, abstained = list(self.labels), self.reading.abstained
        return {"text": self.text, "labels": labels, "ranked": self.ranked, "abstained": abstained}


def evaluate(files: list[Path], knowledge: Knowledge, predictions: Path | None, *, as_json: bool) -> int:
    """Read every row, print the figures, write the predictions."""
    rows = list(_read_rows(files, knowledge))
    if predictions:
        lines = (json.dumps(row.prediction(), ensure_ascii=False) + "\n" for row in rows)
        predictions.write_text("".join(lines), "utf-8")
    by_language: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_language[row.reading.language or "unknown"].append(row)
    figures = {language: figures_of(group) for language, group in sorted(by_language.items())}
    figures["all"] = figures_of(rows)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n" if as_json else _table(figures))
    return 0


def figures_of(rows: list[Row]) -> dict[str, float]:
    """Counts; shares in percent: right first, true among three, turned away, off-topic recognised; p99 in ms."""
    real, off = [row for row in rows if row.labels], [row for row in rows if not row.labels]
    slow = sorted(row.milliseconds for row in rows)
    return {
        "questions": len(real),
        "first": _percent(row.is_right for row in real),
        "among_three": _percent(bool({*row.labels} & {*row.ranked[:AMONG]}) for row in real),
        "turned_away": _percent(row.reading.abstained for row in real),
        "off_topic": len(off),
        "recognised": _percent(row.reading.abstained for row in off),
        "p99_ms": round(slow[int(len(slow) * 0.99)] if slow else 0.0, 2),
    }


def _percent(hits: Iterable[bool]) -> float:
    outcomes = list(hits)
    return round(100 * sum(outcomes) / len(outcomes), 1) if outcomes else 0.0


def _read_rows(files: list[Path], knowledge: Knowledge) -> Iterator[Row]:
    # All of them first: a row that is wrong is said before anything is learnt.
    given = [row for path in files for row in _parsed(path, knowledge)]
    reader = LinearReader()
    reader.read("", knowledge)
    for text, labels in given:
        start = time.perf_counter()
        reading = reader.read(text, knowledge)
        yield Row(text, labels, reading, (time.perf_counter() - start) * 1000)


def _parsed(path: Path, knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path} can't be read: give a JSONL file in UTF-8"
        raise CommandFailedError(msg) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(line, f"{path}:{number}", knowledge)


def _row(line: str, where: str, knowledge: Knowledge) -> tuple[str, tuple[str, ...]]:
    try:
        row = json.loads(line)
        text, labels = row["text"], tuple(row["labels"])
    except (ValueError, KeyError, TypeError) as error:
        msg = f'{where}: not a row; write {{"text": "…", "labels": ["mala-paga"]}}'
        raise CommandFailedError(msg) from error
    unknown = [label for label in labels if label not in knowledge.archetypes]
    if not isinstance(text, str) or unknown:
        msg = f"{where}: labels must be among {', '.join(knowledge.archetypes)}"
        raise CommandFailedError(msg)
    return text, labels


def _table(figures: dict[str, dict[str, float]]) -> str:
    names = list(next(iter(figures.values())))
    rows = [["language", *names], *([language, *map(str, of.values())] for language, of in figures.items())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) + "\n" for row in rows)
