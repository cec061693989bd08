"""What was learnt of all languages at once: a small network over pieces of words, read from a file of `make model`.

Each piece (a word, a part of one, a run of Chinese characters) has a place among all others by what it means, so that
what was learnt of one word holds for its likes. The network looks at every run of a few pieces and keeps the strongest
answer of each of its filters (Kim 2014, https://arxiv.org/abs/1408.5882): in the whole text, where it begins and where
it ends, for what a text ends with often tells whether all is well. That and the mean of all pieces decide.
The pieces and their places come from `multilingual-e5-small` (`data/LICENSE`).
"""

from __future__ import annotations

import io
import json
import operator
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from bot.understanding.grams import DATA
from bot.understanding.lanes import BELOW, bytes_beside, greatest, pairs_beside, sums
from bot.understanding.pieces import Pieces

# Where the strongest answers are looked for: everywhere, at the beginning, at the end.
PLACES = 3


@dataclass(frozen=True)
class Shape:
    """What the first line of a file says; `near` and `whole` are how many numbers a run and the mean give.

    `ends` is how many runs count as beginning and end; the scales are the units of a piece's weights.
    """

    labels: Sequence[str]
    width: int
    near: int
    whole: int
    ends: int
    near_scale: float
    whole_scale: float

    @property
    def found(self) -> int:
        """How many numbers are found in a text."""
        return self.whole + PLACES * self.near

    @property
    def most(self) -> int:
        """How far a weight goes from zero, so that those of a run fit side by side; it is added to each weight."""
        return (BELOW - 1) // (2 * self.width)


@dataclass(frozen=True)
class Weights:
    """`near`: for each place in a run, and `whole`: a row of `near` or `whole` weights for every piece, none
    below zero (`Shape.most`).

    `gates`: how much a piece counts in the mean; `biases` of near, whole and the labels; `out`: a row for each label.
    The first piece stands for what is before and after a text.
    """

    near: Sequence[bytes]
    whole: bytes
    gates: array[float]
    biases: tuple[array[float], array[float], array[float]]
    out: Sequence[Sequence[float]]


class Network:
    """Scores texts of any language; immutable. `digest` is that of its file."""

    def __init__(self, shape: Shape, pieces: Pieces, weights: Weights, digest: int = 0) -> None:
        self._shape, self.pieces, self._weights = shape, pieces, weights
        self.digest = digest

    def scores(self, text: str) -> dict[str, float]:
        """A score (log-odds up to a constant) for each label."""
        rows = self.pieces.rows(text)
        found = [value if value > 0 else 0.0 for value in (*self._whole(rows), *self._near(rows))]
        *_, biases = self._weights.biases
        scores = (
            bias + sum(map(operator.mul, found, out)) for bias, out in zip(biases, self._weights.out, strict=True)
        )
        return dict(zip(self._shape.labels, scores, strict=True))

    def _whole(self, rows: Sequence[int]) -> Iterator[float]:
        shape, (_, biases, _) = self._shape, self._weights.biases
        unit = shape.whole_scale / (sum(map(self._weights.gates.__getitem__, rows)) or 1.0)
        zero = shape.most * len(rows)
        totals = sums(pairs_beside(_joined(self._weights.whole, shape.whole, rows)), shape.whole, len(rows))
        return (bias + unit * (total - zero) for bias, total in zip(biases, totals, strict=True))

    def _near(self, rows: Sequence[int]) -> Iterator[float]:
        shape, (biases, _, _) = self._shape, self._weights.biases
        edge, count = [0] * (shape.width // 2), len(rows) or 1
        padded = [*edge, *(rows or [0]), *edge]
        runs = sum(self._placed(place, padded[place : place + count]) for place in range(shape.width))
        zero = shape.most * shape.width
        for lanes, size in self._places(runs, count):
            tops = greatest(lanes, shape.near, size)
            yield from (bias + shape.near_scale * (top - zero) for bias, top in zip(biases, tops, strict=True))

    def _places(self, runs: int, count: int) -> Iterator[tuple[int, int]]:
        """All runs, the first and the last, and how many each are."""
        ends, width = min(self._shape.ends, count), 8 * self._shape.near
        yield runs, count
        yield runs & ((1 << width * ends) - 1), ends
        yield runs >> width * (count - ends), ends

    def _placed(self, place: int, rows: Iterable[int]) -> int:
        return bytes_beside(_joined(self._weights.near[place], self._shape.near, rows))


def _joined(table: bytes, size: int, rows: Iterable[int]) -> bytes:
    return b"".join([table[row * size : (row + 1) * size] for row in rows])


def written(shape: Shape, pieces: Pieces, weights: Weights) -> bytes:
    """The bytes of a file that holds a network; numbers are those of a little-endian machine."""
    header = json.dumps({**asdict(shape), "pieces": len([*pieces])})
    numbers = (weights.gates, *weights.biases, *(array("f", row) for row in weights.out))
    text = "\n".join([header, *pieces, ""])
    return zlib.compress(text.encode() + b"".join([*weights.near, weights.whole, *map(bytes, numbers)]), level=9)


def read(content: bytes) -> Network:
    """From the bytes of a file; ValueError where some are missing."""
    source = io.BytesIO(zlib.decompress(content))
    said = json.loads(source.readline())
    count = said.pop("pieces")
    names = [source.readline()[:-1].decode() for _ in range(count)]
    shape = Shape(**said)
    labels = len(shape.labels)
    numbers = count * (shape.near * shape.width + shape.whole + 4)
    numbers += 4 * (shape.near + shape.whole + labels + labels * shape.found)
    if len(source.getbuffer()) - source.tell() != numbers:
        raise ValueError("a network's file is cut off, or not one of these")
    near = [source.read(count * shape.near) for _ in range(shape.width)]
    whole = source.read(count * shape.whole)
    gates, *biases = (_floats(source, size) for size in (count, shape.near, shape.whole, labels))
    # Boxed once, not at every question.
    out = [tuple(_floats(source, shape.found)) for _ in range(labels)]
    weights = Weights(near, whole, gates, (biases[0], biases[1], biases[2]), out)
    return Network(shape, Pieces(names), weights, zlib.crc32(content))


def _floats(source: io.BytesIO, count: int) -> array[float]:
    return array("f", source.read(4 * count))


def path_of(folder: Path = DATA) -> Path:
    """Where the network lies."""
    return folder / "pieces.network"


@cache
def network() -> Network:
    """The shipped one; read when first asked for."""
    return read(path_of().read_bytes())
