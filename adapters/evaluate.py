"""`chao evaluate`: how well labelled questions are understood, by language and by archetype."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from adapters.evaluation.report import as_text, grouped
from adapters.evaluation.rows import Row, labelled, read_all
from adapters.failure import CommandFailedError
from bot.knowledge.knowledge import Knowledge
from bot.understanding.linear import LinearReader


def evaluate(files: list[Path], knowledge: Knowledge, predictions: Path | None, *, as_json: bool) -> int:
    """Read every row, print the figures, write the predictions."""
    rows = read_all(labelled(files, knowledge), LinearReader(), knowledge)
    if predictions:
        _write(rows, predictions)
    groups = grouped(rows, list(knowledge.archetypes))
    everything = {group.name: group.as_json() for group in groups}
    sys.stdout.write(json.dumps(everything, indent=2, ensure_ascii=False) + "\n" if as_json else as_text(groups))
    return 0


def _write(rows: Iterable[Row], path: Path) -> None:
    text = "".join(json.dumps(row.prediction(), ensure_ascii=False) + "\n" for row in rows)
    # Half a character, which JSON can hold and UTF-8 can't, is written as JSON writes it. A file that is there is
    # opened once all of that has worked.
    content = text.encode("utf-8", "backslashreplace")
    try:
        path.write_bytes(content)
    except OSError as error:
        msg = f"{path} can't be written: give --predictions a file in a folder that exists"
        raise CommandFailedError(msg) from error
