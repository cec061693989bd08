"""What was learnt of one language: a weight for each feature and label, read from a file that `make model` writes.

A linear support vector machine for each label. A feature counts by its rarity (inverse document frequency), and the
words and the frame of a text are each brought to one length, so that a long text counts no more than a short one. To
that comes what the network of all languages says. Features are kept as numbers that are made of them (Weinberger et al.
2009, https://arxiv.org/abs/0902.2206): the words themselves take five times the room.
"""

from __future__ import annotations

import io
import json
import math
import struct
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from bot.knowledge.schema import Language
from bot.understanding.grams import DATA, grams
from bot.understanding.network import Network, network

# Every float of 32 bits from 1 on is a whole number of these: sums of squares are exact.
_LANE, _ZERO, _SQUARE = 4, 128, 2**23
_ABOVE_ZERO = bytes((byte + _ZERO) % 256 for byte in range(256))
# The lengths of a text's words and frame.
LENGTHS = (1.0, 0.3)


@dataclass(frozen=True)
class Fitted:
    """What the first line of a file says.

    For each label `scales` are the units of its weights, `trusts` those of the network's scores; `doubt` is the share
    from which `none` wins; `files` and `rows` are the digests of what was learnt, `network` that of the network beside
    which it was.
    """

    labels: Sequence[str]
    biases: Sequence[float]
    scales: Sequence[float]
    trusts: Sequence[float]
    doubt: float
    files: Sequence[str]
    rows: Sequence[int]
    network: int = 0


class Model:
    """Scores texts of one language; immutable. `rarities` by the digest of a feature, in ascending order; `planes`: for
    each label a weight per feature, -127 to 127.
    """

    def __init__(
        self, fitted: Fitted, rarities: Mapping[int, float], planes: Sequence[array[int]], network: Network
    ) -> None:
        self.fitted, self._network = fitted, network
        self._features, self._rarities = array("I", rarities), array("f", rarities.values())
        self._planes, self._rows = planes, _side_by_side(planes, self._rarities)
        self._digests = array("I", sorted(fitted.rows))

    def has_learnt(self, digest: int) -> bool:
        """Whether an example with this digest is behind the weights."""
        return _place(digest, self._digests) is not None

    def knows(self, text: str) -> bool:
        """Whether any feature of a text was learnt."""
        return any(True for group in grams(text) for _ in self._numbers(digests(group)))

    @staticmethod
    def of(content: bytes, network: Network) -> Model:
        """From the bytes of a file; ValueError beside another network than it was fitted to."""
        source = io.BytesIO(zlib.decompress(content))
        read = json.loads(source.readline())
        if read["network"] != network.digest:
            raise ValueError("the models and the network were not learnt together: make model")
        count = read.pop("features")
        features, rarities = array("I", source.read(4 * count)), array("f", source.read(4 * count))
        planes = [array("b", source.read(count)) for _ in read["labels"]]
        read["rows"] = array("I", read["rows"])  # a tenth of what a list of them takes
        return Model(Fitted(**read), dict(zip(features, rarities, strict=True)), planes, network)

    def content(self) -> bytes:
        """The bytes of a file that holds this model; numbers are those of a little-endian machine."""
        header = json.dumps(
            {**asdict(self.fitted), "rows": [*self.fitted.rows], "features": len(self._features)}, sort_keys=True
        )
        numbers = self._features.tobytes() + self._rarities.tobytes() + b"".join(map(array.tobytes, self._planes))
        return zlib.compress(header.encode() + b"\n" + numbers, level=9)

    def scores(self, text: str) -> dict[str, float]:
        """A score (log-odds up to a constant) for each label."""
        own, heard = self.opinions(text)
        pairs = zip(self.fitted.labels, self.fitted.trusts, strict=True)
        return {label: own[label] + trust * heard[label] for label, trust in pairs}

    def opinions(self, text: str) -> tuple[dict[str, float], dict[str, float]]:
        """What the machines and what the network say of each label."""
        sums, scales = self.fitted.biases, self.fitted.scales
        for length, group in zip(LENGTHS, grams(text), strict=True):
            square, weights = self._sums([*self._numbers(digests(group))])
            unit = length / math.sqrt(square or 1)
            sums = [before + unit * scale * weight for before, scale, weight in zip(sums, scales, weights, strict=True)]
        return dict(zip(self.fitted.labels, sums, strict=True)), self._network.scores(text)

    def _numbers(self, features: Iterable[int]) -> Iterator[int]:
        """What is known of each feature that is."""
        width = _LANE * (len(self._planes) + 1)
        for feature in features:
            if (place := _place(feature, self._features)) is not None:
                yield int.from_bytes(self._rows[width * place : width * (place + 1)], "little")

    def _sums(self, known: Sequence[int]) -> tuple[float, Iterator[int]]:
        """Of some features the sum of their squares, and for each label that of their weights."""
        width, total = _LANE * len(self._planes), sum(known)
        square = total >> 8 * width
        lanes = struct.unpack(f"<{len(self._planes)}I", (total ^ (square << 8 * width)).to_bytes(width, "little"))
        return square / _SQUARE, (lane - _ZERO * len(known) for lane in lanes)


def _place(number: int, among: array[int]) -> int | None:
    """Where a number stands among others in ascending order; None where it does not."""
    place = bisect_left(among, number)
    return place if place < len(among) and among[place] == number else None


def digests(features: Iterable[str]) -> set[int]:
    """The numbers under which features are kept; two may share one."""
    return {zlib.crc32(feature.encode("utf-8", "surrogatepass")) for feature in features}


def _side_by_side(planes: Sequence[array[int]], rarities: Iterable[float]) -> bytes:
    """For each feature one whole number with its weights for all labels, so that one addition adds them all.

    Each weight has four bytes of its own and is kept above zero, so that none can reach into the next. Above them all
    is the square of the feature's rarity, which has all the room that a sum needs.
    """
    width = _LANE * (len(planes) + 1)
    squares = array("I", (round(rarity * rarity * _SQUARE) for rarity in rarities))
    lanes = bytearray(width * len(squares))
    for place, plane in enumerate(planes):
        lanes[_LANE * place :: width] = plane.tobytes().translate(_ABOVE_ZERO)
    for byte in range(_LANE):
        lanes[width - _LANE + byte :: width] = squares.tobytes()[byte::_LANE]
    return bytes(lanes)


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
