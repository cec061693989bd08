"""What a week did to the team's clients: counts and trends, from the bot's own rows. No words, no reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property, lru_cache

from bot.commands import Turn
from bot.delivery.when import weeks_back
from bot.features.ranking import Ranked, by_need
from bot.storage.weeks import Line, Span

WEEKS = 8
SOON = timedelta(days=7)
STILL_OPEN = ("open", "disputed")


class Trend(Enum):
    """How it got worse: several kinds at once, the same kind again, more than the week before."""

    SEVERAL = 1
    AGAIN = 2
    RISING = 3


@dataclass
class Moves:
    """A client's week, by archetype: flags made in it, open at its end, open from before it; and how flags ended."""

    client_id: int
    client: str
    new: dict[str, int] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=dict)
    older: dict[str, int] = field(default_factory=dict)
    disputed: list[str] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    before: int = 0
    resolved: int = 0
    expired: int = 0

    @cached_property
    def trend(self) -> Trend | None:
        """The strongest way in which it got worse, if it did."""
        if len(self.open) > 1 and self.fresh:
            return Trend.SEVERAL
        if self.again:
            return Trend.AGAIN
        return Trend.RISING if sum(self.new.values()) > max(self.before, 1) else None

    @property
    def fresh(self) -> set[str]:
        """The kinds that are open now and were not before."""
        return self.open.keys() - self.older.keys()

    @property
    def is_calmer(self) -> bool:
        """Whether fewer flags were made than in the week before, and nothing got worse."""
        return self.trend is None and self.before > max(sum(self.new.values()), 1)

    @property
    def again(self) -> list[str]:
        """The kinds that came up once more."""
        return [name for name in self.open if name in self.new and name in self.older]

    def add(self, line: Line) -> None:
        """Take one line of counts in."""
        self.before += line.before
        if line.new:
            self.new[line.archetype] = self.new.get(line.archetype, 0) + line.new
        if line.fate in STILL_OPEN:
            self.open[line.archetype] = self.open.get(line.archetype, 0) + line.flags
            if older := line.flags - line.new:
                self.older[line.archetype] = self.older.get(line.archetype, 0) + older
        self._end(line)

    def _end(self, line: Line) -> None:
        match line.fate:
            case "disputed":
                self.disputed.append(line.archetype)
            case "resolved":
                self.resolved += line.flags
                self.settled.append(line.archetype)
            case "expired":
                self.expired += line.flags


@dataclass(frozen=True)
class Week:
    """All of it. `ranked` are the clients with open flags by need; `made` the flags of the last eight weeks by kind.

    `edges` are the nine moments (UTC) between which those weeks lie; `zone` is where the calendar is read.
    """

    span: Span
    zone: str
    moves: tuple[Moves, ...]
    ranked: tuple[Ranked, ...]
    expiring: tuple[Line, ...]
    oldest: tuple[Line, ...]
    made: dict[str, list[int]]
    edges: tuple[datetime, ...]

    @cached_property
    def worse(self) -> list[Moves]:
        """The clients with whom it got worse, those in most need first."""
        return [moves for moves in self.moves if moves.trend]

    @cached_property
    def fresh(self) -> list[Moves]:
        """The clients with new flags and no trend yet."""
        return [moves for moves in self.moves if moves.new and not moves.trend]

    @cached_property
    def better(self) -> list[Moves]:
        """The clients with whom flags were resolved, or fewer were made than before."""
        return [moves for moves in self.moves if moves.resolved or moves.is_calmer]

    @cached_property
    def disputed(self) -> list[Moves]:
        """The clients whose flags wait for somebody to look again."""
        return [moves for moves in self.moves if moves.disputed]

    @cached_property
    def kinds(self) -> list[str]:
        """What was flagged in the eight weeks, most often first."""
        return sorted(self.made, key=lambda name: (-sum(self.made[name]), name))

    @property
    def is_eventful(self) -> bool:
        """Whether anything happened, or waits."""
        happened = any(moves.new or moves.resolved or moves.expired or moves.disputed for moves in self.moves)
        return happened or bool(self.expiring)


def week(turn: Turn, until: datetime, zone: str, channel: str = "") -> Week:
    """The week before a moment (UTC) on a zone's calendar; `channel`: of the clients flagged from there only."""
    edges = _edges(until, zone)
    span = Span(edges[-1], until, channel)
    lines = turn.store.weeks.lines(span)
    made = turn.store.weeks.made((*edges, until), channel)
    still = _joined(line for line in lines if line.fate in STILL_OPEN)
    ranked = tuple(by_need(still, turn))
    expiring = sorted((line for line in still if line.ends <= until + SOON), key=lambda line: line.ends)
    oldest = sorted((line for line in still if line.first <= span.since), key=lambda line: line.first)
    return Week(span, zone, _moves(lines, ranked), ranked, tuple(expiring), tuple(oldest), made, (*edges, until))


@lru_cache(maxsize=256)
def _edges(until: datetime, zone: str) -> tuple[datetime, ...]:
    """The same for all who are due at the same time in a zone."""
    return tuple(weeks_back(until, zone, count) for count in range(WEEKS, 0, -1))


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Open and disputed flags of one kind as one line."""
    found: dict[tuple[int, str], Line] = {}
    for line in lines:
        key = line.client_id, line.archetype
        found[key] = line.joined(found[key]) if key in found else line
    return list(found.values())


def _moves(lines: Iterable[Line], ranked: Iterable[Ranked]) -> tuple[Moves, ...]:
    """By client: those with open flags by need, then the others by name."""
    found: dict[int, Moves] = {}
    for line in lines:
        found.setdefault(line.client_id, Moves(line.client_id, line.client)).add(line)
    first = [found.pop(entry.client_id) for entry in ranked]
    return (*first, *sorted(found.values(), key=lambda moves: moves.client.casefold()))
