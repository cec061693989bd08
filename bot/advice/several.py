"""Several clients in one answer: of each the trouble, what to do today, where it stands; the rest is asked by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.advice.card import from_playbook, ladder, title_of, today
from bot.advice.case import Case, state_of
from bot.advice.first import by_urgency, rule
from bot.advice.sources import Sources
from bot.advice.why import why
from bot.commands import Turn
from bot.i18n.messages import N
from bot.reply import Block, Button, Note, Reply, Section


def several_card(cases: Sequence[Case], turn: Turn, *, is_ordered: bool = False) -> Reply:
    """A short card for each, and a button to the whole one; the most urgent first, and why, where that is asked."""
    sources = Sources()
    start = (rule(turn, sources),) if is_ordered else ()
    cases = by_urgency(cases, turn) if is_ordered else cases
    blocks = (*start, *(block for case in cases for block in _blocks(case, turn, sources)))
    name = cases[0].client.name if cases[0].client else ""
    ask = N("For a letter or the rest of it ask by name: “What do I write to {client}?”", client=name)
    buttons = tuple(Button(title_of(case, turn), "as", state_of(case)) for case in cases)
    end = (Note(turn.speech(ask)), from_playbook(sources, turn))
    return Reply(blocks=(*blocks, *end), buttons=buttons, sources=tuple(sources.ids))


def _blocks(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    yield Section(why(case, turn), title=title_of(case, turn))
    yield today(case, turn, sources)
    yield from ladder(case, turn, sources)
