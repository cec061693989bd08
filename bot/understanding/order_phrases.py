"""A phrase of `orders.yaml` as a pattern that a whole sentence may match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.arguments import QUOTES
from bot.knowledge.orders import SLOT, Order
from bot.knowledge.schema import Language
from bot.names import fold
from bot.summary.timing import DAY_WORDS
from bot.understanding.grams import simplified

# Stands for each letter of an archetype's name; no text has it.
KIND = "\ue000"
_PAUSE = r" *[:;,\n\u2013\u2014-]\s*"
_WORD = r"""[^\s:;,?!。"“«「『']['\w\ue000&.+/@#-]*?"""
_QUOTED = "|".join(f"{opening}[^{closing}\n]{{1,80}}{closing}" for opening, closing in QUOTES.items())
_NAME = rf"{_QUOTED}|{_WORD}(?: +{_WORD}){{0,4}}?"
_SLOTS = {
    "client": _NAME, "into": _NAME, "archetype": f"{KIND}+", "time": r"[^\n]{1,40}?", "name": r"[^\n]{1,80}?",
    "day": "|".join(sorted(map(re.escape, DAY_WORDS), key=len, reverse=True)),
    **dict.fromkeys(("reason", "note", "text", "rest"), r"[^\s.,:;!?。…~].*"),
}  # fmt: skip
END = r"[\s.!?。…~]*"
_APOSTROPHES = str.maketrans("’‘`´", "''''")


@dataclass(frozen=True)
class OrderPhrase:
    """One way to ask for a command."""

    order: Order
    language: Language
    text: str

    @property
    def is_kept(self) -> bool:
        """Whether its last words are kept as they were written."""
        return self.text.endswith(("<text>", "<rest>", "<name>"))

    @property
    def is_open(self) -> bool:
        """Whether it may end in as many words as somebody likes."""
        return self.text.endswith(("<text>", "<rest>", "<name>", "<reason>?"))

    @cached_property
    def leads(self) -> tuple[str, ...]:
        """What a sentence must begin with; empty when a slot comes first."""
        found: list[str] = []
        for part in self.text.split():
            if SLOT.match(part):
                return ("",)
            found += _options(part)
            if not part.endswith("?"):
                break
        return tuple(found)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The whole sentence, as letters that `_flat` made."""
        gap = r"[ ,]*" if self.language == "zh" else r",? +"
        made, is_begun, is_glued = "", False, False
        for part in self.text.split():
            body, is_optional = _body(part), part.endswith("?")
            before = gap if is_begun and not is_glued and not part.startswith("'") and part != "," else ""
            if part == "<reason>?":
                before = rf"(?:{_PAUSE}|{gap})"
            piece = before + body if is_begun or not is_optional else body + gap
            made += f"(?:{piece})?" if is_optional else piece
            is_begun, is_glued = is_begun or not is_optional, part == ","
        return re.compile(made + END, re.DOTALL)


def _options(part: str) -> list[str]:
    return [option for word in part.removesuffix("?").split("/") if (option := flat(word))]


def _body(part: str) -> str:
    if slot := SLOT.match(part):
        return f"(?P<{slot[1]}>{_SLOTS[slot[1]]})"
    if part == ",":
        return _PAUSE
    return f"(?:{'|'.join(re.escape(option) for option in sorted(_options(part), key=len, reverse=True))})"


def flat(text: str) -> str:
    """The letters without case, accents and full-width forms, in Simplified characters: one for each of the text."""
    return "".join(map(_letter, text)) if not text.isascii() else text.lower().replace("\t", " ").replace("\r", " ")


@lru_cache(maxsize=8192)
def _letter(character: str) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    plain = simplified(fold(character.translate(_APOSTROPHES)))
    return plain if len(plain) == 1 else character
