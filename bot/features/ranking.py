"""Which clients need attention first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.commands import Turn
from bot.features.common import label
from bot.features.pages import Place, moment
from bot.storage.flags import Standing
from bot.storage.weeks import Line

PLACE = 5


class Ranked(NamedTuple):
    """A client with open flags: counts by archetype (most urgent first), oldest and newest (UTC)."""

    client_id: int
    client: str
    counts: dict[str, int]
    first: datetime
    last: datetime

    @property
    def total(self) -> int:
        """All open flags."""
        return sum(self.counts.values())


def ranked_by_need(turn: Turn) -> list[Ranked]:
    """Clients with open flags, those in most need first."""
    return by_need(turn.store.flags.standings(), turn)


def by_need(standings: Iterable[Standing | Line], turn: Turn) -> list[Ranked]:
    """Several kinds first, then many flags, then the more urgent kind, then the older."""
    places, last = turn.knowledge.places, len(turn.knowledge.places)
    by_client: dict[int, list[Standing | Line]] = {}
    for standing in sorted(standings, key=lambda one: places.get(one.archetype, last)):
        by_client.setdefault(standing.client_id, []).append(standing)
    return sorted(map(_ranked, by_client.values()), key=lambda entry: _need(entry, places))


def place_by_need(entry: Ranked, turn: Turn) -> Place:
    """Where a client stands in that order, in `PLACE` numbers that no other client has."""
    *before, first, client_id = _need(entry, turn.knowledge.places)
    return (*before, moment(first), client_id)


def _need(entry: Ranked, places: Mapping[str, int]) -> tuple[int, int, int, datetime, int]:
    urgency = places.get(next(iter(entry.counts)), len(places))
    return -len(entry.counts), -entry.total, urgency, entry.first, entry.client_id


def counted(entry: Ranked, turn: Turn) -> str:
    """The kinds of a client's open flags with how many of each."""
    return turn.speech.items([f"{label(turn, name)} ×{count}" for name, count in entry.counts.items()])


def _ranked(standings: Sequence[Standing | Line]) -> Ranked:
    return Ranked(
        standings[0].client_id,
        standings[0].client,
        {standing.archetype: standing.flags for standing in standings},
        min(standing.first for standing in standings),
        max(standing.last for standing in standings),
    )
