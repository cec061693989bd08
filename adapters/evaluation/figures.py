"""What is counted over rows: hits, calibration, latency, confusions. Shares are percentages with one decimal."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from adapters.evaluation.rows import NONE, Row

BINS = 5
EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class Figures:
    """Of real questions and `off_topic` texts; None: there was nothing to count. `calibration_error`: 0 to 1.

    `first` and `among_three` count any true archetype; `both_among_three` is of the `pairs`, which have two.
    """

    questions: int
    first: float | None
    among_three: float | None
    pairs: int
    both_among_three: float | None
    turned_away: float | None
    off_topic: int
    recognised: float | None
    calibration_error: float | None
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows whose first archetype was given a confidence from `low` to `high`: its mean, and how often it was true."""

    low: float
    high: float
    rows: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """True archetypes (`none`: off-topic) that were read as another; examples are the surest mistakes."""

    true: str
    read: str
    count: int
    examples: tuple[str, ...]


def figures_of(rows: Sequence[Row]) -> Figures:
    """All figures of a group of rows."""
    real, off = [row for row in rows if row.labels], [row for row in rows if not row.labels]
    pairs = [row for row in real if len(row.labels) > 1]
    times = sorted(row.milliseconds for row in rows)
    return Figures(
        questions=len(real),
        first=percent(row.is_first for row in real),
        among_three=percent(row.among > 0 for row in real),
        pairs=len(pairs),
        both_among_three=percent(row.among > 1 for row in pairs),
        turned_away=percent(row.is_turned_away for row in real),
        off_topic=len(off),
        recognised=percent(row.is_turned_away for row in off),
        calibration_error=calibration_error(rows),
        p50_ms=_quantile(times, 0.5),
        p99_ms=_quantile(times, 0.99),
    )


def percent(outcomes: Iterable[bool]) -> float | None:
    """The share that is true, or None of nothing."""
    counted = list(outcomes)
    return round(100 * sum(counted) / len(counted), 1) if counted else None


def reliability(rows: Iterable[Row]) -> list[Bin]:
    """Rows by the confidence of their first archetype, in bins of equal width that hold any."""
    bins: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        bins[min(int(_confidence(row) * BINS), BINS - 1)].append(row)
    return [_bin(place, bins[place]) for place in sorted(bins)]


def calibration_error(rows: Sequence[Row]) -> float | None:
    """The expected calibration error: the mean distance of a bin's confidence from its share of right ones, by rows."""
    gaps = [one.rows * abs(one.confidence - one.right) for one in reliability(rows)]
    return round(sum(gaps) / len(rows), 3) if rows else None


def confusions(rows: Iterable[Row]) -> list[Confusion]:
    """What was read as something else, the most frequent first."""
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for read in _misread(row):
            found[" + ".join(row.labels) or NONE, read].append(row)
    ordered = sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return [Confusion(true, read, len(group), _surest(group)) for (true, read), group in ordered]


def _misread(row: Row) -> Iterator[str]:
    if row.labels and row.is_turned_away:
        yield NONE
    if row.ranked and not row.is_first and (row.labels or not row.is_turned_away):
        yield row.ranked[0]


def _surest(rows: Iterable[Row]) -> tuple[str, ...]:
    ordered = sorted(rows, key=lambda row: -_confidence(row))
    return tuple(row.true.text for row in itertools.islice(ordered, EXAMPLES))


def _bin(place: int, rows: Sequence[Row]) -> Bin:
    confidence = sum(map(_confidence, rows)) / len(rows)
    right = sum(row.is_first for row in rows) / len(rows)
    return Bin(place / BINS, (place + 1) / BINS, len(rows), round(confidence, 4), round(right, 4))


def _confidence(row: Row) -> float:
    return row.reading.ranked[0].confidence if row.reading.ranked else 0.0


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The nearest rank."""
    return round(ordered[max(math.ceil(len(ordered) * share), 1) - 1], 3) if ordered else 0.0
