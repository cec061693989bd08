"""Two troubles in one message: a clause that is plainly about the second one brings it up beside the first.

Read as a whole, a message that tells of two things is taken for the louder one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from bot.patterns import late_pattern
from bot.understanding.reading import Guess, Reading

_CUT = late_pattern(r"(?<=[.!?;,\n。！？；，])\s*|\s+(?:and|but|y|pero)\s+", re.IGNORECASE)
# What joins two short halves, in Chinese before the second: "又砍价又拖款".
_JOINT = late_pattern(
    r",?\s+(?:(?:and|but|plus|y|e|pero|ni)(?:\s+(?:also|then|even|still|además|encima|también))?"
    r"|as well as|also|además|encima|también)\s+|(?<=.)[，,]?(?=又[^\s]*又|[又还也][不拖欠赖骂砍]|而且|并且|同时|加上)"
    r"|(?<=[^\s]{2})(?=又)",
    re.IGNORECASE,
)
# A client who doesn't answer either is no second trouble.
_SILENCE = late_pattern(
    r"\b(?:answer|reply|replies|respond|pick up|contesta|responde|atiende|aparece)|"
    r"回消息|回复|接电话|理人|回信|失联",
    re.IGNORECASE,
)
_HAN = late_pattern(r"[\u3400-\u9fff]")
_PLAIN, _POSSIBLE = 0.9, 0.002
_TWO, _READ_AT_MOST, _LETTERS, _CHARACTERS = 2, 12, 16, 7
# Few short halves are read whatever the whole says; "pays late" lacks whoever does it.
_SHORT, _SHORT_HAN, _HALF, _WHO = 70, 24, 3, {"en": "he ", "es": "el cliente ", "zh": "客户"}


def with_second(text: str, reading: Reading, read: Callable[[str], Reading], *, is_of_one: bool = True) -> Reading:
    """The reading with its runner-up raised to what is treated too, if a clause of the text is plainly about it.

    `is_of_one`: it names one client at most, so that "and" joins troubles and not clients.
    """
    first, *others = reading.ranked
    if not reading.is_confident or not others or others[0].confidence >= first.confidence / 2:
        return reading
    second = (_of_halves(text, reading, read) if is_of_one else "") or _of_clauses(text, reading, read)
    return with_another(reading, second) if second else reading


def with_another(reading: Reading, second: str) -> Reading:
    """The reading with this archetype raised to what is treated too."""
    first, *others = reading.ranked
    raised = Guess(second, round(first.confidence / 2 + 0.0001, 4))
    return reading._replace(ranked=(first, raised, *(other for other in others if other.id != second)))


def _of_clauses(text: str, reading: Reading, read: Callable[[str], Reading]) -> str:
    """The runner-up, if it is possible and a clause of the text is plainly about it."""
    first, second, *_ = reading.ranked
    is_possible = second.confidence >= first.confidence * _POSSIBLE
    return second.id if is_possible and any(_plainly(read(clause)) == second.id for clause in _of(text)) else ""


def _of_halves(text: str, reading: Reading, read: Callable[[str], Reading]) -> str:
    """What one half of a short text is plainly about, where another is as plainly about what the whole is."""
    most = _SHORT_HAN if _HAN.search(text) else _SHORT
    halves = [half for half in map(str.strip, _JOINT.split(text)) if half] if len(text) <= most else []
    if len(halves) != _TWO or any(len(half) < _HALF or _SILENCE.search(half) for half in halves):
        return ""
    who, known = _WHO.get(reading.language or "", ""), {guess.id for guess in reading.ranked}
    kinds = [_plainly(read(half)) or (who and _plainly(read(who + half))) for half in halves]
    others = (kind for kind in kinds if kind in known and kind != reading.ranked[0].id)
    return next(others, "") if reading.ranked[0].id in kinds else ""


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


def _plainly(reading: Reading) -> str:
    """What words are plainly about; empty without that."""
    best = reading.ranked[0]
    return best.id if not reading.abstained and best.confidence >= _PLAIN else ""


def _of(text: str) -> Iterator[str]:
    """The clauses that are long enough to say something, the first dozen."""
    clauses = [clause for clause in _CUT.split(text) if clause and says_something(clause.strip())]
    yield from clauses[:_READ_AT_MOST] if len(clauses) > 1 else ()


def says_something(clause: str) -> bool:
    """Whether it is long enough to tell of a trouble."""
    return len(clause) >= (_CHARACTERS if _HAN.search(clause) else _LETTERS)
