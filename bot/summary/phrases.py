"""What the summary says of clients and kinds: each phrase is made once, for the message and for its details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.commands import Turn
from bot.features.common import label
from bot.features.ranking import counted
from bot.i18n.messages import NN, Message, N
from bot.storage.weeks import Line
from bot.summary.week import Moves, Trend, Week

Item = TypeVar("Item")
SAID, SAID_OLDEST = 15, 5


@dataclass(frozen=True, slots=True)
class Listed:
    """The first `SAID` of a list in words, and how many it has in all."""

    first: tuple[str, ...]
    count: int


class Phrases:
    """Says things about a week in the turn's language and the week's zone."""

    def __init__(self, turn: Turn, week: Week) -> None:
        self.turn, self.week, self.say, self._zone = turn, week, turn.speech, ZoneInfo(week.zone)

    @cached_property
    def fresh(self) -> Listed:
        """`acme (late-payment pattern)`, of clients with whom nothing got worse."""
        return _listed(self.week.fresh, self._new)

    @cached_property
    def new(self) -> Listed:
        """The same of every client with new flags."""
        return _listed([moves for moves in self.week.moves if moves.new], self._new)

    @cached_property
    def worse(self) -> Listed:
        """`acme (late-payment pattern again, 3 open)`."""
        return _listed(self.week.worse, self._worse)

    @cached_property
    def better(self) -> Listed:
        """`acme (all settled)`, `globex (no new flags, 3 the week before)`."""
        return _listed(self.week.better, self._better)

    @cached_property
    def to_review(self) -> Listed:
        """What somebody should look at again: disputed flags, and those that expire soon."""
        disputed = [self._disputed(moves) for moves in self.week.disputed]
        return _listed([*disputed, *map(self._expiring, self.week.expiring)], str)

    @cached_property
    def oldest(self) -> tuple[str, ...]:
        """`acme (late-payment pattern, since 3 Nov)`."""
        return tuple(map(self._oldest, self.week.oldest[:SAID_OLDEST]))

    @cached_property
    def by_need(self) -> Listed:
        """`acme: late-payment pattern ×2 and price-pressure pattern ×1`."""
        return _listed(self.week.ranked, lambda entry: self.say.pair(entry.client, counted(entry, self.turn)))

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Each kind with its eight numbers, most flags first."""
        made = self.week.made
        return tuple(self.say.pair(self.label(name), " ".join(map(str, made[name]))) for name in self.week.kinds)

    def local(self, moment: datetime) -> datetime:
        """A moment on the clocks of the channel."""
        return moment.astimezone(self._zone)

    def short(self, moment: datetime) -> str:
        """`3 Nov`."""
        return self.say.short_day(self.local(moment))

    def label(self, archetype_id: str) -> str:
        """`late-payment pattern`."""
        return label(self.turn, archetype_id)

    def _counts(self, kinds: dict[str, int]) -> str:
        """`late-payment pattern ×2 and price-pressure pattern`."""
        ids = [*self.turn.knowledge.ranked(kinds), *sorted(set(kinds) - set(self.turn.knowledge.archetypes))]
        return self.say.items([f"{self.label(name)}{_times(kinds[name])}" for name in ids])

    def _new(self, moves: Moves) -> str:
        return self.say.aside(moves.client, self._counts(moves.new))

    def _worse(self, moves: Moves) -> str:
        return self.say.aside(moves.client, self.say(self._trend(moves)))

    def _better(self, moves: Moves) -> str:
        if not moves.resolved:
            return self.say.aside(moves.client, self.say(_pace(moves)))
        left = sum(moves.open.values())
        some = N("{count} resolved, {left} still open", count=moves.resolved, left=left)
        return self.say.aside(moves.client, self.say(some if left else N("all settled")))

    def _expiring(self, line: Line) -> str:
        text = N("{kind}, expires on {day}", kind=self.label(line.archetype), day=self.short(line.ends))
        return self.say.aside(line.client, self.say(text))

    def _disputed(self, moves: Moves) -> str:
        kinds = self.say.items([self.label(name) for name in moves.disputed])
        return self.say.aside(moves.client, self.say(N("{kind}, disputed", kind=kinds)))

    def _oldest(self, line: Line) -> str:
        day = self.local(line.first)
        is_this_year = day.year == self.local(self.turn.now).year
        since = self.say.short_day(day) if is_this_year else self.say.day(day)
        text = N("{kind}, since {day}", kind=self.label(line.archetype), day=since)
        return self.say.aside(line.client, self.say(text))

    def _trend(self, moves: Moves) -> Message:
        match moves.trend:
            case Trend.SEVERAL:
                return N("now {kinds}", kinds=self._counts(moves.open))
            case Trend.AGAIN:
                again = {name: moves.open[name] for name in moves.again}
                kinds = self.say.items([self.label(name) for name in again])
                return N("{kind} again, {count} open", kind=kinds, count=sum(again.values()))
            case _:
                return _pace(moves)


def _listed(items: Sequence[Item], phrase: Callable[[Item], str]) -> Listed:
    return Listed(tuple(map(phrase, items[:SAID])), len(items))


def _pace(moves: Moves) -> Message:
    new = sum(moves.new.values())
    if not new:
        return N("no new flags, {before} the week before", before=moves.before)
    return NN("{count} new flag, {before} the week before", "{count} new flags, {before} the week before",
        new, before=moves.before)  # fmt: skip


def _times(count: int) -> str:
    return f" ×{count}" if count > 1 else ""
