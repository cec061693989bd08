"""Which commands a whole sentence may be, by the phrases of `orders.yaml`, and what fills their slots.

Knows no client: whether a name is one, and whether the sentence may be carried out, `bot/hearing.py` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from bot.arguments import unquoted
from bot.errors import UserError
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.orders import Order, Orders
from bot.knowledge.schema import Language
from bot.patterns import late_pattern
from bot.summary.timing import time_in
from bot.summary.zones import zone_in
from bot.understanding.doubts import ASKS
from bot.understanding.grams import READ_AT_MOST
from bot.understanding.order_phrases import END, KIND, OrderPhrase, flat

# A longer sentence is a tale, unless it ends in words to be kept.
_BRIEF = 160
_TAIL = 60
_IF = (
    r"(?:but |only |pero |solo )*+(?:if|unless|when|once|until|as soon as|in case|si|cuando|hasta que|salvo que)"
    r"\b|(?:但|但是|只有)?(?:如果|要是|除非|只要|一旦|等(?!了)|直到)"
)
_ON_CONDITION, _CONDITION = late_pattern(_IF), late_pattern(rf"(?<=[^\s,;，；])[\s,;，；]++(?={_IF})")
_HAN = "\u3400-\u9fff"


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence read as an order: `args` as they were typed, but `quoted` names without their quotes.

    `is_doubtful`: a question that is no polite request, or on a condition.
    """

    order: Order
    args: Mapping[str, str]
    language: Language
    quoted: frozenset[str] = frozenset()
    is_doubtful: bool = False


@dataclass(frozen=True)
class _Known:
    """One version of the knowledge, ready to be looked for: phrases by the first letter of the sentence."""

    version: str
    phrases: Mapping[str, tuple[OrderPhrase, ...]] = field(default_factory=lambda: {"": ()})
    kinds: re.Pattern[str] = re.compile(r"(?!)")
    manners: tuple[re.Pattern[str], re.Pattern[str]] = field(default=(re.compile(""), re.compile("$")))
    requests: re.Pattern[str] = re.compile(r"(?!)")

    def beginning(self, letters: str, start: int) -> Iterator[OrderPhrase]:
        """The phrases that a sentence may be by how it begins."""
        likely = self.phrases.get(letters[start : start + 1], self.phrases[""])
        return (phrase for phrase in likely if letters.startswith(phrase.leads, start))


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
        letters = known.kinds.sub(lambda name: KIND * len(name[0]), flat(text))
        opening, closing = known.manners
        start = found.end() if (found := opening.match(letters)) else 0
        ways = letters[:-_TAIL] + closing.sub("", letters[-_TAIL:]), letters
        condition = _CONDITION.search(letters, start)
        is_question = letters.rstrip().endswith(ASKS) and not known.requests.search(letters[:start])
        for phrase in known.beginning(letters, start):
            if len(text) > _BRIEF and not phrase.is_open:
                continue
            # A note is kept as it was written, with its "please".
            matches = (phrase.pattern.fullmatch(said, start) for said in (ways[1:] if phrase.is_kept else ways))
            read = (_read(phrase, match, text, knowledge) for match in matches if match)
            if first := next(filter(None, read), None):
                yield replace(first, is_doubtful=is_question or _is_on_condition(first))
            match = phrase.pattern.fullmatch(letters, start, condition.start()) if condition else None
            if match and (on_condition := _read(phrase, match, text, knowledge)):
                yield replace(on_condition, is_doubtful=True)


def _read(phrase: OrderPhrase, match: re.Match[str], text: str, knowledge: Knowledge) -> Found | None:
    said = {slot: text[slice(*match.span(slot))].strip() for slot, value in match.groupdict().items() if value}
    args = {slot: unquoted(value) if slot in ("client", "into") else value for slot, value in said.items()}
    if "archetype" in args:
        kinds = filter(None, map(knowledge.archetype, _singular(args["archetype"])))
        args["archetype"] = next((kind.id for kind in kinds), "")
    if not args.get("archetype", "-") or not _is_time(args.get("time", "9")):
        return None
    quoted = frozenset(slot for slot, value in args.items() if value != said[slot] and slot != "archetype")
    return Found(phrase.order, {**phrase.order.given, **args}, phrase.language, quoted)


def _is_on_condition(found: Found) -> bool:
    return any(_ON_CONDITION.match(flat(found.args.get(slot, ""))) for slot in ("reason", "note"))


def _singular(name: str) -> tuple[str, ...]:
    return name, name[:-1], name[:-2]


def _is_time(text: str) -> bool:
    """Whether it is a time, in a zone if there is any: not "9 is wrong". One word may be the slip of a zone."""
    try:
        _, zone = time_in(text)
    except UserError:
        return False
    return " " not in zone or zone_in(zone) is not None


def _known(knowledge: Knowledge) -> _Known:
    orders = knowledge.orders
    phrases = [
        OrderPhrase(order, language, line)
        for order in orders.orders
        for language, lines in order.phrases.items()
        for line in lines
    ]
    kinds = _kinds(knowledge.aliases)
    return _Known(knowledge.version, _by_letter(phrases), kinds, _manners(orders), _requests(orders))


def _by_letter(phrases: Sequence[OrderPhrase]) -> Mapping[str, tuple[OrderPhrase, ...]]:
    """In their order: under each first letter what may begin with it, which is also what begins with a slot."""
    begun = [(phrase, {lead[:1] for lead in phrase.leads}) for phrase in phrases]
    found: dict[str, list[OrderPhrase]] = {letter: [] for letter in {"", *chain.from_iterable(b for _, b in begun)}}
    for phrase, letters in begun:
        for letter in found if "" in letters else letters:
            found[letter].append(phrase)
    return {letter: tuple(ones) for letter, ones in found.items()}


def _kinds(names: Iterable[str]) -> re.Pattern[str]:
    """Every name of an archetype, in the plural too, with hyphens or without."""
    spelt = ["[ _-]+".join(map(re.escape, flat(name).split())) for name in sorted(names, key=len, reverse=True)]
    chinese = [name for name in spelt if re.search(f"[{_HAN}]", name)]
    latin = "|".join(name for name in spelt if name not in chinese) or "(?!)"
    letter = rf"[^\W{_HAN}]"
    return re.compile("|".join([rf"(?<!{letter})(?:{latin})(?:e?s)?(?!{letter})", *chinese]))


def _manners(orders: Orders) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is polite before a sentence, and after it."""
    words = _words(orders.manners, orders.requests)
    latin = "|".join(re.escape(word) for word in words if not re.match(f"[{_HAN}]", word)) or "(?!)"
    chinese = "|".join(re.escape(word) for word in words if re.match(f"[{_HAN}]", word)) or "(?!)"
    return (
        re.compile(rf"[\s¡¿]*(?:(?:(?:{latin})[ ,.!:]+|(?:{chinese})[ ,!]*)[¡¿]*)*+"),
        re.compile(rf"(?:[ ,]+(?:{latin})|[ ,]*(?:{chinese}))++{END}$"),
    )


def _requests(orders: Orders) -> re.Pattern[str]:
    """What makes a question a wish."""
    return re.compile("|".join(map(re.escape, _words(orders.requests))) or "(?!)")


def _words(*said: Mapping[Language, Iterable[str]]) -> list[str]:
    """The letters of them, longer ones first."""
    return sorted((flat(word) for each in said for words in each.values() for word in words), key=len, reverse=True)
