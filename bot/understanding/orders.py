"""Which commands a whole sentence may be, by the phrases of `orders.yaml`, and what fills their slots.

Knows no client: whether a name is one, and whether the sentence may be carried out, `bot/hearing.py` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from bot.arguments import QUOTES, unquoted
from bot.errors import UserError
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.orders import SLOT, Order, Orders
from bot.knowledge.schema import Language
from bot.names import fold
from bot.summary.timing import DAY_WORDS, time_in
from bot.understanding.grams import READ_AT_MOST, simplified

# Stands for each letter of an archetype's name; no text has it.
_KIND = "\ue000"
_PAUSE = r" *[:;,\n\u2013\u2014-]\s*"
_WORD = r"""[^\s:;,?!。"“«「『']['\w\ue000&.+/@#-]*?"""
_QUOTED = "|".join(f"{opening}[^{closing}\n]{{1,80}}{closing}" for opening, closing in QUOTES.items())
_NAME = rf"{_QUOTED}|{_WORD}(?: +{_WORD}){{0,4}}?"
_SLOTS = {
    "client": _NAME, "into": _NAME, "archetype": f"{_KIND}+", "time": r"[^\n]{1,40}?", "name": r"[^\n]{1,80}?",
    "day": "|".join(sorted(map(re.escape, DAY_WORDS), key=len, reverse=True)),
    **dict.fromkeys(("reason", "note", "text", "rest"), r"[^\s.,:;!?。…~].*"),
}  # fmt: skip
_END = r"[\s.!?。…~]*"
# A longer sentence is a tale, unless it ends in words to be kept.
_BRIEF = 160
_TAIL = 60
_ASKING = ("?", "吗")
_HAN = "\u3400-\u9fff"


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence read as an order: `args` as they were typed, but `quoted` names without their quotes.

    `is_question`: it ends like one and does not begin like a polite request.
    """

    order: Order
    args: Mapping[str, str]
    language: Language
    quoted: frozenset[str] = frozenset()
    is_question: bool = False


@dataclass(frozen=True)
class _Phrase:
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

    def begins(self, letter: str) -> bool:
        """Whether it may begin with a letter."""
        return any(lead[:1] == letter for lead in self.leads)

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
        return re.compile(made + _END, re.DOTALL)


def _options(part: str) -> list[str]:
    return [option for word in part.removesuffix("?").split("/") if (option := _flat(word))]


def _body(part: str) -> str:
    if slot := SLOT.match(part):
        return f"(?P<{slot[1]}>{_SLOTS[slot[1]]})"
    if part == ",":
        return _PAUSE
    return f"(?:{'|'.join(re.escape(option) for option in sorted(_options(part), key=len, reverse=True))})"


@dataclass(frozen=True)
class _Known:
    """One version of the knowledge, ready to be looked for: phrases by the first letter of the sentence."""

    version: str
    phrases: Mapping[str, tuple[_Phrase, ...]] = field(default_factory=lambda: {"": ()})
    kinds: re.Pattern[str] = re.compile(r"(?!)")
    manners: tuple[re.Pattern[str], re.Pattern[str]] = field(default=(re.compile(""), re.compile("$")))


class OrderFinder:
    """Reads sentences as orders; follows the knowledge. Threads may read while that is replaced."""

    def __init__(self) -> None:
        self._known = _Known("")

    def orders(self, text: str, knowledge: Knowledge) -> Iterator[Found]:
        """The orders that a text may be, likeliest first."""
        if len(text) > READ_AT_MOST:
            return
        known = self._known
        if known.version != knowledge.version:
            known = self._known = _known(knowledge)
        flat = known.kinds.sub(lambda name: _KIND * len(name[0]), _flat(text))
        opening, closing = known.manners
        start, plain = (
            (found.end() if (found := opening.match(flat)) else 0),
            flat[:-_TAIL] + closing.sub("", flat[-_TAIL:]),
        )
        is_question = flat.rstrip().endswith(_ASKING) and not flat[:start].strip(" ¿¡")
        for phrase in known.phrases.get(flat[start : start + 1], known.phrases[""]):
            if not flat.startswith(phrase.leads, start) or (len(text) > _BRIEF and not phrase.is_open):
                continue
            # A note is kept as it was written, with its "please".
            for said in (flat,) if phrase.is_kept else dict.fromkeys((plain, flat)):
                if (match := phrase.pattern.fullmatch(said, start)) and (read := _read(phrase, match, text, knowledge)):
                    yield replace(read, is_question=is_question)
                    break


def _read(phrase: _Phrase, match: re.Match[str], text: str, knowledge: Knowledge) -> Found | None:
    said = {slot: text[slice(*match.span(slot))].strip() for slot, value in match.groupdict().items() if value}
    args = {slot: unquoted(value) if slot in ("client", "into") else value for slot, value in said.items()}
    if "archetype" in args:
        kinds = filter(None, map(knowledge.archetype, _singular(args["archetype"])))
        args["archetype"] = next((kind.id for kind in kinds), "")
    if not args.get("archetype", "-") or not _is_time(args.get("time", "9")):
        return None
    quoted = frozenset(slot for slot, value in args.items() if value != said[slot] and slot != "archetype")
    return Found(phrase.order, {**phrase.order.given, **args}, phrase.language, quoted)


def _singular(name: str) -> tuple[str, ...]:
    return name, name[:-1], name[:-2]


def _is_time(text: str) -> bool:
    try:
        time_in(text)
    except UserError:
        return False
    return True


def _known(knowledge: Knowledge) -> _Known:
    orders = knowledge.orders
    phrases = [
        _Phrase(order, language, line)
        for order in orders.orders
        for language, lines in order.phrases.items()
        for line in lines
    ]
    letters = {lead[:1] for phrase in phrases for lead in phrase.leads} | {""}
    by_letter = {letter: tuple(p for p in phrases if "" in p.leads or p.begins(letter)) for letter in letters}
    return _Known(knowledge.version, by_letter, _kinds(knowledge.aliases), _manners(orders))


def _kinds(names: Iterable[str]) -> re.Pattern[str]:
    """Every name of an archetype, in the plural too, with hyphens or without."""
    spelt = ["[ _-]+".join(map(re.escape, _flat(name).split())) for name in sorted(names, key=len, reverse=True)]
    chinese = [name for name in spelt if re.search(f"[{_HAN}]", name)]
    latin = "|".join(name for name in spelt if name not in chinese) or "(?!)"
    letter = rf"[^\W{_HAN}]"
    return re.compile("|".join([rf"(?<!{letter})(?:{latin})(?:e?s)?(?!{letter})", *chinese]))


def _manners(orders: Orders) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is polite before a sentence, and after it."""
    words = sorted((_flat(word) for said in orders.manners.values() for word in said), key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in words if not re.match(f"[{_HAN}]", word)) or "(?!)"
    chinese = "|".join(re.escape(word) for word in words if re.match(f"[{_HAN}]", word)) or "(?!)"
    return (
        re.compile(rf"[\s¡¿]*(?:(?:(?:{latin})[ ,.!:]+|(?:{chinese})[ ,!]*)[¡¿]*)*+"),
        re.compile(rf"(?:[ ,]+(?:{latin})|[ ,]*(?:{chinese}))++{_END}$"),
    )


def _flat(text: str) -> str:
    """The letters without case, accents and full-width forms, in Simplified characters: one for each of the text."""
    return "".join(map(_letter, text)) if not text.isascii() else text.lower().replace("\t", " ").replace("\r", " ")


@lru_cache(maxsize=8192)
def _letter(character: str) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    plain = simplified(fold(character.translate(_APOSTROPHES)))
    return plain if len(plain) == 1 else character


_APOSTROPHES = str.maketrans("’‘`´", "''''")
