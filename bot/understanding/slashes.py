"""Dates in figures: `5/12`, `5-12-2026`. Which figure is the day is told by a country or a language, or not at all."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Literal, NamedTuple

from bot.knowledge.schema import Language
from bot.patterns import late_pattern

Order = Literal["day", "month"]
_MONTH_FIRST = frozenset(("US", "CN", "TW", "JP", "KR"))
# There people write both.
_EITHER = frozenset(("CA", "PH"))
_OF_LANGUAGE: dict[Language, Order] = {"es": "day", "zh": "month"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# `24/7` is no day, `1/2 of it` a half, `factura 3/25` a number.
SLASHED = late_pattern(
    r"(?<![\d/.,#€$£-])(?:(?P<iso>20\d\d)[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})|"
    r"(?!24/7)(?P<one>\d{1,2})(?:/(?P<two>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?|"
    r"(?P<mark>[.-])(?P<two_marked>\d{1,2})(?P=mark)(?P<year_marked>20\d\d)))"
    r"(?![\d/%]|[.,-]\d| ?%| (?:of|de la|del) )"
)
_NUMBER_BEFORE = late_pattern(r"(?:\b(?:invoice|inv|bill|factura|fra|no)|发票|账单|单号|#)\W*(?:n\S{0,6} )?$", re.I)
_HAN = late_pattern(r"[\u3400-\u9fff]")
_DUE_AFTER, _NEAR = late_pattern(r" ?(?:到期|应付|该付|之?前)"), 20


class Slashed(NamedTuple):
    """A date as it is `written`, from `start` to `end`; as (month, day) what it may be: both readings in doubt."""

    written: str
    start: int
    end: int
    readings: tuple[tuple[int, int], ...]
    year: str = ""


def order_for(country: str, language: Language) -> Order | None:
    """Which figure stands first where a language is written in a country; None where that can't be known."""
    known = {_OF_LANGUAGE[language]} if language in _OF_LANGUAGE else set[Order]()
    if code := country[:2].upper():
        known |= set() if code in _EITHER else {"month" if code in _MONTH_FIRST else "day"}
    return next(iter(known)) if len(known) == 1 else None


def slashed(text: str, order: Order | None) -> list[Slashed]:
    """The dates in figures of a text, in order."""
    return [one for found in SLASHED.finditer(text) if (one := _date(found, text, order)) and one.readings]


def spelt(text: str, order: Order | None) -> str:
    """The text with a month by its name in each date that is in no doubt."""
    for one in reversed(slashed(text, order)):
        if len(one.readings) == 1:
            month, day = one.readings[0]
            words = f" {day} {_MONTHS[month - 1]} {one.year} "
            if _HAN.search(text):
                words = f"{one.year and one.year + '年'}{month}月{day}日"
            text = f"{text[: one.start]}{words}{text[one.end :]}"
    return text


def _date(found: re.Match[str], text: str, order: Order | None) -> Slashed | None:
    is_number = _NUMBER_BEFORE.search(text[max(found.start() - _NEAR, 0) : found.start()])
    if is_number and not _DUE_AFTER.match(text, found.end()):
        return None
    if found["iso"]:
        readings, year = ((int(found["iso_month"]), int(found["iso_day"])),), found["iso"]
        return Slashed(found[0], found.start(), found.end(), tuple(filter(_is_day, readings)), year)
    one, two = int(found["one"]), int(found["two"] or found["two_marked"])
    both = {"day": (two, one), "month": (one, two)}
    possible = tuple(dict.fromkeys(filter(_is_day, (both[order or "day"], *both.values()))))
    year = (found["year"] or found["year_marked"] or "")[-2:]
    return Slashed(found[0], found.start(), found.end(), possible[:1] if order else possible, year and f"20{year}")


def _is_day(reading: tuple[int, int]) -> bool:
    month, day = reading
    return 1 <= month <= len(_MONTHS) and 1 <= day <= monthrange(2024, month)[1]
