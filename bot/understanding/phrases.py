"""Finds phrases in texts: words at their borders, Chinese characters wherever they stand.

In a phrase `kill/hurt me` stands for two, `threat*` for all words that begin so, `...` for up to seven words and
`..` for up to three, which is room for a name or for "our new junior"; `<staff>` is anybody on a team.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.understanding.grams import READ_AT_MOST, plain
from bot.understanding.people import STAFF

_GAPS = {"...": 7, "..": 3}
_KEY = 3
SENTENCE_END, _LAUGH = ".", "lol"
# Taiwan writes 著 and 妳 where others write 着 and 你; neither is in the table of Simplified characters.
_SPELLINGS = str.maketrans({"著": "着", "妳": "你", **dict.fromkeys("'’‘`´ʼ")})
_SMILES = re.compile("[😂🤣😆😹]+")
_BREAK = re.compile(r"[.!?;。！？；…\n\r]+")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+\*?")
_TOKEN = re.compile(rf"{_WORD.pattern}|\.")
_LAUGHTER = re.compile(r"a?(?:[jh][aei]){2,}[jh]?a?|lo+l|lmf?ao+|rofl|xd+|hhh+")
Option = tuple[str, ...]
# What may stand at one place, or how many words may stand between two.
Slot = tuple[Option, ...] | int
Slots = tuple[Slot, ...]


def tokens_of(text: str) -> list[str]:
    """Words, single Chinese characters, a full stop where a sentence ends, and `lol` for any laughter."""
    marked = _BREAK.sub(" . ", _SMILES.sub(f" {_LAUGH} ", text[:READ_AT_MOST])).translate(_SPELLINGS)
    return [_LAUGH if _LAUGHTER.fullmatch(token) else token for token in _TOKEN.findall(plain(marked))]


@dataclass(frozen=True, slots=True)
class _Need:
    """What one place asks of a text: any of the single `words`, or all words of one of the `others`."""

    words: frozenset[str]
    others: tuple[frozenset[str], ...]

    @property
    def choice(self) -> float:
        """How many ways there are to meet it: what has few is asked first."""
        return len(self.words) + len(self.others) if all(self.others) else math.inf

    def is_met(self, words: set[str]) -> bool:
        return not self.words.isdisjoint(words) or any(other <= words for other in self.others)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """`slots`: for each place what may stand there, or the width of a gap. `needs`: the words in each, rarest first."""

    owner: str
    slots: Slots
    needs: tuple[_Need, ...]

    def is_possible(self, words: set[str]) -> bool:
        """Whether a text of these words may hold it; cheaper than looking for it at each of them."""
        return all(need.is_met(words) for need in self.needs)


class Phrases:
    """Phrases of several owners that are looked for together; immutable."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_word: defaultdict[str, list[_Phrase]] = defaultdict(list)
        self._by_prefix: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for owner, text in phrases:
            if slots := _slots(text):
                needs = {_needs(slot) for slot in slots if not isinstance(slot, int)}
                self._keep(_Phrase(owner, slots, tuple(sorted(needs, key=lambda need: need.choice))))

    def _keep(self, phrase: _Phrase) -> None:
        first = phrase.slots[0]
        for start in {option[0] for option in first} if not isinstance(first, int) else ():
            is_prefix = start.endswith("*")
            (self._by_prefix[start[:_KEY]] if is_prefix else self._by_word[start]).append(phrase)

    def spans(self, tokens: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """The owners of phrases, and where these begin and end."""
        words = {*tokens}
        possible = {word: found for word in words if (found := [*self._starting(word, words)])}
        for place, token in enumerate(tokens):
            for phrase in possible.get(token, ()):
                if end := _end(tokens, place, phrase.slots):
                    yield phrase.owner, place, end

    def _starting(self, word: str, words: set[str]) -> Iterator[_Phrase]:
        phrases = (*self._by_word.get(word, ()), *self._by_prefix.get(word[:_KEY], ()))
        return (phrase for phrase in phrases if phrase.is_possible(words))

    def without(self, tokens: Sequence[str], owner: str) -> list[str]:
        """The tokens with those of every phrase of an owner blanked."""
        left = list(tokens)
        for name, start, end in self.spans(tokens):
            if name == owner:
                left[start:end] = [""] * (end - start)
        return left


def _slots(phrase: str) -> Slots:
    parts = plain(phrase.translate(_SPELLINGS)).replace("<staff>", STAFF).split()
    slots = [_GAPS.get(part) or _options(part) for part in parts]
    return tuple(itertools.dropwhile(lambda slot: isinstance(slot, int), filter(None, slots)))


# The people of a team stand in many phrases.
@cache
def _options(part: str) -> tuple[Option, ...]:
    words = (_WORD.findall(option) for option in part.split("/"))
    return tuple(tuple(option) for option in words if option)


@cache
def _needs(slot: tuple[Option, ...]) -> _Need:
    kept = [frozenset(word for word in option if not word.endswith("*")) for option in slot]
    single = frozenset(word for words in kept if len(words) == 1 for word in words)
    return _Need(single, tuple(words for words in kept if len(words) != 1))


def _end(tokens: Sequence[str], place: int, slots: Slots) -> int:
    """The end of a phrase that begins at a place; 0 when none does."""
    return _end_from(tokens, place, slots, set())


def _end_from(tokens: Sequence[str], place: int, slots: Slots, barren: set[tuple[int, int]]) -> int:
    """The end from a place on; `barren` are places and numbers of slots left from which there is none."""
    if not slots:
        return place
    if (place, len(slots)) in barren:
        return 0
    for start in _starts(tokens, place, slots[0]):
        if end := _end_from(tokens, start, slots[1:], barren):
            return end
    barren.add((place, len(slots)))
    return 0


def _starts(tokens: Sequence[str], place: int, slot: Slot) -> Iterator[int]:
    """Where what follows a slot may begin."""
    if isinstance(slot, int):
        yield from _reach(tokens, place, slot)
    elif place < len(tokens):
        token = tokens[place]
        # Most options differ in their first word.
        yield from (
            place + len(option)
            for option in slot
            if (token == option[0] or option[0][-1] == "*") and _fits(tokens, place, option)
        )


def _reach(tokens: Sequence[str], place: int, width: int) -> Iterator[int]:
    for start in range(place, min(place + width + 1, len(tokens))):
        yield start
        if tokens[start] == SENTENCE_END:
            return


def _fits(tokens: Sequence[str], place: int, option: Option) -> bool:
    if place + len(option) > len(tokens):
        return False
    return all(_is_like(tokens[place + step], wanted) for step, wanted in enumerate(option))


def _is_like(token: str, wanted: str) -> bool:
    return token == wanted or (wanted[-1] == "*" and token.startswith(wanted[:-1]))
