"""What was learnt of one language: a weight for each feature and label, read from a file that `make model` writes.

A linear support vector machine for each label. A feature counts by its rarity (inverse document frequency), and the
words and the frame of a text are each brought to one length, so that a long text counts no more than a short one. To
that comes what the network of all languages says.
"""

from __future__ import annotations

import json
import lzma
import math
import struct
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from bot.knowledge.schema import Language
from bot.understanding.grams import DATA, grams
from bot.understanding.network import Network, network

_LANE, _ZERO = 4, 128
_ABOVE_ZERO = bytes((byte + _ZERO) % 256 for byte in range(256))
# The lengths of a text's words and frame.
LENGTHS = (1.0, 0.3)


@dataclass(frozen=True)
class Fitted:
    """What the first line of a file says.

    `scale` is the unit of a weight, `trust` that of the network's scores; `doubt` is the share from which `none` wins;
    `files` and `rows` are the digests of what was learnt, `network` that of the network beside which it was.
    """

    labels: Sequence[str]
    biases: Sequence[float]
    scale: float
    trust: float
    doubt: float
    files: Sequence[str]
    rows: Sequence[int]
    network: int = 0


class Model:
    """Scores texts of one language; immutable. `planes`: for each label a weight per feature, -127 to 127."""

    def __init__(
        self, fitted: Fitted, rarities: Mapping[str, float], planes: Sequence[array[int]], network: Network
    ) -> None:
        self.fitted, self._network = fitted, network
        self._row = {feature: row for row, feature in enumerate(rarities)}
        self._squares = array("f", (rarity * rarity for rarity in rarities.values()))
        self._planes = planes
        self._weights = _side_by_side(planes)
        self.rows = frozenset(fitted.rows)

    @staticmethod
    def of(content: bytes, network: Network) -> Model:
        """From the bytes of a file; ValueError beside another network than it was fitted to."""
        header, rest = lzma.decompress(content).split(b"\n", 1)
        read = json.loads(header)
        count = read.pop("features")
        *features, numbers = rest.split(b"\n", count)
        rarities = array("f")
        rarities.frombytes(numbers[: 4 * count])
        planes = [array("b", numbers[start : start + count]) for start in range(4 * count, len(numbers), count)]
        names = (feature.decode() for feature in features)
        if read["network"] != network.digest:
            raise ValueError("the models and the network were not learnt together: make model")
        return Model(Fitted(**read), dict(zip(names, rarities, strict=True)), planes, network)

    def content(self) -> bytes:
        """The bytes of a file that holds this model; numbers are those of a little-endian machine."""
        header = json.dumps({**asdict(self.fitted), "features": len(self._row)}, sort_keys=True)
        rarities = array("f", map(math.sqrt, self._squares))
        text = "\n".join([header, *self._row, ""])
        numbers = rarities.tobytes() + b"".join(plane.tobytes() for plane in self._planes)
        return lzma.compress(text.encode() + numbers, preset=9)

    def scores(self, text: str) -> dict[str, float]:
        """A score (log-odds up to a constant) for each label."""
        own, heard = self.opinions(text)
        return {label: score + self.fitted.trust * heard[label] for label, score in own.items()}

    def opinions(self, text: str) -> tuple[dict[str, float], dict[str, float]]:
        """What the machines and what the network say of each label."""
        sums = self.fitted.biases
        for length, group in zip(LENGTHS, grams(text), strict=True):
            rows = [row for row in map(self._row.get, group) if row is not None]
            unit = self.fitted.scale * length / math.sqrt(sum(map(self._squares.__getitem__, rows)) or 1)
            sums = [before + unit * weight for before, weight in zip(sums, self._sums(rows), strict=True)]
        return dict(zip(self.fitted.labels, sums, strict=True)), self._network.scores(text)

    def _sums(self, rows: Sequence[int]) -> Iterator[int]:
        """For each label the sum of the weights of some features."""
        total = sum(map(self._weights.__getitem__, rows))
        lanes = struct.unpack(f"<{len(self._planes)}I", total.to_bytes(_LANE * len(self._planes), "little"))
        return (lane - _ZERO * len(rows) for lane in lanes)


def _side_by_side(planes: Sequence[array[int]]) -> list[int]:
    """For each feature one whole number with its weights for all labels, so that one addition adds them all.

    Each weight has four bytes of its own and is kept above zero, so that none can reach into the next.
    """
    width = _LANE * len(planes)
    lanes = bytearray(width * len(planes[0]) if planes else 0)
    for place, plane in enumerate(planes):
        lanes[_LANE * place :: width] = plane.tobytes().translate(_ABOVE_ZERO)
    return [int.from_bytes(lanes[start : start + width], "little") for start in range(0, len(lanes), width)]


def shares(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores as probabilities that add up to 1."""
    top = max(scores.values())
    powers = {label: math.exp(score - top) for label, score in scores.items()}
    total = sum(powers.values())
    return {label: power / total for label, power in powers.items()}


def path_of(language: Language, folder: Path = DATA) -> Path:
    """Where a language's model lies."""
    return folder / f"{language}.model"


@cache
def model(language: Language) -> Model:
    """The shipped model of a language; read when first asked for."""
    return Model.of(path_of(language).read_bytes(), network())
