"""What goes under the summary: every list in full, within reason, and the picture's figures as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from bot.commands import Turn
from bot.features.ranking import counted
from bot.i18n.messages import NN, N
from bot.reply import Block, Reply, Section
from bot.summary.card import to_review
from bot.summary.phrases import Phrases
from bot.summary.picture import figures
from bot.summary.week import Week

Item = TypeVar("Item")
SHOWN, SHOWN_OLDEST = 15, 5


def details(week: Week, turn: Turn) -> Reply:
    """The lists of a week; without blocks when there is nothing to list."""
    return Reply(turn.speech(N("The week in detail")), tuple(_lists(week, turn)))


def _lists(week: Week, turn: Turn) -> Iterator[Block]:
    phrases, say = Phrases(turn, week), turn.speech
    fresh = [moves for moves in week.moves if moves.new]
    yield from _list(say(N("New flags")), fresh, phrases.new, phrases)
    yield from _list(say(N("Got worse")), week.worse, phrases.worse, phrases)
    yield from _list(say(N("Got better")), week.better, phrases.better, phrases)
    yield from _list(say(N("To review")), to_review(week, phrases), str, phrases)
    yield from _list(say(N("Open longest")), week.oldest[:SHOWN_OLDEST], phrases.oldest, phrases)
    if week.ranked:
        lines = tuple(say.pair(entry.client, counted(entry, turn)) for entry in week.ranked[:SHOWN])
        yield Section(title=say(N("By need")), items=lines, is_ordered=True)
    yield from _more(len(week.ranked), phrases)
    if rows := figures(week, turn):
        yield Section(title=say(N("Flags by week, this one last")), items=tuple(rows))


def _list(title: str, items: Sequence[Item], phrase: Callable[[Item], str], phrases: Phrases) -> Iterator[Block]:
    if items:
        yield Section(title=title, items=tuple(phrase(item) for item in items[:SHOWN]))
    yield from _more(len(items), phrases)


def _more(count: int, phrases: Phrases) -> Iterator[Block]:
    if count > SHOWN:
        yield Section(phrases.say(NN("And {count} more.", "And {count} more.", count - SHOWN)))
