"""Cuts a text into pieces of words, as language models do: what is rare is made of what is known.

Case, full-width forms, and Traditional or Simplified characters make no difference; accents and punctuation do.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from bot.patterns import late_pattern
from bot.understanding.grams import READ_AT_MOST, is_chinese, simplified

# Stands before a piece that begins a word.
START = "\u2581"
# What a text has beyond is not heard; so many weights fit side by side (`pairs_beside`).
PIECES_AT_MOST = 256
_TOKEN = late_pattern(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+|\d+|[^\w\s]")


class Pieces:
    """Cuts words into the longest pieces that are known, from the left."""

    def __init__(self, known: Iterable[str]) -> None:
        self._row = {piece: row for row, piece in enumerate(known)}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for piece in self._row:
            lengths[piece[:1]].add(len(piece))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def rows(self, text: str) -> list[int]:
        """The rows of a text's first pieces; what no piece fits is left out."""
        found: list[int] = []
        for token in _TOKEN.findall(_written_alike(text)):
            word = START + token if token[0].isalnum() and not is_chinese(token) else token
            row = self._row.get(word)
            if row is None:
                found += islice(self._cut(word), PIECES_AT_MOST)
            else:
                found.append(row)
            if len(found) >= PIECES_AT_MOST:
                break
        return found[:PIECES_AT_MOST]

    def _cut(self, word: str) -> Iterator[int]:
        start = 0
        while start < len(word):
            step = 1
            for length in self._lengths.get(word[start], ()):
                row = self._row.get(word[start : start + length])
                if row is not None:
                    yield row
                    step = length
                    break
            start += step


def _written_alike(text: str) -> str:
    # One character can become eighteen.
    return simplified(unicodedata.normalize("NFKC", text[:READ_AT_MOST])[:READ_AT_MOST].lower())
