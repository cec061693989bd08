"""Pages of what is too long for one message: how much a page holds, and the mark from which the next one goes on.

A mark is the place of the last entry that was shown, not a page's number: whatever was added, withdrawn or forgotten
since, what keeps its place is neither skipped nor shown twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from bot.commands import Turn
from bot.errors import UserError
from bot.i18n.messages import N
from bot.reply import Button, Section

Place = tuple[int, ...]
# Characters a page: with the longest text that is kept, what stands around it and the longest names, it fits into one
# message of every platform.
ROOM = 6_500
# Signs that a platform may have to mark as not meant, which takes a character, and line breaks, after which it indents.
_SIGNS, _INDENT = re.compile(r"[\\*_~`|<>\[\]@#+-]"), 3
_MARK = re.compile(r"-?[0-9a-f]{1,13}(\.-?[0-9a-f]{1,13})*")
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def cost(text: str) -> int:
    """How much room a text takes, at most."""
    return len(text) + len(_SIGNS.findall(text)) + _INDENT * text.count("\n")


def fitting(lines: Sequence[str], most: int, spent: int = 0) -> int:
    """How many of the lines a page holds beside what it has already; a page of its own holds at least one."""
    sums = accumulate(map(cost, lines[:most]))
    count = sum(so_far <= ROOM - spent for so_far in sums)
    return count or (0 if spent or not lines else 1)


def moment(at: datetime) -> int:
    """A moment (UTC) as a number in a place."""
    return (at - _EPOCH) // _MICROSECOND


def moment_of(number: int) -> datetime:
    """The moment that a number in a place is."""
    return _EPOCH + number * _MICROSECOND


def mark(place: Place) -> str:
    """A place in a button's value: some 35 characters, so that it may stand beside a kind's name."""
    return ".".join(f"{number:x}" for number in place)


def place_of(text: str, length: int) -> Place:
    """The place that a mark names; a `UserError` if it names none."""
    numbers = tuple(int(number, 16) for number in text.split(".")) if _MARK.fullmatch(text) else ()
    if len(numbers) != length:
        raise gone()
    return numbers


def gone() -> UserError:
    """The refusal of a page on which nothing is left."""
    return UserError(N("That page is no longer there: what stood on it is gone."), N("Send the command again."))


def leads_on(text: str, turn: Turn, action: str, value: str) -> Section:
    """What says that there is more, with the button that shows it."""
    return Section(text, buttons=(Button(turn.speech(N("More")), action, value),))
