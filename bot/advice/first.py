"""The order in which to see to several troubles: what hurts people, then money, then what grows, each with a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.advice.card import from_playbook, title_of
from bot.advice.case import Case, state_of
from bot.advice.sources import Sources
from bot.commands import Turn
from bot.i18n.messages import N
from bot.knowledge.schema import words_for
from bot.reply import Block, Button, Reply, Section

FIRST = "which-first"


def by_urgency(cases: Sequence[Case], turn: Turn) -> list[Case]:
    """The cases, the most urgent kind first; of the same kind in the order given."""
    places = turn.knowledge.places
    return sorted(cases, key=lambda case: places.get(case.lead, len(places)))


def rule(turn: Turn, sources: Sources) -> Section:
    """By what it is decided."""
    lines = words_for(turn.knowledge.intents[FIRST].texts, turn.language)
    return Section("\n".join(sources.lines(lines, f"intents.{FIRST}", len(lines))))


def first_card(cases: Sequence[Case], turn: Turn) -> Reply:
    """The rule, and the troubles in its order, each with what to do first; or that there are no two to choose from."""
    sources, ones = Sources(), by_urgency([one for case in cases for one in _each(case)], turn)
    blocks = (rule(turn, sources), *_blocks(ones, turn, sources), from_playbook(sources, turn))
    buttons = tuple(Button(title_of(one, turn), "as", state_of(one)) for one in ones)
    return Reply(blocks=blocks, buttons=buttons, sources=tuple(sources.ids))


def _each(case: Case) -> list[Case]:
    return [replace(case, archetypes=(name,)) for name in case.archetypes]


def _blocks(ones: Sequence[Case], turn: Turn, sources: Sources) -> Iterator[Block]:
    if len(ones) <= 1:
        yield _asked_for_more(ones, turn)
        return
    yield Section(title=turn.speech(N("In this order")), items=_steps(ones, turn, sources), is_ordered=True)
    is_of_one = len({one.client for one in ones}) == 1
    if is_of_one and (entry := turn.knowledge.combination(one.lead for one in ones)):
        text = sources.use(words_for(entry.texts, turn.language), f"combinations.{entry.id}")
        yield Section(text, title=turn.speech(N("Two things at once")))


def _steps(ones: Sequence[Case], turn: Turn, sources: Sources) -> tuple[str, ...]:
    return tuple(f"{title_of(one, turn)}: {_step(one.lead, turn, sources)}" for one in ones)


def _step(kind: str, turn: Turn, sources: Sources) -> str:
    return sources.lines(turn.knowledge.playbook(kind, turn.language).do_now, f"{kind}.do_now", 1)[0]


def _asked_for_more(ones: Sequence[Case], turn: Turn) -> Section:
    known = [title_of(one, turn) for one in ones]
    text = (
        N("So far I know of one trouble here: {about}. Tell me the other in one sentence.", about=known[0])
        if known
        else N("Tell me each in one sentence. `/client list` has the clients with open flags in order of need.")
    )
    return Section(turn.speech(text))
