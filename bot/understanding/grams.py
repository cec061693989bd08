"""The features of a text: words and their pairs, Chinese characters and their runs of up to three, how it opens and
whether it asks.

Case, accents, full-width forms, figures, and Traditional or Simplified characters make no difference. The table of
characters is OpenCC's `TSCharacters` (Apache License 2.0, https://github.com/BYVoid/OpenCC).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.names import fold
from bot.patterns import late_pattern

READ_AT_MOST = 4_000
DATA = Path(__file__).parent / "data"
_SIMPLIFIED = str.maketrans(*(DATA / "traditional.txt").read_text("utf-8").split())
_FIGURES = late_pattern(r"\d+")
_TOKEN = late_pattern(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+|[?!]")
_MARKS = {"?": "?？", "!": "!！"}
_LONGEST_RUN, _SHORTEST_PART, _LONGEST_PART = 3, 3, 6


def grams(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words (Chinese: characters) with what follows them, and the frame."""
    found = _tokens(text)
    words = [token for token in found if not is_chinese(token)]
    runs = [token for token in found if is_chinese(token)]
    whole = itertools.chain(_words(words), *map(_characters, runs))
    return frozenset(whole), frozenset(_frame(text[:READ_AT_MOST], found))


def parts(text: str) -> frozenset[str]:
    """The parts of its words, by which few examples hold for their other forms too; Chinese has none."""
    words = {token for token in _tokens(text) if not is_chinese(token)}
    # A full stop tells a part from a word.
    slices = (_slices(f" {word} ", range(_SHORTEST_PART, _LONGEST_PART + 1)) for word in words)
    return frozenset("." + part for part in itertools.chain.from_iterable(slices))


def bare(text: str) -> str:
    """The words alone: what two ways of typing the same have in common."""
    return " ".join(word for word in _tokens(text) if word not in "?!")


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_FIGURES.sub("0", plain(text[:READ_AT_MOST])))


def is_chinese(token: str) -> bool:
    """Whether a token is a run of Chinese characters."""
    return "\u3400" <= token[:1] <= "\u9fff"


def plain(text: str) -> str:
    """A text without case, accents and full-width forms, in Simplified characters."""
    return simplified(fold(text))


def simplified(text: str) -> str:
    """The text in Simplified characters, one for one."""
    return text if text.isascii() else text.translate(_SIMPLIFIED)


def _words(words: list[str]) -> Iterator[str]:
    yield from (f" {word} " for word in words)
    yield from (f"{first} {second}" for first, second in itertools.pairwise(words))


def _characters(run: str) -> Iterable[str]:
    return _slices(run, range(1, _LONGEST_RUN + 1))


def _frame(text: str, found: list[str]) -> Iterator[str]:
    # A circumflex tells the frame from the words themselves.
    yield from (f"^{mark}" for mark, either in _MARKS.items() if any(sign in text for sign in either))
    yield from (f"^{count} {' '.join(found[:count])}" for count in (1, 2) if len(found) >= count)


def _slices(text: str, lengths: range) -> list[str]:
    return [text[start : start + length] for length in lengths for start in range(len(text) - length + 1)]
