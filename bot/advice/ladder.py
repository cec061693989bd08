"""Where on the escalation ladder a client stands, by its open flags, the dates and what was said of the delay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import NamedTuple

from bot.knowledge.schema import Archetype, Step, Tone
from bot.records import Flag, Status
from bot.understanding.values import days_late
from bot.understanding.workdays import SATURDAY, business_day

DEBT = "mala-paga"
WARNING = timedelta(days=3)


class Rung(NamedTuple):
    """The step that is due, the one after it with its day (None: when it happens again), and the one before."""

    now: Step
    next: Step | None
    next_on: date | None
    before: Step | None = None


def rung(archetype: Archetype, flags: Sequence[Flag], now: datetime, stated_days: int | None = None) -> Rung | None:
    """The rung for these flags of one archetype: each repetition and each due date moves it up.

    Resolved ones among them are one repetition together: what was settled and is back is not what begins.
    """
    steps = archetype.escalate
    is_back, flags = any(map(_is_settled, flags)), [flag for flag in flags if not _is_settled(flag)]
    if not steps:
        return None
    day = max([stated_days or 0, *(_age(flag, now) for flag in flags)])
    count, to_talk = max(len(flags), 1) + is_back, _days_to_talk(flags, now)
    repeats = count - 1
    place = min(_due(steps, day) + repeats, len(steps) - 1)
    if to_talk:
        place = min(place, _last_before_notice(steps))
    place = _allowed(steps, place, count)
    before = steps[place - 1] if place else None
    if place + 1 == len(steps):
        return Rung(steps[place], None, None, before)
    following = steps[place + 1]
    if following.flags > count:
        return Rung(steps[place], following, None, before)
    wait = max(steps[place + 1 - repeats].after_days - day, 1)
    if following.tone == "final":
        wait = max(wait, to_talk)
    return Rung(steps[place], following, now.date() + timedelta(days=wait), before)


def _is_settled(flag: Flag) -> bool:
    return flag.stored_status == Status.RESOLVED


def _due(steps: Sequence[Step], day: int) -> int:
    """The place of the step that the dates alone call for."""
    return max(sum(step.after_days <= day for step in steps) - 1, 0)


def _allowed(steps: Sequence[Step], place: int, flags: int) -> int:
    """The highest place up to this one that no step on the way forbids for want of flags."""
    barred = (at for at in range(1, place + 1) if steps[at].flags > flags)
    return next(barred, place + 1) - 1


def _last_before_notice(steps: Sequence[Step]) -> int:
    return max((place for place, step in enumerate(steps) if step.tone != "final"), default=0)


def _days_to_talk(flags: Sequence[Flag], now: datetime) -> int:
    """Days left to talk before notice: nobody is given notice on the day that we first hear of it."""
    if len(flags) > 1:
        return 0
    known = now - flags[0].created_at if flags else timedelta()
    return max(ceil((WARNING - known) / timedelta(days=1)), 0)


def announced(due: date, named: date | None) -> date:
    """The working day to say a step comes on: not before the day after the last one that the letter gives them."""
    day = max(due, business_day(named, 1)) if named else due
    return day if day.weekday() < SATURDAY else business_day(day, 1)


def tone_for(step: Rung | None) -> Tone:
    """The tone that goes with a rung; warm when there is no ladder."""
    return step.now.tone if step else "warm"


def days_late_now(flags: Sequence[Flag], now: datetime) -> int | None:
    """The longest delay that a reason states, with the days since; None when none states any."""
    return max((_age(flag, now) for flag in flags if _stated(flag)), default=None)


def _age(flag: Flag, now: datetime) -> int:
    return (now - flag.created_at).days + (_stated(flag) or 0)


def _stated(flag: Flag) -> int | None:
    """The delay that the reason stated on the day of the flag."""
    return days_late(flag.reason, flag.created_at.date(), is_debt=flag.archetype == DEBT)
