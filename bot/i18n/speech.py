"""Says messages, dates and lists in one of the three languages."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.i18n.messages import Message, N
from bot.knowledge.schema import LANGUAGES, Language

if TYPE_CHECKING:
    from babel import Locale

CATALOGUES = Path(__file__).parent / "catalogues"
BABEL_LOCALES: dict[Language, str] = {"es": "es", "en": "en_GB", "zh": "zh_Hans"}

ListStyle = Literal["standard", "or"]
# Spanish says `e` for `y` before the sound of i (not in `hielo`), and `u` for `o` before that of o.
_BEFORE_SOUND: dict[ListStyle, tuple[str, str, re.Pattern[str]]] = {
    "standard": ("y ", "e ", re.compile(r"\W*+(?!hi[eéaá])h?[ií]", re.IGNORECASE)),
    "or": ("o ", "u ", re.compile(r"\W*+h?[oó]", re.IGNORECASE)),
}
SHORT_DATES: dict[Language, str] = {"es": "d MMM", "en": "d MMM", "zh": "M月d日"}
# Said so often that looking them up would show.
_PAIR, _ASIDE = N("{label}: {text}").key, N("{text} ({detail})").key
MONTHS: dict[Language, str] = {"es": "LLLL", "en": "LLLL", "zh": "LLL"}
LETTER_DATES: dict[Language, str] = {"es": "EEEE d 'de' MMMM", "en": "EEEE d MMMM", "zh": "M月d日（EEEE）"}


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: Language) -> NullTranslations:
    with (CATALOGUES / f"{language}.mo").open("rb") as file:
        return GNUTranslations(file)


@lru_cache(maxsize=4096)
def _date(year: int, month: int, day: int, pattern: str, language: Language) -> str:
    from babel.dates import format_date

    return format_date(date(year, month, day), pattern, BABEL_LOCALES[language])


@lru_cache(maxsize=2048)
def _template(key: str, language: Language, context: str = "") -> str:
    catalogue = _catalogue(language)
    return catalogue.pgettext(context, key) if context else catalogue.gettext(key)


@lru_cache(maxsize=len(LANGUAGES))
def _locale(language: Language) -> Locale:
    from babel import Locale

    return Locale.parse(BABEL_LOCALES[language])


@lru_cache(maxsize=4096)
def _number(count: int, language: Language) -> str:
    from babel.numbers import format_compact_decimal, format_decimal

    locale = BABEL_LOCALES[language]
    if count < 10_000:
        return str(format_decimal(count, locale=locale))
    return str(format_compact_decimal(count, locale=locale, fraction_digits=1))


@lru_cache(maxsize=2 * len(LANGUAGES))
def _patterns(style: ListStyle, language: Language) -> dict[str, str]:
    return dict(_locale(language).list_patterns[style])


def _listed(values: list[str], patterns: dict[str, str]) -> str:
    """A list of two or more by CLDR's patterns, as Babel does it in four times the time."""
    first, *between, last = values
    if not between:
        return patterns["2"].format(first, last)
    text = patterns["start"].format(first, between[0])
    for value in between[1:]:
        text = patterns["middle"].format(text, value)
    return patterns["end"].format(text, last)


class Speech:
    """The voice of one reply: `speech(message)` gives its text in `language`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, message: Message | str) -> str:
        """The message in this language; a plain string is its own key."""
        message = N(message) if isinstance(message, str) else message
        if message.plural:
            text = _catalogue(self.language).ngettext(message.key, message.plural, message.number)
        else:
            text = _template(message.key, self.language, message.context)
        return (
            text.format(**{name: self._value(value) for name, value in message.values.items()})
            if message.values
            else text
        )

    def _value(self, value: object) -> object:
        if isinstance(value, str):
            return value
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, list | tuple):
            return self.items([str(self._value(item)) for item in value])
        return value

    def quoted(self, text: str) -> str:
        """A name in this language's quotation marks."""
        return self(N("“{text}”", text=text))

    def pair(self, label: str, text: str) -> str:
        """`label: text`."""
        return _template(_PAIR, self.language).format(label=label, text=text)

    def aside(self, text: str, detail: str) -> str:
        """`text (detail)`."""
        return _template(_ASIDE, self.language).format(text=text, detail=detail)

    def day(self, day: date) -> str:
        """A date without its weekday: `3 November 2026`."""
        return _date(day.year, day.month, day.day, "long", self.language)

    def short_day(self, day: date) -> str:
        """A date without its year: `3 Nov`."""
        return _date(day.year, day.month, day.day, SHORT_DATES[self.language], self.language)

    def weekday(self, day: date) -> str:
        """A date as it stands in a letter: `Thursday 26 November`."""
        return _date(day.year, day.month, day.day, LETTER_DATES[self.language], self.language)

    def month(self, number: int) -> str:
        """A month of the year (from 1): `July`."""
        return _date(2000, number, 1, MONTHS[self.language], self.language)

    def number(self, count: int) -> str:
        """A whole number with few digits: `9,999`, then `12.3K`."""
        return _number(count, self.language)

    def items(self, values: list[str]) -> str:
        """`a, b and c`."""
        return self._joined(values, "standard")

    def either(self, values: list[str]) -> str:
        """`a, b or c`."""
        return self._joined(values, "or")

    def _joined(self, values: list[str], style: ListStyle) -> str:
        if len(values) < 2:
            return "".join(values)
        text = _listed(values, _patterns(style, self.language))
        return _in_spanish(text, values[-1], style) if self.language == "es" else text


def _in_spanish(text: str, last: str, style: ListStyle) -> str:
    usual, other, sound = _BEFORE_SOUND[style]
    end = usual + last
    return text.removesuffix(end) + other + last if sound.match(last) and text.endswith(f" {end}") else text
