"""Pages of what is too long for one message: how much a page holds, and the mark from which the next one goes on.

A mark is the place of the last entry that was shown, not a page's number: whatever was added, withdrawn or forgotten
since, what keeps its place is neither skipped nor shown twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from bot.commands import Turn
from bot.errors import UserError
from bot.i18n.messages import N
from bot.reply import Block, Button, Quote, Reply, Section, block_text

Place = tuple[int, ...]
# Characters a page: with the longest text that is kept, what stands around it and the longest names, it fits into one
# message of every platform.
ROOM = 6_500
# The same for a playbook, of whose signs hardly any are escaped, and for its last or only page. What a platform draws
# by itself takes room too: a quote's label, the parts of a long list, title and mark. A message holds few pieces.
PART, ALL, PIECES = 12_000, 12_960, 23
AROUND, FRAME, LONG = 72, 170, 2_500
# Signs that a platform may have to mark as not meant, which takes a character, and line breaks, after which it indents.
_SIGNS, _INDENT, _SPARED = re.compile(r"[\\*_~`|<>\[\]@#+-]"), 3, 2
# By how much a sign grows that Slack takes as HTML does: `&amp;`.
_ESCAPE = 4
_MARK = re.compile(r"-?[0-9a-f]{1,13}(\.-?[0-9a-f]{1,13})*")
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def cost(text: str) -> int:
    """How much room a text takes, at most."""
    return len(text) + len(_SIGNS.findall(text)) + _INDENT * text.count("\n")


def fitting(lines: Sequence[str], most: int, spent: int = 0) -> int:
    """How many of the lines a page holds beside what it has already: one at least, unless that is half a page."""
    sums = accumulate(map(cost, lines[:most]))
    count = sum(so_far <= ROOM - spent for so_far in sums)
    return count or int(bool(lines) and spent <= ROOM // 2)


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


def paged(card: Reply, start: int, more: Button, extra: Sequence[Block] = ()) -> Reply:
    """A card from one of its pieces on, as much of it as fits, with the button that goes on at the end of its value.

    `extra` stands after the first piece of the first page.
    """
    pieces = [piece for block in card.blocks for piece in _pieces(block)]
    if start >= len(pieces):
        raise gone()
    first = extra if start == 0 else ()
    spent = FRAME + len(card.title) + sum(map(_size, first))
    end = start + _held(pieces[start:], spent, PIECES - len(first))
    rest = (Section(buttons=(more._replace(value=f"{more.value}{end}"),)),) if end < len(pieces) else ()
    return card._replace(blocks=(pieces[start], *first, *pieces[start + 1 : end], *rest))


def _held(pieces: Sequence[Block], spent: int, most: int) -> int:
    """How many pieces a page holds: all that are left, or as many as leave room for the button; one at least."""
    sums = list(accumulate(map(_size, pieces), initial=spent))
    if sums[-1] <= ALL and len(pieces) <= most:
        return len(pieces)
    return max(1, sum(so_far <= PART for so_far in sums[1 : most + 1]))


def _pieces(block: Block) -> Iterator[Block]:
    """A block, or a list that is longer than a page in several."""
    if not isinstance(block, Section) or _size(block) <= PART or len(block.items) < 2:
        yield block
        return
    half = len(block.items) // 2
    yield from _pieces(block._replace(items=block.items[:half], buttons=()))
    yield from _pieces(block._replace(title="", text="", items=block.items[half:], first=block.first + half))


def _size(block: Block) -> int:
    text, items = block_text(block), len(block.items) if isinstance(block, Section) else 0
    # A mark of two characters before an item is in the text as four.
    drawn = 1 + len(text) // LONG + isinstance(block, Quote)
    escaped = _ESCAPE * sum(map(text.count, "&<>"))
    return len(text) + escaped - _SPARED * items + AROUND * drawn
