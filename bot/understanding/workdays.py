"""Working days, which are Monday to Friday: holidays differ by place and are not known."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5


def business_day(today: date, days: int) -> date:
    """The date some working days (Monday to Friday) after today."""
    day = today
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day
