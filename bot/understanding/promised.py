"""The day of a promise: one that is known, or the two that it may be, with what was written in figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bot.names import fold
from bot.patterns import late_pattern
from bot.understanding.ahead import DATE, DAYS, dates_to_come, day_ahead, lengths_ahead, next_weekday
from bot.understanding.slashes import Order, slashed, spelt
from bot.understanding.spans import either

# Whoever speaks so may name a day to come; or puts one right.
_SAYS = late_pattern(
    r"\b(?:say|says|said|promise[sd]?|will|(?:he|she|they|it|client)['’]?ll|pays?|paying|settles?|transfers?|swears?|swore|"
    r"confirm(?:s|ed)?|dicen?|dijo|dijeron|promet\w+|pagan?|pagar\w*|quedo|quedaron|asegur\w+|jur\w+|deposita\w*|"
    r"transfier\w+|abona\w*|resto|rest|sorry|no|actually|perdon|digo)\b|[说付]|答应|承诺|保证|打款|结清|表示|不对|不是"
)
_HAN, _SPANISH = (
    late_pattern(r"[\u3400-\u9fff]"),
    late_pattern(r"\b(?:el|en|dentro de|que|dias?|semanas?|mes(?:es)?)\b"),
)
_ARTICLE = late_pattern(r"\b(?:el|on|by|for|the|before|antes del)(?: dia)? $")
# What may stand beside a day that is all that is said.
_BARE = late_pattern(
    rf"(?:\W|\b(?:{either(DAYS)}|el|on|the|no|sorry|perdon|20\d\d)\b|"
    r"(?:星期|周)[一二三四五六日天]|是)*+"
)
_END = late_pattern(
    r"(?:\b(?:by|at|before) )?\b(?:the )?end of (?:the |this |next )?(?:week|month)\b|\bmonth[ -]end\b|"
    rf"\b(?:este )?proximo (?:{either(DAYS)})\b|\b(?:{either(DAYS)}) (?:proximo|que viene|que entra)\b|"
    r"\ba (?:fin|fines|final|finales) de(?:l| este)? mes\b|(?<!下)(?<!下个)月[底末]"
)
_NEAR, _SHORT = 12, 40


class Promised(NamedTuple):
    """`day`: the one that is known; `may_be`: which it may be instead, `written`: in figures that leave it open."""

    day: date | None = None
    may_be: tuple[date, ...] = ()
    written: str = ""


def promised_in(text: str, on: date, order: Order | None) -> Promised | None:
    """The day to come that a text of a day names; None when it names none."""
    for one in slashed(text, order):
        days = [day for month, number in one.readings for day in dates_to_come(on, month, number)]
        if len(days) > 1:
            return Promised(may_be=tuple(sorted(days)), written=one.written)
    plain = fold(spelt(text, order))
    if days_of_name := next_weekday(plain, on):
        return Promised(may_be=days_of_name)
    day = day_ahead(plain, on)
    return Promised(day) if day else None


def with_plain_days(text: str, on: date) -> str:
    """A text in which days to come that are figures or lengths are a weekday: "in two weeks" like "on Friday"."""
    folded = fold(text)
    says = _SAYS.search(folded)
    places = sorted(_places(folded, on), reverse=True) if says or len(folded) <= _SHORT else []
    is_bare = len(places) == 1 and bool(_BARE.fullmatch(folded[: places[0][0]] + folded[places[0][1] :]))
    meant = [place for place in places if is_bare or (says and says.start() < place[0])]
    for start, end in meant:
        folded = f"{folded[:start]}{_weekday_like(folded, folded[start:end], is_bare=is_bare)}{folded[end:]}"
    return folded if meant else text


def _places(folded: str, on: date) -> Iterator[tuple[int, int]]:
    """Where such days are named, with the words before them; never one within another."""
    taken = [(one.start, one.end) for one in lengths_ahead(folded, on)]
    taken += [(one.start, one.end) for one in slashed(folded, None)]
    taken += [found.span() for pattern in (DATE, _END) for found in pattern.finditer(folded)]
    last = 0
    for start, end in sorted(set(taken)):
        if start >= last:
            before = _ARTICLE.search(folded, max(start - _NEAR, last), start)
            yield (before.start() if before else start), end
            last = end


def _weekday_like(text: str, words: str, *, is_bare: bool) -> str:
    """A weekday in the language of these words; a bare one is an answer to which day was meant."""
    if _HAN.search(text):
        return "他说周五" if is_bare else "周五"
    if _SPANISH.search(words) or (not words[0].isalpha() and _SPANISH.search(text)):
        return "dijo el viernes" if is_bare else "el viernes"
    return "he said friday" if is_bare else "on friday"
