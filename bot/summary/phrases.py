"""Short phrases on clients and kinds, from which the summary and its details are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.commands import Turn
from bot.features.common import label
from bot.i18n.messages import NN, Message, N
from bot.storage.weeks import Line
from bot.summary.week import Moves, Trend, Week

Item = TypeVar("Item")


class Phrases:
    """Says things about a week in the turn's language and the week's zone."""

    def __init__(self, turn: Turn, week: Week) -> None:
        self.turn, self.say, self._zone = turn, turn.speech, ZoneInfo(week.zone)

    def local(self, moment: datetime) -> datetime:
        """A moment on the clocks of the channel."""
        return moment.astimezone(self._zone)

    def short(self, moment: datetime) -> str:
        """`3 Nov`."""
        return self.say.short_day(self.local(moment))

    def counts(self, kinds: dict[str, int]) -> str:
        """`late-payment pattern ×2 and price-pressure pattern`."""
        ids = [*self.turn.knowledge.ranked(kinds), *sorted(set(kinds) - set(self.turn.knowledge.archetypes))]
        return self.say.items([f"{label(self.turn, name)}{_times(kinds[name])}" for name in ids])

    def new(self, moves: Moves) -> str:
        """`acme (late-payment pattern)`."""
        return self.say.aside(moves.client, self.counts(moves.new))

    def worse(self, moves: Moves) -> str:
        """`acme (late-payment pattern again, 3 open)`."""
        return self.say.aside(moves.client, self.say(self._trend(moves)))

    def better(self, moves: Moves) -> str:
        """`acme (all settled)`."""
        left = sum(moves.open.values())
        some = N("{count} resolved, {left} still open", count=moves.resolved, left=left)
        return self.say.aside(moves.client, self.say(some if left else N("all settled")))

    def expiring(self, line: Line) -> str:
        """`acme (late-payment pattern, expires on 3 Nov)`."""
        text = N("{kind}, expires on {day}", kind=label(self.turn, line.archetype), day=self.short(line.ends))
        return self.say.aside(line.client, self.say(text))

    def disputed(self, moves: Moves) -> str:
        """`acme (late-payment pattern, disputed)`."""
        kinds = self.say.items([label(self.turn, name) for name in moves.disputed])
        return self.say.aside(moves.client, self.say(N("{kind}, disputed", kind=kinds)))

    def oldest(self, line: Line) -> str:
        """`acme (late-payment pattern, since 3 Nov)`."""
        day = self.local(line.first)
        is_this_year = day.year == self.local(self.turn.now).year
        since = self.say.short_day(day) if is_this_year else self.say.day(day)
        text = N("{kind}, since {day}", kind=label(self.turn, line.archetype), day=since)
        return self.say.aside(line.client, self.say(text))

    def some(self, items: Sequence[Item], limit: int, phrase: Callable[[Item], str]) -> str:
        """The first few in one line, and how many more there are."""
        shown = [phrase(item) for item in items[:limit]]
        more = len(items) - limit
        return " · ".join([*shown, self.say(NN("{count} more", "{count} more", more))] if more > 0 else shown)

    def _trend(self, moves: Moves) -> Message:
        match moves.trend:
            case Trend.SEVERAL:
                return N("now {kinds}", kinds=self.counts(moves.open))
            case Trend.AGAIN:
                again = {name: moves.open[name] for name in moves.again}
                kinds = self.say.items([label(self.turn, name) for name in again])
                return N("{kind} again, {count} open", kind=kinds, count=sum(again.values()))
            case _:
                new = sum(moves.new.values())
                return NN("{count} new flag, {before} the week before", "{count} new flags, {before} the week before",
                    new, before=moves.before)  # fmt: skip


def _times(count: int) -> str:
    return f" ×{count}" if count > 1 else ""
