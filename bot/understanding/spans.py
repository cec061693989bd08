"""Lengths of time and dates in people's words: `six weeks`, `un mes y medio`, `三个半月`, `1 October`.

What they are about (a delay, a term, an age) is not decided here. All texts are folded: no capitals, no accents.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, pairwise
from typing import NamedTuple

from bot.patterns import late_pattern

_COUNT_WORDS = (
    (0.5, "half a|half an|medio|media"),
    (1, "a|an|one|un|una|uno"),
    (2, "a couple of|couple of|un par de|two|dos"),
    (3, "three|tres"),
    (4, "four|cuatro"),
    (5, "five|cinco"),
    (6, "six|seis"),
    (7, "seven|siete"),
    (8, "eight|ocho"),
    (9, "nine|nueve"),
    (10, "ten|diez"),
    (11, "eleven|once"),
    (12, "twelve|doce"),
    (14, "fourteen|catorce"),
    (15, "fifteen|quince"),
    (18, "eighteen|dieciocho"),
    (20, "twenty|veinte"),
    (30, "thirty|treinta"),
    (40, "forty|cuarenta"),
    (50, "fifty|cincuenta"),
    (60, "sixty|sesenta"),
    (70, "seventy|setenta"),
    (80, "eighty|ochenta"),
    (90, "ninety|noventa"),
)
COUNTS = {word: value for value, words in _COUNT_WORDS for word in words.split("|")}
_HAN = {**{digit: value for value, digit in enumerate("一二三四五六七八九", 1)}, "两": 2, "兩": 2}
_UNIT_WORDS = (
    (1, "day|dia|天|日"),
    (7, "week|semana|周|週|星期|礼拜|禮拜"),
    (14, "fortnight"),
    (15, "quincena"),
    (30, "month|mes|月"),
    (90, "季度"),
    (365, "year|ano|年"),
)
_UNITS = {word: days for days, words in _UNIT_WORDS for word in words.split("|")}
_YEAR, _MOST_YEARS = 365, 20
_MONTH_WORDS = (
    "january|jan|enero|ene", "february|feb|febrero", "march|marzo|mar", "april|apr|abril|abr", "may|mayo",
    "june|jun|junio", "july|jul|julio", "august|aug|agosto", "september|sept|sep|septiembre|setiembre",
    "october|oct|octubre", "november|nov|noviembre", "december|dec|diciembre|dic",
)  # fmt: skip
MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split("|")}


def either(words: Mapping[str, float]) -> str:
    """Any of these words, longer ones first."""
    return "|".join(sorted(words, key=len, reverse=True))


_LENGTH = late_pattern(
    rf"(?<![a-z\d.,$€£])(?P<count>\d{{1,4}}(?:[.,]5)?|{either(COUNTS)}|(?=(?:semana|quincena|mes|ano) y medi))"
    r"(?: ?\+| y pico| y tantos|[ -]odd)?[ -]?"
    r"(?P<half>and a half |y medi[oa] )?(?:calendar |natural )?"
    r"(?P<unit>day|week|fortnight|month|year|dia|semana|quincena|mes|ano)(?:s|es)?\b['’]?"
    r"(?P<tail> and a half| y medi[oa])?(?: (?:naturales|corridos))?"
)
_CHINESE_COUNT = r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两兩三四五六七八九]"
CHINESE_FIGURE = _CHINESE_COUNT.replace("两兩", "")
# Without 个 a figure and 月 are a month of the year, but for 两月 and 半月.
_CHINESE_LENGTH = late_pattern(
    rf"(?<![\d.月一二三四五六七八九十两兩百第])(?P<count>\d{{1,4}}(?:\.5)?|半|{_CHINESE_COUNT})[多来余几]? ?"
    r"(?:[个個](?P<half>半)?多?)?(?P<unit>(?:(?<=[个個半多])|(?<=[两兩]))月|天|日|周|週|星期|礼拜|禮拜|季度|年)(?P<tail>半)?"
)
_DATE = late_pattern(
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? ?(?:of |de )?)?\b(?P<month>{either(MONTHS)})\b\.?"
    r"(?: (?:the )?(?P<day_after>\d{1,2})(?:st|nd|rd|th)?(?![\d-]| ?[a-z]))?(?:,? (?:del? |of )?(?P<year>20\d\d)\b)?"
)
_CHINESE_DATE = late_pattern(
    rf"(?:(?P<year>20\d\d)年)?(?<![\d个個一二三四五六七八九十])(?P<month>1?\d|{CHINESE_FIGURE})月份?"
    rf"(?:(?P<day>\d{{1,2}}|{CHINESE_FIGURE})[日号號])?"
)
_ISO_DATE = late_pattern(r"(?<!\d)(?P<year>20\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_JOINTS = (" and ", " y ", " con ", "零", "又")


class Span(NamedTuple):
    """So many days, and where the text says it; `is_date`: the days since a date."""

    days: int
    start: int
    end: int
    is_date: bool = False


def spans(text: str, on: date) -> list[Span]:
    """The lengths of time and the past dates of a folded text that was written on a day, in order."""
    lengths = _joined(text, sorted(_lengths(text), key=lambda span: span.start))
    return sorted(chain(lengths, _dates(text, on)), key=lambda span: span.start)


def _lengths(text: str) -> Iterator[Span]:
    for found in chain(_LENGTH.finditer(text), _CHINESE_LENGTH.finditer(text)):
        number, unit = count(found["count"]), _UNITS[found["unit"]]
        # `2025年` is a year, not a length.
        if unit < _YEAR or number <= _MOST_YEARS:
            halves = bool(found["half"]) + bool(found["tail"])
            yield Span(round((number + halves / 2) * unit), found.start(), found.end())


def count(text: str) -> float:
    """A number that is written in figures or words; one where none is ("mes y medio")."""
    if not text:
        return 1.0
    if text[0].isdecimal():
        return float(text.replace(",", "."))
    if text == "半":
        return 0.5
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _HAN.get(tens, 1) * 10 + _HAN.get(ones, 0)
    return COUNTS.get(text) or _HAN[text]


def _joined(text: str, lengths: list[Span]) -> Iterator[Span]:
    """`a month and ten days` is one length: the larger unit first."""
    joints = {
        one.start: two for one, two in pairwise(lengths) if text[one.end : two.start] in _JOINTS and two.days < one.days
    }
    taken = {span.start for span in joints.values()}
    for span in lengths:
        if span.start not in taken:
            rest = joints.get(span.start)
            yield Span(span.days + rest.days, span.start, rest.end) if rest else span


def _dates(text: str, on: date) -> Iterator[Span]:
    for found in chain(_DATE.finditer(text), _CHINESE_DATE.finditer(text), _ISO_DATE.finditer(text)):
        parts = found.groupdict()
        month = MONTHS.get(parts["month"]) or int(count(parts["month"]))
        day = int(count(parts["day"] or parts.get("day_after") or "0"))
        if since := _last(on, month, day, parts["year"]) if day else _end_of(on, month, parts["year"]):
            yield Span((on - since).days, found.start(), found.end(), is_date=True)


def _end_of(on: date, month: int, year: str | None) -> date | None:
    """The last day of the latest such month that began: who names no day is not to be held to the first."""
    began = _last(on, month, 1, year)
    return began and min(began.replace(day=monthrange(began.year, month)[1]), on)


def _last(on: date, month: int, day: int, year: str | None) -> date | None:
    """The latest such day that is not after this one; None when there is none."""
    for tried in (int(year),) if year else (on.year, on.year - 1):
        try:
            found = date(tried, month, day)
        except ValueError:
            continue
        if found <= on:
            return found
    return None
