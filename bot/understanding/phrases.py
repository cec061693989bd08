"""Finds many phrases in a text at once: words at their borders, Chinese characters wherever they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from bot.understanding.slots import Choice, Slots, end_of, slots_of
from bot.understanding.tokens import Tokens, beginning

Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    """`starts`: the keys of what it may begin with.

    `words`: of each choice between single words these, which are soon looked for; `others`: the other choices. The
    narrowest are first.
    """

    owner: str
    slots: Slots
    starts: frozenset[str]
    words: tuple[frozenset[str], ...]
    others: tuple[Choice, ...]

    @staticmethod
    def of(owner: str, slots: Slots) -> _Phrase:
        first, choices = _choices(slots)[0], sorted(_choices(slots), key=lambda choice: choice.width)
        starts = frozenset(_key(option[0]) for option in first.options)
        words = tuple(choice.words for choice in choices if choice.words)
        return _Phrase(owner, slots, starts, words, tuple(choice for choice in choices if not choice.words))

    def is_possible(self, marks: frozenset[str]) -> bool:
        """Whether a text with these marks may hold it; cheaper than looking for it at each word."""
        return not any(map(marks.isdisjoint, self.words)) and all(choice.is_met(marks) for choice in self.others)


class Phrases:
    """Phrases of several owners that are looked for together; immutable."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        kept = [_Phrase.of(owner, slots) for owner, text in phrases if (slots := slots_of(text))]
        keys_of = cache(_keys)
        choices = (choice for phrase in kept for choice in _choices(phrase.slots))
        uses = Counter(chain.from_iterable(keys for choice in choices for keys in keys_of(choice)))
        self._by_key: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for phrase in kept:
            for key in _rarest(map(keys_of, _choices(phrase.slots)), uses):
                self._by_key[key].append(phrase)

    def spans(self, tokens: Tokens) -> Iterator[Span]:
        """The owners of phrases, and where these begin and end."""
        starting = self._starting(tokens)
        for place, token in enumerate(tokens if starting else ()):
            for phrase in starting.get(token, ()):
                if end := end_of(phrase.slots, tokens, place):
                    yield phrase.owner, place, end

    def _starting(self, tokens: Tokens) -> Mapping[str, Sequence[_Phrase]]:
        """For each of these words the phrases that may begin with it."""
        by_key, keys = tokens.by_key, self._by_key.keys() & tokens.keys
        near = dict.fromkeys(phrase for key in keys for phrase in self._by_key[key])
        starting: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for phrase in near:
            if phrase.is_possible(tokens.marks):
                for word in {word for key in phrase.starts & by_key.keys() for word in by_key[key]}:
                    starting[word].append(phrase)
        return starting

    def without(self, tokens: Tokens, owner: str) -> Tokens:
        """The tokens with those of every phrase of an owner blanked."""
        left = list(tokens)
        for name, start, end in self.spans(tokens):
            if name == owner:
                left[start:end] = [""] * (end - start)
        return Tokens(left)


@lru_cache(maxsize=6)
def phrases_of(phrases: tuple[tuple[str, str], ...]) -> Phrases:
    """The same ones for the same phrases: most changes of the knowledge leave those of signs and intents alone."""
    return Phrases(phrases)


def _choices(slots: Slots) -> list[Choice]:
    return [slot for slot in slots if isinstance(slot, Choice)]


def _keys(choice: Choice) -> list[frozenset[str]]:
    """Of each option the keys under which a phrase with it may be kept."""
    each = zip(choice.options, choice.marks(), strict=True)
    return [marks or frozenset(map(_key, option)) for option, marks in each]


def _rarest(choices: Iterable[list[frozenset[str]]], uses: Mapping[str, int]) -> Iterable[str]:
    """Keys of which a text that holds a phrase has at least one: those that the fewest phrases share."""
    each = ({_rarest_of(keys, uses) for keys in choice} for choice in choices)
    return min(each, key=lambda keys: sum(map(uses.__getitem__, keys)))


def _rarest_of(keys: frozenset[str], uses: Mapping[str, int]) -> str:
    return min(keys, key=uses.__getitem__) if len(keys) > 1 else next(iter(keys))


def _key(word: str) -> str:
    """Under what a word of a phrase is found: itself, or how all words begin that it stands for."""
    return beginning(word) if word.endswith("*") else word
