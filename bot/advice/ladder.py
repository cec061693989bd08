"""Where on the escalation ladder a client stands, by its open flags, the dates and what was said of the delay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.advice.values import days_late
from bot.knowledge.schema import Archetype, Step, Tone
from bot.records import Flag

WARNING = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Rung:
    """The step that is due, the one after it, and the day on which that one is due."""

    now: Step
    next: Step | None
    next_on: date | None


def rung(archetype: Archetype, flags: Sequence[Flag], now: datetime, stated_days: int | None = None) -> Rung | None:
    """The rung for these open flags of one archetype: each repetition and each due date moves it up."""
    steps = archetype.escalate
    if not steps:
        return None
    day = max([stated_days or 0, *(_age(flag, now) for flag in flags)])
    by_date = max(sum(step.after_days <= day for step in steps) - 1, 0)
    place = min(by_date + max(len(flags) - 1, 0), len(steps) - 1)
    if not _has_been_told(flags, now):
        place = min(place, max((number for number, step in enumerate(steps) if step.tone != "final"), default=0))
    following = steps[place + 1] if place + 1 < len(steps) else None
    wait = max(following.after_days - day, 1) if following else 0
    return Rung(steps[place], following, now.date() + timedelta(days=wait) if following else None)


def _has_been_told(flags: Sequence[Flag], now: datetime) -> bool:
    """Whether there was a chance to talk: nobody is given notice on the day that we first hear of it."""
    return len(flags) > 1 or any(now - flag.created_at >= WARNING for flag in flags)


def tone_for(step: Rung | None) -> Tone:
    """The tone that goes with a rung; warm when there is no ladder."""
    return step.now.tone if step else "warm"


def _age(flag: Flag, now: datetime) -> int:
    return (now - flag.created_at).days + (days_late(flag.reason) or 0)
