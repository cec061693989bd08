"""Two troubles in one message: a clause that is plainly about the second one brings it up beside the first.

Read as a whole, a message that tells of two things is taken for the louder one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from bot.patterns import late_pattern
from bot.understanding.reading import Guess, Reading

_CUT = late_pattern(r"(?<=[.!?;,\n。！？；，])\s*|\s+(?:and|but|y|pero)\s+")
_HAN = late_pattern(r"[\u3400-\u9fff]")
_PLAIN, _POSSIBLE = 0.9, 0.002
_READ_AT_MOST, _LETTERS, _CHARACTERS = 12, 16, 7


def with_second(text: str, reading: Reading, read: Callable[[str], Reading]) -> Reading:
    """The reading with its runner-up raised to what is treated too, if a clause of the text is plainly about it."""
    first, *others = reading.ranked
    if not reading.is_confident or not others or others[0].confidence < first.confidence * _POSSIBLE:
        return reading
    second = others[0]
    if second.confidence >= first.confidence / 2 or not any(_is_about(clause, second.id, read) for clause in _of(text)):
        return reading
    raised = Guess(second.id, round(first.confidence / 2 + 0.0001, 4))
    return reading._replace(ranked=(first, raised, *others[1:]))


def told_beside(text: str, reading: Reading, read: Callable[[str], Reading]) -> Reading:
    """The reading of the clause that tells of a trouble, where a question hides it: "he wants it free, should I?"."""
    if reading.is_confident:
        return reading
    clauses = [clause for clause in pieces(text) if says_something(clause.strip())][:_READ_AT_MOST]
    told = [told for told in map(read, clauses) if told.is_confident]
    best = max(told, key=lambda one: one.ranked[0].confidence, default=reading)
    return reading._replace(ranked=best.ranked, abstained=best.abstained)


def pieces(text: str) -> Iterator[str]:
    """The text cut into clauses, with nothing lost."""
    cuts = [0, *(cut.end() for cut in _CUT.finditer(text)), len(text)]
    yield from (text[start:end] for start, end in pairwise(cuts))


def _is_about(clause: str, archetype_id: str, read: Callable[[str], Reading]) -> bool:
    reading = read(clause)
    best = reading.ranked[0]
    return not reading.abstained and best.id == archetype_id and best.confidence >= _PLAIN


def _of(text: str) -> Iterator[str]:
    """The clauses that are long enough to say something, the first dozen."""
    clauses = [clause for clause in _CUT.split(text) if clause and says_something(clause.strip())]
    yield from clauses[:_READ_AT_MOST] if len(clauses) > 1 else ()


def says_something(clause: str) -> bool:
    """Whether it is long enough to tell of a trouble."""
    return len(clause) >= (_CHARACTERS if _HAN.search(clause) else _LETTERS)
