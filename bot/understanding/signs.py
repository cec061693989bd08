"""What a message shows that no playbook answers: danger, distress, somebody who is no client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Language
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
        return tuple(name for name in knowledge.signs if name in found and _is_meant(name, tokens, known))


def _is_meant(name: str, tokens: Sequence[str], known: _Known) -> bool:
    literal = known.figures.without(tokens, name)
    return any(owner == name for owner, _, _ in known.phrases.spans(literal))


def _known(knowledge: Knowledge) -> _Known:
    signs = knowledge.signs.values()
    phrases = [(sign.id, phrase) for sign in signs for phrase in _all(sign.phrases)]
    figures = [(sign.id, phrase) for sign in signs for phrase in _all(sign.figures)]
    return _Known(knowledge.version, Phrases(phrases), Phrases(figures))


def _all(by_language: Mapping[Language, tuple[str, ...]]) -> Iterator[str]:
    return (phrase for phrases in by_language.values() for phrase in phrases)
