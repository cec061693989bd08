"""What goes under the summary: every list in full, within reason, and the picture's figures as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.commands import Turn
from bot.features.ranking import counted
from bot.i18n.messages import NN, N
from bot.reply import Block, Reply, Section
from bot.summary.card import to_review
from bot.summary.phrases import Phrases
from bot.summary.picture import figures
from bot.summary.week import Week

SHOWN, SHOWN_OLDEST = 15, 5


def details(week: Week, turn: Turn) -> Reply:
    """The lists of a week; without blocks when there is nothing to list."""
    return Reply(turn.speech(N("The week in detail")), tuple(_lists(week, turn)))


def _lists(week: Week, turn: Turn) -> Iterator[Block]:
    phrases, say = Phrases(turn, week), turn.speech
    fresh = [moves for moves in week.moves if moves.new]
    yield from _list(say(N("New flags")), [phrases.new(moves) for moves in fresh], phrases)
    yield from _list(say(N("Got worse")), [phrases.worse(moves) for moves in week.worse], phrases)
    yield from _list(say(N("Got better")), [phrases.better(moves) for moves in week.better], phrases)
    yield from _list(say(N("To review")), to_review(week, phrases), phrases)
    yield from _list(say(N("Open longest")), [phrases.oldest(line) for line in week.oldest[:SHOWN_OLDEST]], phrases)
    ranked = [say.pair(entry.client, counted(entry, turn)) for entry in week.ranked]
    yield from _list(say(N("By need")), ranked, phrases, is_ordered=True)
    rows = figures(week, turn)
    if rows:
        yield Section(title=say(N("Flags by week, this one last")), items=tuple(rows))


def _list(title: str, lines: Sequence[str], phrases: Phrases, *, is_ordered: bool = False) -> Iterator[Block]:
    more = len(lines) - SHOWN
    if lines:
        yield Section(title=title, items=tuple(lines[:SHOWN]), is_ordered=is_ordered)
    if more > 0:
        yield Section(phrases.say(NN("And {count} more.", "And {count} more.", more)))
