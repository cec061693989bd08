"""What the law of the workspace's country says of late payment: dated, with its source, only where a country is set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from bot.advice.case import Case
from bot.advice.ladder import DEBT
from bot.advice.sources import Sources
from bot.advice.topics import topics_in
from bot.commands import Turn
from bot.i18n.messages import N
from bot.knowledge.schema import LawFact, Topic, words_for
from bot.reply import Block, Section

# When it is due and what it costs to be late come first; whom the law is for and how far to trust it come last.
_ON_PAYMENT: tuple[Topic, ...] = ("deadline", "interest")
_FIRST, _LAST = 2, 2


def law(case: Case, turn: Turn, sources: Sources, *, is_whole: bool = False) -> Iterator[Block]:
    """The facts for a case of late payment; without `is_whole` what was asked and the limits: a card stays short."""
    fact = turn.knowledge.law.get(case.country or turn.store.settings.get("country", ""))
    if DEBT not in case.archetypes or fact is None:
        return
    texts = words_for(fact.texts, turn.language)
    numbers = in_order(fact, topics_in(case.question), len(texts))
    shown = numbers if is_whole else list(dict.fromkeys([*numbers[:_FIRST], *numbers[-_LAST:]]))
    lines = tuple(sources.use(texts[number - 1], f"law.{fact.id}.{number}") for number in shown)
    source = fact.sources[0]
    title = N("The law, checked on {day} ({source})", day=source.checked, source=source.title)
    yield Section(title=turn.speech(title), items=lines)


def in_order(fact: LawFact, asked: Sequence[Topic], count: int) -> list[int]:
    """The numbers of all facts: on what was asked, then one each on payment, the others, and the limits."""
    answers = chain.from_iterable(zip_longest(*(fact.topics.get(topic, ()) for topic in asked)))
    on_payment = sorted(number for topic in _ON_PAYMENT for number in fact.topics.get(topic, ())[:1])
    limits = max(count - _LAST, 0)
    # A team may have written fewer facts than ours, whose numbers stand beside them.
    first = [number for number in (*answers, *on_payment) if number and number <= limits]
    return list(dict.fromkeys([*first, *range(1, count + 1)]))
