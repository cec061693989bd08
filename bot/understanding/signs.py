"""What a message shows that no playbook answers: danger, distress, somebody who is no client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Language, Sign
from bot.understanding.phrases import Phrases, tokens_of


class SignFinder:
    """Looks for the phrases of all languages, whatever the language of the text; follows the knowledge."""

    def __init__(self) -> None:
        self._known: tuple[str, Mapping[str, tuple[Phrases, Phrases]]] = "", {}

    def signs(self, text: str, knowledge: Knowledge) -> tuple[str, ...]:
        """The ids of the signs that a text shows, in the order of the knowledge."""
        version, wanted = self._known
        if knowledge.version != version:
            wanted = {sign.id: _wanted(sign) for sign in knowledge.signs.values()}
            self._known = knowledge.version, wanted
        tokens = tokens_of(text)
        return tuple(name for name, (phrases, figures) in wanted.items() if _is_shown(tokens, phrases, figures))


def _wanted(sign: Sign) -> tuple[Phrases, Phrases]:
    return Phrases(_all(sign.phrases)), Phrases(_all(sign.figures))


def _all(by_language: Mapping[Language, tuple[str, ...]]) -> Iterable[str]:
    return (phrase for phrases in by_language.values() for phrase in phrases)


def _is_shown(tokens: Sequence[str], phrases: Phrases, figures: Phrases) -> bool:
    return any(phrases.spans(tokens)) and any(phrases.spans(figures.without(tokens)))
