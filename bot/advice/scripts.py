"""Fills a script's gaps: with what is known, with a date counted from today, or with wording that needs no value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from bot.i18n.speech import Speech
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Channel, Placeholder, PlaceholderWords, Playbook, Tone, words_for
from bot.understanding.values import month_in
from bot.understanding.workdays import business_day

GAP = re.compile(r"\{(\w+)\}")


class Script(NamedTuple):
    """A text ready to send. `missing`: placeholders whose value would make it exact."""

    text: str
    entry: str
    missing: tuple[str, ...]


def script(playbook: Playbook, tone: Tone, channel: Channel) -> tuple[str, str] | None:
    """The words of a script with its gaps, and its key; None when the playbook has none."""
    if channel == "email" and (email := playbook.say.email.get(tone)):
        return f"{email.subject}\n\n{email.body}", f"say.email.{tone}"
    chat = playbook.say.chat.get(tone)
    return (chat, f"say.chat.{tone}") if chat else None


class Filler(NamedTuple):
    """Turns gaps into words in one language, with the values known for one case, as of `today`."""

    knowledge: Knowledge
    speech: Speech
    values: Mapping[str, str]
    today: date

    def fill(self, words: str, entry: str) -> Script:
        """The script without any gap left."""
        missing = [name for name in dict.fromkeys(GAP.findall(words)) if self._is_missing(name)]
        return Script(GAP.sub(lambda gap: self._words(gap[1]), words), entry, tuple(missing))

    def label(self, placeholder_id: str) -> str:
        """What a placeholder is called in this language."""
        return self._wording(self.knowledge.placeholders[placeholder_id]).label

    def _wording(self, placeholder: Placeholder) -> PlaceholderWords:
        return words_for(placeholder.texts, self.speech.language)

    def _is_missing(self, name: str) -> bool:
        return self.knowledge.placeholders[name].business_days is None and name not in self.values

    def _words(self, name: str) -> str:
        placeholder: Placeholder = self.knowledge.placeholders[name]
        if placeholder.business_days:
            return self.speech.weekday(business_day(self.today, placeholder.business_days))
        words = self._wording(placeholder)
        value, filled = self.values.get(name, ""), words.filled or "{value}"
        if number := month_in(value):
            value, filled = self.speech.month(number), words.month or ""
        return filled.replace("{value}", value) if value and filled else words.blank or words.label


def last_day(words: str, knowledge: Knowledge, today: date) -> date | None:
    """The latest date that a script names once it is filled; None when it names none."""
    terms = (knowledge.placeholders[name].business_days for name in GAP.findall(words))
    return max((business_day(today, days) for days in terms if days), default=None)
