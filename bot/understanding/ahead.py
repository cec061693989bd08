"""The day that somebody names for what is to come: `on Friday`, `mañana`, `el 15`, `周五`, `月底`.

What is past is `spans`'. All texts are folded: no capitals, no accents.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bot.patterns import late_pattern
from bot.understanding.spans import CHINESE_FIGURE, COUNTS, MONTHS, count, either, spans
from bot.understanding.workdays import business_day

FRIDAY, WEEK, DECEMBER = 4, 7, 12
_DAY_WORDS = (
    "monday|mon|lunes", "tuesday|tues|tue|martes", "wednesday|wed|miercoles", "thursday|thurs|thu|jueves",
    "friday|fri|viernes", "saturday|sat|sabado", "sunday|sun|domingo",
)  # fmt: skip
DAYS = {word: number for number, words in enumerate(_DAY_WORDS) for word in words.split("|")}
_HAN_DAYS = {**{day: number for number, day in enumerate("一二三四五六日")}, "天": 6}
_WEEKDAY = late_pattern(rf"\b(?P<day>{either(DAYS)})\b")
_NEXT_WEEK = r"next week|semana que viene|proxima semana|otra semana"
_OF_NEXT_WEEK = late_pattern(rf" (?:of |de )?(?:la |the )?(?:{_NEXT_WEEK})\b")
_NEXT_DAY = late_pattern(rf"\bnext (?P<day>{either(DAYS)})\b")
_HAN_WEEKDAY = late_pattern(r"(?P<next>下*)(?:个|個)?(?:周|週|星期|礼拜|禮拜)(?P<day>[一二三四五六日天])")
_SOON = (
    (2, r"\bday after tomorrow\b|\bpasado manana\b|后天|後天"),
    (1, r"\btomorrow\b|(?<!la )(?<!esta )(?<!por la )\bmanana\b|明天|明日"),
)
# Said of when they spoke as often as of when they will pay: the last that counts.
_TODAY = late_pattern(r"\btoday\b|\btonight\b|\bhoy\b|今天|今日|今晚")
_PAST = late_pattern(
    rf"\b(?:last|el pasado) (?:{either(DAYS)})\b|\b(?:{either(DAYS)}) pasado\b|"
    r"上(?:个|個)?(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]?"
)
# Whoever said it on a day, and then named another: "he said on Monday that he pays on Friday".
_SAID = late_pattern(
    r"(?:\b(?:said|says|told|tells|promise[sd]?|swore|wrote|dijo|dice|dijeron|dicen|prometio|promete|juro|escribio|aseguro)"
    rf"\b|说|說|答应|答應|承诺|保证)(?: (?:me|us|nos))?(?P<when> (?:on |this |el )?(?:{either(DAYS)})\b)?"
)
_WEEK = r"(?:个|個)?(?:周|週|星期|礼拜|禮拜)"
_WEEK_END = (
    (1, rf"\b(?:{_NEXT_WEEK})\b|(?<!下)下{_WEEK}"),
    (0, rf"\b(?:this week|end of (?:the )?week|esta semana)\b|[这這本]{_WEEK}"),
)
_MONTH_END = late_pattern(
    r"\b(?:end of (?:the|this) month|month[ -]end|(?:fin|fines|final|finales) de(?:l| este)? mes)\b|"
    r"(?<!下)(?<!下个)月[底末]"
)
DATE = late_pattern(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? ?(?:of |de )?(?P<month>{either(MONTHS)})\b|"
    rf"\b(?P<month_first>{either(MONTHS)}) (?:the )?(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?\b|"
    rf"(?P<yue>1?\d|{CHINESE_FIGURE})月(?P<ri>\d{{1,2}}|{CHINESE_FIGURE})[日号號]"
)
_PARTS = (("month", "month_first", "yue"), ("day", "day_after", "ri"))
_DAY_OF_MONTH = late_pattern(
    r"\b(?:on |by )?the (?P<en>\d{1,2})(?:st|nd|rd|th)\b|\bel (?:dia )?(?P<es>\d{1,2})\b(?! de| ?%|[/.-]\d)|"
    r"(?:(?P<after>下(?:个|個)?)月|(?<![月\d]))(?P<zh>\d{1,2})[号號]"
)
_MOST_DAYS, _LOOKED_AT, _NEAR = 366, 20, 30
_IN = r"\b(?:in|within|en|dentro de|en un plazo de)(?: the next| los proximos| las proximas)? "
_IN_BEFORE = late_pattern(rf"{_IN}$")
_IN_AFTER = late_pattern(r" ?(?:之|以)?(?:内|後|后)| from (?:now|today)\b")
# A length that is a guess is no day: `in a week or so`, `in a couple of days`; and there are working days.
_VAGUE = late_pattern(r"(?:a )?couple|(?:un )?par de|两天(?:后|後)")
_VAGUE_AFTER = late_pattern(r" ?(?:or (?:so|two|three)|o (?:asi|dos|tres)|mas o menos|habil|labora|左右|时间左右)")
_WORKDAYS = late_pattern(
    rf"{_IN}(?P<count>\d{{1,2}}|{either(COUNTS)}) (?:(?:working|business|work) days|dias (?:habiles|laborables))\b|"
    rf"(?P<zh>\d{{1,2}}|{CHINESE_FIGURE}|两)个?工作日(?:之|以)?[内后後]"
)


class Ahead(NamedTuple):
    """A day to come that is named by the time until then, and where the text does so."""

    day: date
    start: int
    end: int


def lengths_ahead(folded: str, on: date) -> Iterator[Ahead]:
    """The days to come that a folded text of a day names by how long it takes: `in two weeks`, `三天内`."""
    for found in _WORKDAYS.finditer(folded):
        yield Ahead(business_day(on, int(count(found["count"] or found["zh"]))), found.start(), found.end())
    for span in spans(folded, on)[:_LOOKED_AT]:
        before = _IN_BEFORE.search(folded, max(span.start - _NEAR, 0), span.start)
        after = _IN_AFTER.match(folded, span.end)
        is_vague = _VAGUE.match(folded, span.start) or _VAGUE_AFTER.match(folded, span.end)
        if (before or after) and not is_vague and not span.is_date and span.days <= _MOST_DAYS:
            start, end = before.start() if before else span.start, after.end() if after else span.end
            yield Ahead(on + timedelta(span.days), start, end)


def next_weekday(folded: str, on: date) -> tuple[date, ...]:
    """What `next Friday` may be: the coming one, and that of the week after, where the two differ."""
    found = _NEXT_DAY.search(folded)
    coming = _weekday(on, DAYS[found["day"]], 0) if found else on
    return (coming, coming + timedelta(WEEK)) if on < coming <= on + timedelta(WEEK - 1 - on.weekday()) else ()


def day_ahead(folded: str, on: date) -> date | None:
    """The first day to come that a folded text of a day names; None when it names none."""
    text = _PAST.sub(" ", folded)
    said = [*_SAID.finditer(text)][-1:]
    later = [text[end:] for found in said for end in dict.fromkeys((found.end(), found.start("when"))) if end > 0]
    return next((day for words in (*later, text) for day in _named(words, on)), None)


def _named(text: str, on: date) -> Iterator[date]:
    if found := DATE.search(text):
        parts = {name: value for name, value in found.groupdict().items() if value}
        month, day = (next(parts[name] for name in names if name in parts) for names in _PARTS)
        yield from dates_to_come(on, MONTHS.get(month) or int(count(month)), int(count(day)))
    yield from (ahead.day for ahead in lengths_ahead(text, on))
    yield from (on + timedelta(days) for days, words in _SOON if re.search(words, text))
    if found := _WEEKDAY.search(text):
        yield _weekday(on, DAYS[found["day"]], int(bool(_OF_NEXT_WEEK.match(text, found.end()))))
    if found := _HAN_WEEKDAY.search(text):
        yield _weekday(on, _HAN_DAYS[found["day"]], len(found["next"]))
    if found := _DAY_OF_MONTH.search(text):
        day = int(found["en"] or found["es"] or found["zh"])
        is_later = day < on.day or found["after"]
        yield from dates_to_come(on, on.month % DECEMBER + 1 if is_later else on.month, day)
    yield from (_weekday(on, FRIDAY, weeks) for weeks, words in _WEEK_END if re.search(words, text))
    if _MONTH_END.search(text):
        yield on.replace(day=monthrange(on.year, on.month)[1])
    if _TODAY.search(text):
        yield on


def _weekday(on: date, weekday: int, weeks: int) -> date:
    """That day of the coming seven; with `weeks`, of the calendar week so many after this one."""
    if weeks:
        return on + timedelta(WEEK * weeks - on.weekday() + weekday)
    return on + timedelta((weekday - on.weekday() - 1) % WEEK + 1)


def dates_to_come(on: date, month: int, day: int) -> Iterator[date]:
    """The next such date, if there is one."""
    for year in (on.year, on.year + 1):
        if 1 <= month <= DECEMBER and 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= on:
            yield date(year, month, day)
            return
