"""When a weekly post is due: the wall clock of a zone, across its daylight-saving changes. Pure functions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

LATEST = timedelta(days=1)
_WEEK, _MINUTE = timedelta(days=7), timedelta(minutes=1)


class Weekly(NamedTuple):
    """A weekday (0 is Monday) and a minute of the day (0 to 1439) on the clocks of an IANA zone."""

    weekday: int
    minute: int
    zone: str

    def after(self, moment: datetime) -> datetime:
        """The first time after a moment; both UTC. Raises `ZoneInfoNotFoundError`."""
        day = self._day(moment)
        return next(at for weeks in (0, 1, 2) if (at := self._on(day + weeks * _WEEK)) > moment)

    def until(self, moment: datetime) -> datetime:
        """The last time at or before a moment; both UTC. Raises `ZoneInfoNotFoundError`."""
        day = self._day(moment)
        return next(at for weeks in (1, 0, -1) if (at := self._on(day + weeks * _WEEK)) <= moment)

    def _day(self, moment: datetime) -> date:
        """This week's day, on the local calendar of the moment."""
        today = moment.astimezone(ZoneInfo(self.zone)).date()
        return today + timedelta(days=self.weekday - today.weekday())

    def _on(self, day: date) -> datetime:
        return instant(datetime.combine(day, time(self.minute // 60, self.minute % 60)), self.zone)


def instant(wall: datetime, zone: str) -> datetime:
    """The moment (UTC) of a local time without zone: the first of a repeated one, the next after one left out."""
    clock = ZoneInfo(zone)
    while (moment := wall.replace(tzinfo=clock).astimezone(UTC)).astimezone(clock).replace(tzinfo=None) != wall:
        wall += _MINUTE
    return moment


def weeks_back(moment: datetime, zone: str, count: int) -> datetime:
    """The moment (UTC) at which local clocks showed the same time `count` weeks earlier."""
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return instant(wall - count * _WEEK, zone)


def period(moment: datetime, zone: str) -> str:
    """The name of a weekly post: its week (ISO 8601) on a zone's calendar, and UTC's where that is another.

    As `2026-W48`; an early Monday in the east is `2026-W49-W48`, as the Sunday after it in the west is `2026-W49`.
    """
    here, utc = (at.isocalendar() for at in (moment.astimezone(ZoneInfo(zone)), moment.astimezone(UTC)))
    return f"{here.year}-W{here.week:02}{f'-W{utc.week:02}' if utc.week != here.week else ''}"
