"""What the law of the workspace's country says of late payment: dated, with its source, only where a country is set."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.case import Case
from bot.advice.ladder import DEBT
from bot.advice.sources import Sources
from bot.commands import Turn
from bot.i18n.messages import N
from bot.knowledge.schema import words_for
from bot.reply import Block, Section

# The rule comes first; whom it is for and how far to trust it come last.
_FIRST, _LAST = 1, 2


def law(case: Case, turn: Turn, sources: Sources, *, is_whole: bool = False) -> Iterator[Block]:
    """The facts for a case of late payment; without `is_whole` the rule and its limits, so that a card stays short."""
    fact = turn.knowledge.law.get(turn.store.settings.get("country", ""))
    if DEBT not in case.archetypes or fact is None:
        return
    numbered = list(enumerate(words_for(fact.texts, turn.language), 1))
    shown = numbered if is_whole or len(numbered) <= _FIRST + _LAST else [*numbered[:_FIRST], *numbered[-_LAST:]]
    lines = tuple(sources.use(text, f"law.{fact.id}.{number}") for number, text in shown)
    source = fact.sources[0]
    title = N("The law, checked on {day} ({source})", day=source.checked, source=source.title)
    yield Section(title=turn.speech(title), items=lines)
