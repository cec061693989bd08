"""Words that read one way or the other by what was told: "unpaid files stay with us", unless all was delivered.

A gap for a fact is closed when a playbook is looked up, before any other gap is filled.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

from bot.knowledge.schema import Language, Placeholder, Playbook, words_for


class Told:
    """Closes the gaps for facts, in one language and by the facts that were told."""

    def __init__(self, placeholders: Iterable[Placeholder], language: Language, facts: Collection[str]) -> None:
        self._words = dict(_words(placeholders, language, facts))

    def playbook(self, playbook: Playbook) -> Playbook:
        """The playbook with each line as it reads by these facts."""
        written = playbook.model_dump_json()
        quoted = {gap: json.dumps(words, ensure_ascii=False)[1:-1] for gap, words in self._words.items()}
        closed = _closed(written, quoted)
        return playbook if closed == written else Playbook.model_validate_json(closed)

    def text(self, text: str) -> str:
        """The same of words that are no playbook's."""
        return _closed(text, self._words)


def _words(
    placeholders: Iterable[Placeholder], language: Language, facts: Collection[str]
) -> Iterator[tuple[str, str]]:
    for placeholder in placeholders:
        if placeholder.told:
            words = words_for(placeholder.texts, language)
            yield f"{{{placeholder.id}}}", (words.filled if placeholder.told in facts else words.blank) or ""


def _closed(text: str, words: dict[str, str]) -> str:
    for gap, said in words.items():
        text = text.replace(gap, said)
    return text
