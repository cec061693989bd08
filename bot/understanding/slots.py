"""A phrase as a row of slots: what may stand at each place of it, and where in a text that stands.

In a phrase `kill/hurt me` stands for two, `threat*` for all words that begin so, `...` for up to seven words and
`..` for up to three, which is room for a name or for "our new junior"; `<staff>` is anybody on a team.
"""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from bot.understanding.grams import plain
from bot.understanding.people import STAFF
from bot.understanding.tokens import SENTENCE_END, SPELLINGS, WORD

Option = tuple[str, ...]


class Choice:
    """What may stand at one place of a phrase; immutable."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        self.options = options
        marks = self.marks()
        self._single = _NOTHING.union(*(one for one in marks if len(one) == 1))
        self._others = tuple(one for one in marks if len(one) != 1)
        # Most options are one word; a list for each would be most of what all phrases take.
        longer = {option[0] for option in options if len(option) > 1}
        words = frozenset(option[0] for option in options if len(option) == 1 and not _is_beginning(option[0])) - longer
        self._words = self._single if words == self._single else words
        self._by_first: dict[str, list[Option]] = {}
        for option in options if len(words) < len(options) else ():
            if option[0] not in words:
                self._by_first.setdefault("*" if _is_beginning(option[0]) else option[0], []).append(option)

    def marks(self) -> list[frozenset[str]]:
        """Of each option what a text with it must have."""
        return [_marks(option) for option in self.options]

    @property
    def words(self) -> frozenset[str]:
        """Its options where all are single whole words; none otherwise."""
        return _NOTHING if self._others else self._single

    @property
    def width(self) -> float:
        """How many ways there are to meet it; what begins like a word has countless."""
        return len(self._single) + len(self._others) if all(self._others) else math.inf

    def is_met(self, marks: frozenset[str]) -> bool:
        """Whether it may stand in a text with these marks."""
        return not self._single.isdisjoint(marks) or any(other <= marks for other in self._others)

    def ends(self, tokens: Sequence[str], place: int) -> Iterator[int]:
        """Where what stands at a place may end."""
        if place >= len(tokens):
            return
        if tokens[place] in self._words:
            yield place + 1
        if self._by_first:
            likely = (*self._by_first.get(tokens[place], ()), *self._by_first.get("*", ()))
            yield from (place + len(option) for option in likely if _fits(tokens, place, option))


class Gap(NamedTuple):
    """Room for a few words of the same sentence."""

    width: int

    def ends(self, tokens: Sequence[str], place: int) -> Iterator[int]:
        """Where what stands at a place may end."""
        for start in range(place, min(place + self.width + 1, len(tokens))):
            yield start
            if tokens[start] == SENTENCE_END:
                return


Slots = tuple[Choice | Gap, ...]
_GAPS = {"...": Gap(7), "..": Gap(3)}
_NOTHING = frozenset[str]()


def slots_of(phrase: str) -> Slots:
    """What a phrase asks for, from its first word on."""
    parts = plain(phrase.translate(SPELLINGS)).replace("<staff>", STAFF).split()
    slots = (_GAPS.get(part) or _choice(part) for part in parts)
    return tuple(itertools.dropwhile(lambda slot: isinstance(slot, Gap), filter(None, slots)))


# The people of a team stand in many phrases.
@cache
def _choice(part: str) -> Choice | None:
    words = (WORD.findall(option) for option in part.split("/"))
    options = tuple(tuple(map(sys.intern, option)) for option in words if option)
    return Choice(options) if options else None


def end_of(slots: Slots, tokens: Sequence[str], place: int) -> int:
    """The end of a phrase that begins at a place; 0 when none does."""
    return _end_from(tokens, place, slots, set())


def _end_from(tokens: Sequence[str], place: int, slots: Slots, barren: set[tuple[int, int]]) -> int:
    """The end from a place on; `barren` are places and numbers of slots left from which there is none."""
    if not slots:
        return place
    if (place, len(slots)) in barren:
        return 0
    for start in slots[0].ends(tokens, place):
        if end := _end_from(tokens, start, slots[1:], barren):
            return end
    barren.add((place, len(slots)))
    return 0


def _marks(option: Option) -> frozenset[str]:
    """Of several words their pairs, which say most; nothing of what only begins so."""
    if len(option) == 1:
        return _NOTHING if _is_beginning(option[0]) else frozenset(option)
    pairs = [f"{one} {other}" for one, other in itertools.pairwise(option) if "*" not in one + other]
    return frozenset(pairs or (word for word in option if not _is_beginning(word)))


def _is_beginning(word: str) -> bool:
    return word.endswith("*")


def _fits(tokens: Sequence[str], place: int, option: Option) -> bool:
    if place + len(option) > len(tokens):
        return False
    return all(_is_like(tokens[place + step], wanted) for step, wanted in enumerate(option))


def _is_like(token: str, wanted: str) -> bool:
    return token == wanted or (_is_beginning(wanted) and token.startswith(wanted[:-1]))
