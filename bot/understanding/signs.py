"""What a message shows that no playbook answers: danger, distress, pressure, somebody who is no client."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Language
from bot.understanding.actors import acts_first, before_a_client_acts, is_begun_by_another, unquoted, without_fillers
from bot.understanding.phrases import Phrases, Span, phrases_of
from bot.understanding.tokens import Tokens, joined, tokens_of

Places = Mapping[str, Sequence[int]]
# Clients have bosses too.
_BOSS = "boss"
_BEGINNING = 8
_LONG = 8


class Seen(NamedTuple):
    """The ids of signs, in the order of the knowledge; `is_of_others`: the text begins with somebody who is no client,
    and tells what they do. `rest`: the words beside those of a pressure, empty without any. `facts`: those signs that
    only change the advice, which are none of the others.
    """

    ids: tuple[str, ...]
    is_of_others: bool = False
    rest: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """The phrases and figures of one version of the knowledge, by the ids of its signs."""

    version: str
    phrases: Phrases
    figures: Phrases


class SignFinder:
    """Looks for the phrases of all languages, whatever the language of the text; follows the knowledge."""

    def __init__(self) -> None:
        self._known = _Known("", Phrases(()), Phrases(()))

    def seen(self, text: str, knowledge: Knowledge) -> Seen:
        """The signs that a text shows."""
        known = self._known
        if knowledge.version != known.version:
            known = self._known = _known(knowledge)
        tokens = tokens_of(text)
        spans = tuple(known.phrases.spans(tokens))
        places = _places(tokens, spans, known)
        found = [sign for name, sign in knowledge.signs.items() if name in places]
        facts = tuple(sign.id for sign in found if sign.kind == "fact")
        shown = [sign for sign in found if sign.kind != "fact"]
        rest = _rest(tokens, spans, [sign.id for sign in shown if sign.kind == "pressure"])
        if not any(sign.kind == "outside" for sign in shown):
            return Seen(tuple(sign.id for sign in shown), rest=rest, facts=facts)
        outside, first = _outside(text, tokens, places, known)
        shown = [sign for sign in shown if sign.kind != "outside" or sign.id in (first if sign.is_first else outside)]
        others = [sign for sign in shown if sign.kind == "outside"]
        is_of_others = any(sign.id in first for sign in others)
        if is_of_others and all(sign.kind in ("outside", "pressure") for sign in shown):
            # Whoever presses there is no client.
            return Seen(tuple(sign.id for sign in others), is_of_others, facts=facts)
        return Seen(tuple(sign.id for sign in shown), rest=rest, facts=facts)


def _rest(tokens: Tokens, spans: Iterable[Span], signs: Collection[str]) -> str:
    """The words that stand beside those of these signs; empty without any."""
    if not signs:
        return ""
    left = list(tokens)
    for start, end in _narrow(span for span in spans if span[0] in signs):
        left[start:end] = [""] * (end - start)
    return joined(filter(None, left))


def _narrow(spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Where they begin and end, but for long ones around another, which may reach over what else is told."""
    first = math.inf
    for start, end in sorted({(-start, end) for _, start, end in spans}):
        if end < first or end + start <= _LONG:
            yield -start, end
        first = min(first, end)


def _outside(text: str, tokens: Tokens, places: Places, known: _Known) -> tuple[set[str], set[str]]:
    """Of whom the writer complains, and not only a client does or somebody else says; and with whom it begins."""
    said = unquoted(text)
    if said == tokens:
        said = tokens  # what is known of them is known
    last = before_a_client_acts(said)
    own = places if said is tokens else _places(said, known.phrases.spans(said), known)
    is_of_client = last < len(said) or is_begun_by_another(text)
    first = set() if is_of_client else _first(said, known) & own.keys()
    return {name for name, starts in own.items() if min(starts) < last}, first


def _first(tokens: Tokens, known: _Known) -> set[str]:
    """Who a text begins with, and does something in it."""
    told = without_fillers(tokens)
    spans = known.phrases.spans(Tokens(told[:_BEGINNING]))
    return {span[0] for span in spans if acts_first(told, span, is_own=span[0] == _BOSS)}


def _places(tokens: Tokens, spans: Iterable[Span], known: _Known) -> Places:
    """Where each sign shows that is no figure of speech, of all that stand there."""
    found = _starts(spans)
    figures = {name for name, _, _ in known.figures.spans(tokens)} if found else set()
    for name in figures & found.keys():
        found[name] = _starts(known.phrases.spans(known.figures.without(tokens, name)))[name]
    return {name: starts for name, starts in found.items() if starts}


def _starts(spans: Iterable[Span]) -> defaultdict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for name, start, _ in spans:
        found[name].append(start)
    return found


def _known(knowledge: Knowledge) -> _Known:
    signs = knowledge.signs.values()
    phrases = tuple((sign.id, phrase) for sign in signs for phrase in _all(sign.phrases))
    figures = tuple((sign.id, phrase) for sign in signs for phrase in _all(sign.figures))
    return _Known(knowledge.version, phrases_of(phrases), phrases_of(figures))


def _all(by_language: Mapping[Language, tuple[str, ...]]) -> Iterator[str]:
    return (phrase for phrases in by_language.values() for phrase in phrases)
