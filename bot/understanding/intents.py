"""What a message asks of the bot: small talk, a part of the advice before, something about the bot itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.knowledge.intents import Intent
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import LANGUAGES, Language
from bot.patterns import late_pattern
from bot.understanding.language import COMMON
from bot.understanding.people import CLIENT
from bot.understanding.phrases import Phrases, phrases_of
from bot.understanding.tokens import SENTENCE_END, tokens_of

# What is asked stands near the beginning or is the whole; a long tale is a trouble.
_LETTERS = 160
# "Make it firmer for the client", "the e-mail version", "por correo".
_SMALL_TOO = "make write give send please version haz hazlo ponlo 版 本"
_SMALL = COMMON["en"] | COMMON["es"] | {*CLIENT.split("/"), *_SMALL_TOO.split()}
# One clause that only asks: "did they pay?" tells no news, "they paid half, what now?" does.
_QUESTION = late_pattern(r"[^,.;:!?，。；：！？\n]*(?:[?？]|吗[?？]?)\s*")


class Asked(NamedTuple):
    """The ids of the intents that a text shows, in the knowledge's order; `language`: of the words that show them.

    `is_all`: the text says nothing else, `is_nearly_all`: nothing but small words. `rest`: what is left of it beside
    the news that it tells.
    """

    ids: tuple[str, ...] = ()
    language: Language | None = None
    is_all: bool = False
    rest: str = ""
    is_nearly_all: bool = False


class _Span(NamedTuple):
    """Where a phrase stands among the words of a text."""

    language: Language
    intent: str
    start: int
    end: int
    is_figure: bool = False

    def overlaps(self, other: _Span) -> bool:
        """Whether they share a word."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class _Known:
    """The phrases of one version of the knowledge, and whose they are. Threads may read while it is replaced."""

    version: str
    phrases: Phrases
    owners: Mapping[str, tuple[Language, str, bool]]


class IntentFinder:
    """Looks for the phrases of all languages, whatever the language of the text; follows the knowledge."""

    def __init__(self) -> None:
        self._known = _Known("", Phrases(()), {})

    def asked(self, text: str, knowledge: Knowledge) -> Asked:
        """What a text asks; small talk only where it is all that the text says."""
        known = self._known
        if knowledge.version != known.version:
            known = self._known = _known(knowledge)
        tokens = tokens_of(text[:_LETTERS])
        found = _meant(_span(known.owners[owner], start, end) for owner, start, end in known.phrases.spans(tokens))
        pointing = {span for span in found if knowledge.intents[span.intent].kind == "pointing"}
        spans = _told([span for span in found if span not in pointing], text, knowledge)
        talk = [span for span in spans if knowledge.intents[span.intent].kind == "talk"]
        is_talk, is_all = (len(text) <= _LETTERS and _covers(part, tokens) for part in (talk, spans))
        asking = [span for span in spans if span in talk or knowledge.intents[span.intent].is_request]
        is_alone = is_all and _covers(asking, tokens)
        shown = [s for s in spans if (is_talk or s not in talk) and (is_alone or not knowledge.intents[s.intent].alone)]
        # Words that only point ("again", "and …") count where there are no others.
        fillers = [span for span in talk if not knowledge.intents[span.intent].texts]
        is_pointing = len(text) <= _LETTERS and bool(pointing) and _covers([*pointing, *fillers], tokens)
        shown = [s for s in shown if not knowledge.intents[s.intent].opens or _opens(s, talk, tokens)]
        names = {span.intent for span in (*shown, *(pointing if is_pointing else ()))}
        ids = tuple(name for name in knowledge.intents if name in names)
        news = [span for span in shown if knowledge.intents[span.intent].kind == "news"]
        is_nearly_all = len(text) <= _LETTERS and _covers(spans, tokens, _SMALL)
        rest = _without(news, tokens) + text[_LETTERS:] if news else ""
        return Asked(ids, _language(shown), is_all, rest, is_nearly_all)


def _span(owner: tuple[Language, str, bool], start: int, end: int) -> _Span:
    language, intent, is_figure = owner
    return _Span(language, intent, start, end, is_figure)


def _meant(spans: Iterable[_Span]) -> list[_Span]:
    """The phrases that are no part of a figure of the same intent."""
    found = list(spans)
    figures = [span for span in found if span.is_figure]
    return [
        span
        for span in found
        if not span.is_figure and not any(span.intent == figure.intent and span.overlaps(figure) for figure in figures)
    ]


def _told(spans: list[_Span], text: str, knowledge: Knowledge) -> list[_Span]:
    """The phrases but for news that a message only asks about."""
    intents = {span: knowledge.intents[span.intent] for span in spans}
    if not _QUESTION.fullmatch(text) or any(intent.is_request for intent in intents.values()):
        return spans
    asked = [span for span in spans if intents[span].kind == "news"]
    return [span for span in spans if not any(map(span.overlaps, asked))]


def _opens(span: _Span, talk: Sequence[_Span], tokens: Sequence[str]) -> bool:
    """Whether nothing but small talk stands before it."""
    before = tokens[: span.start]
    return not before or _covers(talk, before)


def _without(spans: Iterable[_Span], tokens: Sequence[str]) -> str:
    """What stands beside these."""
    covered = {place for span in spans for place in range(span.start, span.end)}
    return " ".join(token for place, token in enumerate(tokens) if place not in covered)


def _known(knowledge: Knowledge) -> _Known:
    found = list(_phrases(knowledge.intents.values()))
    owners = {_name(*owner): owner for owner, _ in found}
    phrases = phrases_of(tuple((_name(*owner), phrase) for owner, phrase in found))
    return _Known(knowledge.version, phrases, owners)


def _name(language: Language, intent: str, is_figure: bool) -> str:
    return f"{language} {intent} {is_figure}"


def _phrases(intents: Iterable[Intent]) -> Iterator[tuple[tuple[Language, str, bool], str]]:
    for intent in intents:
        for is_figure, by_language in ((False, intent.phrases), (True, intent.figures)):
            for language, phrases in by_language.items():
                yield from (((language, intent.id, is_figure), phrase) for phrase in phrases)


def _covers(spans: Sequence[_Span], tokens: Sequence[str], small: Collection[str] = ()) -> bool:
    """Whether every word belongs to one of these, or is a small one."""
    covered = {place for span in spans for place in range(span.start, span.end)}
    return bool(spans) and all(
        place in covered or token == SENTENCE_END or token in small for place, token in enumerate(tokens)
    )


def _language(spans: Sequence[_Span]) -> Language | None:
    """The language of most of the words; None when two have as many."""
    words = {
        language: sum(span.end - span.start for span in spans if span.language == language) for language in LANGUAGES
    }
    most = max(words.values())
    best = [language for language in LANGUAGES if words[language] == most]
    return best[0] if most and len(best) == 1 else None
