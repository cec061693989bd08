"""Finds phrases in texts: words at their borders, Chinese characters wherever they stand.

In a phrase `kill/hurt me` stands for two, `threat*` for all words that begin so, and `...` for up to seven words.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.understanding.grams import READ_AT_MOST, simplified

_GAP = 7
_KEY = 3
_END, _LAUGH = ".", "lol"
# Taiwan writes 著 and 妳 where others write 着 and 你; neither is in the table of Simplified characters.
_SPELLINGS = str.maketrans({"著": "着", "妳": "你", **dict.fromkeys("'’‘`´ʼ")})
_SMILES = re.compile("[😂🤣😆😹]+")
_BREAK = re.compile(r"[.!?;。！？；…\n\r]+")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+\*?")
_TOKEN = re.compile(rf"{_WORD.pattern}|\.")
_LAUGHTER = re.compile(r"a?(?:[jh][aei]){2,}[jh]?a?|lo+l|lmf?ao+|rofl|xd+|hhh+")
Option = tuple[str, ...]
Slots = tuple[tuple[Option, ...], ...]


def tokens_of(text: str) -> list[str]:
    """Words, single Chinese characters, a full stop where a sentence ends, and `lol` for any laughter."""
    marked = _BREAK.sub(" . ", _SMILES.sub(f" {_LAUGH} ", text[:READ_AT_MOST])).translate(_SPELLINGS)
    return [_LAUGH if _LAUGHTER.fullmatch(token) else token for token in _TOKEN.findall(simplified(marked))]


class Phrases:
    """Phrases that are looked for together; immutable."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_start: defaultdict[str, list[Slots]] = defaultdict(list)
        for slots in filter(None, map(_slots, phrases)):
            for start in {option[0][:_KEY].rstrip("*") for option in slots[0]}:
                self._by_start[start].append(slots)

    def spans(self, tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where phrases begin and end."""
        for place, token in enumerate(tokens):
            for slots in self._by_start.get(token[:_KEY], ()):
                if end := _end(tokens, place, slots):
                    yield place, end

    def without(self, tokens: Sequence[str]) -> list[str]:
        """The tokens with those of every phrase blanked."""
        left = list(tokens)
        for start, end in self.spans(tokens):
            left[start:end] = [""] * (end - start)
        return left


def _slots(phrase: str) -> Slots:
    """For each place in a phrase what may stand there; nothing is a gap."""
    parts = phrase.replace("…", "...").split()
    slots = [_options(part) for part in parts if part == "..." or _options(part)]
    return tuple(itertools.dropwhile(lambda slot: not slot, slots))


def _options(part: str) -> tuple[Option, ...]:
    words = (_WORD.findall(simplified(option.translate(_SPELLINGS))) for option in part.split("/"))
    return tuple(tuple(option) for option in words if option)


def _end(tokens: Sequence[str], place: int, slots: Slots) -> int:
    """The end of a phrase that begins at a place; 0 when none does."""
    if not slots:
        return place
    if not slots[0]:
        return next((end for start in _reach(tokens, place) if (end := _end(tokens, start, slots[1:]))), 0)
    fitting = (option for option in slots[0] if _fits(tokens[place : place + len(option)], option))
    return next((end for option in fitting if (end := _end(tokens, place + len(option), slots[1:]))), 0)


def _reach(tokens: Sequence[str], place: int) -> Iterator[int]:
    for start in range(place, min(place + _GAP, len(tokens) - 1) + 1):
        yield start
        if tokens[start] == _END:
            return


def _fits(tokens: Sequence[str], option: Option) -> bool:
    return len(tokens) == len(option) and all(map(_is_like, tokens, option))


def _is_like(token: str, wanted: str) -> bool:
    return token.startswith(wanted[:-1]) if wanted.endswith("*") else token == wanted
