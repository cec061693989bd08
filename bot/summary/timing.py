"""A weekday, a time and a zone from what people write: three languages, twelve or twenty-four hours."""

from __future__ import annotations

import difflib
import re

from bot.errors import Misuse
from bot.i18n.messages import C, N
from bot.names import fold
from bot.patterns import late_pattern
from bot.validation import shortened

# In the order of the week; the first of each language is the one that is suggested.
_DAYS: tuple[tuple[str, ...], ...] = (
    ("monday", "lunes", "星期一", "mon", "lun", "lu", "周一", "礼拜一", "mondays", "每周一"),
    ("tuesday", "martes", "星期二", "tue", "tues", "mar", "ma", "周二", "礼拜二", "tuesdays", "每周二"),
    ("wednesday", "miércoles", "星期三", "wed", "mié", "mi", "周三", "礼拜三", "wednesdays", "每周三"),
    ("thursday", "jueves", "星期四", "thu", "thur", "thurs", "jue", "ju", "周四", "礼拜四", "thursdays", "每周四"),
    ("friday", "viernes", "星期五", "fri", "vie", "vi", "周五", "礼拜五", "fridays", "每周五"),
    ("saturday", "sábado", "星期六", "sat", "sáb", "sa", "周六", "礼拜六", "saturdays", "sábados", "每周六"),
    ("sunday", "domingo", "星期日", "sun", "dom", "do", "周日", "周天", "星期天", "礼拜日", "礼拜天", "sundays",
     "domingos", "每周日"),
)  # fmt: skip
DAY_NAMES = (
    C("weekday", "Monday"),
    C("weekday", "Tuesday"),
    C("weekday", "Wednesday"),
    C("weekday", "Thursday"),
    C("weekday", "Friday"),
    C("weekday", "Saturday"),
    C("weekday", "Sunday"),
)
_BY_NAME = {fold(name): day for day, names in enumerate(_DAYS) for name in names}
DAY_WORDS = tuple(_BY_NAME)
_FULL_NAMES = {fold(name): name for names in _DAYS for name in names[:3]}
_AFTER_NOON = ("下午", "晚上", "中午", "傍晚", "delatarde", "delanoche", "intheafternoon", "intheevening")
_HALF = r"(?:a\.? ?m\b\.?|p\.? ?m\b\.?|de la (?:manana|tarde|noche|madrugada)|in the (?:morning|afternoon|evening))"
_TIME = late_pattern(
    rf"(?:at |a las? )?(?P<day>上午|下午|晚上|早上|早晨|凌晨|中午|傍晚)? ?(?P<hour>\d{{1,2}})"
    rf"(?: ?[:.h点時时] ?(?P<minute>\d{{2}}|半|一刻|三刻)?)?(?:分|h|整| ?hrs?\b\.?)? ?(?P<half>{_HALF})?(?=[\s,，]|$)"
)
_HOURS = {"两": 2, **{word: hour for hour, word in enumerate((*"零一二三四五六七八九十", "十一", "十二"))}}
_HOUR_IN_WORDS = late_pattern(r"(?:十[一二]|[零一二两三四五六七八九十])(?=[点點時时])")
_AROUND = " ,，()（）"
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}


def weekday_named(text: str) -> int:
    """The day of the week (0 is Monday), or a `Misuse` with the nearest one."""
    key = fold(text).strip(",.，、")
    if key in _BY_NAME:
        return _BY_NAME[key]
    near = difflib.get_close_matches(key, _FULL_NAMES, 1, 0.6)
    hint = (
        N("Did you mean `{name}`?", name=_FULL_NAMES[near[0]])
        if near
        else N("Use a day's name, such as `monday`, `fri`, `lunes` or `周一`.")
    )
    raise Misuse(N("`{word}` is no day of the week.", word=shortened(text)), hint, "day")


def _in_figures(text: str) -> str:
    """A text with the hours that Chinese writes in words, `九点`, as numbers."""
    return _HOUR_IN_WORDS.sub(lambda hour: str(_HOURS[hour[0]]), text)


def time_in(text: str) -> tuple[int, str]:
    """The minute of the day that a text begins with, and the rest of the text; a `Misuse` when there is none."""
    said = _in_figures(fold(text))
    match = _TIME.match(said)
    minute = _minute(match) if match else None
    if match is None or minute is None:
        wrong = N("`{word}` is no time of the day.", word=shortened(text))
        raise Misuse(wrong, N("Write it as `09:00`, `9am`, `9h` or `9点`."), "time")
    return minute, _as_typed(said[match.end() :].strip(_AROUND), text)


def _as_typed(end: str, text: str) -> str:
    """The folded end of a text as it was typed."""
    typed = text.rstrip(_AROUND)[-len(end) :] if end else ""
    return typed if fold(typed) == end else end


def _minute(match: re.Match[str]) -> int | None:
    said = match["minute"] or "0"
    hour, minute = int(match["hour"]), _MINUTES.get(said) or int(said)
    half = (match["half"] or match["day"] or "").replace(" ", "")
    if half[:2] in ("am", "a.", "pm", "p.") and not 1 <= hour <= 12:
        return None
    if half.startswith("p") or half in _AFTER_NOON:
        hour += 12 if hour < 12 else 0
    elif half and hour == 12:
        hour = 0
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def clock(minute: int) -> str:
    """A minute of the day as `09:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"
