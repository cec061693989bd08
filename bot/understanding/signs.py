"""What a message shows that no playbook answers: danger, distress, somebody who is no client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Language, Sign
from bot.understanding.actors import before_a_client_acts, unquoted
from bot.understanding.phrases import Phrases, tokens_of


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

    def signs(self, text: str, knowledge: Knowledge) -> tuple[str, ...]:
        """The ids of the signs that a text shows, in the order of the knowledge."""
        known = self._known
        if knowledge.version != known.version:
            known = self._known = _known(knowledge)
        tokens = tokens_of(text)
        found = {name for name, _, _ in known.phrases.spans(tokens)}
        seen = [sign for name, sign in knowledge.signs.items() if name in found]
        return tuple(sign.id for sign in seen if _is_meant(sign, text, known))


def _is_meant(sign: Sign, text: str, known: _Known) -> bool:
    """Whether it is no figure of speech; somebody who is no client must also be the one complained of."""
    if sign.kind != "outside":
        return next(_places(sign, tokens_of(text), known), None) is not None
    tokens = unquoted(text)
    last = before_a_client_acts(tokens)
    return any(start < last for start in _places(sign, tokens, known))


def _places(sign: Sign, tokens: Sequence[str], known: _Known) -> Iterator[int]:
    literal = known.figures.without(tokens, sign.id)
    return (start for owner, start, _ in known.phrases.spans(literal) if owner == sign.id)


def _known(knowledge: Knowledge) -> _Known:
    signs = knowledge.signs.values()
    phrases = [(sign.id, phrase) for sign in signs for phrase in _all(sign.phrases)]
    figures = [(sign.id, phrase) for sign in signs for phrase in _all(sign.figures)]
    return _Known(knowledge.version, Phrases(phrases), Phrases(figures))


def _all(by_language: Mapping[Language, tuple[str, ...]]) -> Iterator[str]:
    return (phrase for phrases in by_language.values() for phrase in phrases)
