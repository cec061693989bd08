"""The figures as an object for JSON, and as text for a terminal of 80 columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from adapters.evaluation.figures import Bin, Confusion, Figures, confusions, figures_of, reliability
from adapters.evaluation.rows import Row

WIDTH = 80
MOST = 12
_LANGUAGE_COLUMNS = (
    ("questions", "real"), ("first", "first"), ("among_three", "three"), ("both_among_three", "both"),
    ("turned_away", "away"), ("off_topic", "off"), ("recognised", "known"), ("calibration_error", "calib."),
    ("p50_ms", "p50 ms"), ("p99_ms", "p99 ms"),
)  # fmt: skip
_ARCHETYPE_COLUMNS = _LANGUAGE_COLUMNS[:5] + _LANGUAGE_COLUMNS[7:]
_MEANING = """first: the first archetype is a true one; three: a true one is among the first
three; both: of questions with two, both are; away: real questions turned away;
off: off-topic texts; known: of those, recognised; all in percent. calib.:
expected calibration error, 0 to 1. Times leave out loading.
"""
Table = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one language, or all of them."""

    name: str
    rows: Sequence[Row]
    archetypes: Sequence[str]

    @property
    def figures(self) -> Figures:
        """Of all its rows."""
        return figures_of(self.rows)

    @property
    def by_archetype(self) -> dict[str, Figures]:
        """Of the rows of which an archetype is true."""
        groups = {name: [row for row in self.rows if name in row.labels] for name in self.archetypes}
        return {name: figures_of(rows) for name, rows in groups.items() if rows}

    def as_json(self) -> dict[str, object]:
        """Everything there is to say of it."""
        return {
            **asdict(self.figures),
            "archetypes": {name: asdict(figures) for name, figures in self.by_archetype.items()},
            "reliability": [asdict(one) for one in reliability(self.rows)],
            "confusions": [asdict(one) for one in confusions(self.rows)],
        }


def grouped(rows: Sequence[Row], archetypes: Sequence[str]) -> list[Group]:
    """A group for each language, and the last one of all rows."""
    languages = sorted({row.true.language for row in rows})
    own = [Group(name, [row for row in rows if row.true.language == name], archetypes) for name in languages]
    return [*own, Group("all", rows, archetypes)]


def as_text(groups: Sequence[Group]) -> str:
    """The report that a person reads."""
    parts = ["\n".join(_figures(_LANGUAGE_COLUMNS, {group.name: group.figures for group in groups})), _MEANING]
    for group in groups[:-1] if len(groups) > 2 else groups[:1]:
        parts.append("\n".join(_heading(f"{group.name}: by archetype", _of_archetypes(group))))
        parts.append("\n".join(_heading(f"{group.name}: how sure and how right", _reliability(group))))
        parts.append("\n".join(_heading(f"{group.name}: true -> read", _confusions(confusions(group.rows)))))
    return "\n".join(f"{part}\n" if not part.endswith("\n") else part for part in parts)


def shortened(text: str, width: int) -> str:
    """A text on one line of at most this many columns; Chinese takes two a character."""
    line = " ".join(text.split())
    return line if columns(line) <= width else _cut(line, width - 1) + "…"


def columns(text: str) -> int:
    """How wide a text is on a terminal."""
    return sum(map(_wide, text))


def _heading(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield title
    yield from lines


def _of_archetypes(group: Group) -> Iterator[str]:
    return _figures(_ARCHETYPE_COLUMNS, group.by_archetype)


def _figures(columns: Sequence[tuple[str, str]], of: Mapping[str, Figures]) -> Iterator[str]:
    rows = [[shortened(name, 20), *(_cell(asdict(figures)[key]) for key, _ in columns)] for name, figures in of.items()]
    return _aligned([["", *(title for _, title in columns)], *rows])


def _reliability(group: Group) -> Iterator[str]:
    rows = [
        [_range(one), str(one.rows), f"{one.confidence:.2f}", f"{one.right:.2f}"] for one in reliability(group.rows)
    ]
    return _aligned([["confidence", "rows", "mean", "right"], *rows])


def _range(one: Bin) -> str:
    return f"{one.low:.1f} to {one.high:.1f}"


def _confusions(found: Sequence[Confusion]) -> Iterator[str]:
    for one in found[:MOST]:
        yield f"  {one.count:3}  {one.true} -> {one.read}"
        yield from (f"         {shortened(text, WIDTH - 9)}" for text in one.examples)
    if rest := found[MOST:]:
        yield f"  {sum(one.count for one in rest):3}  in {len(rest)} other ways (all are in --json)"


def _cell(value: float | None) -> str:
    return "-" if value is None else str(value)


def _aligned(rows: Table) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for first, *cells in rows:
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join(["  " + first.ljust(widths[0]), *numbers])


def _wide(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(text: str, width: int) -> str:
    used, kept = 0, []
    for character in text:
        used += _wide(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept)
