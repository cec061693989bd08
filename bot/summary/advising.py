"""Chooses the one piece of advice of a summary from the knowledge, and says why it was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, combinations
from typing import NamedTuple

from bot.advice.case import LATELY
from bot.advice.ladder import rung
from bot.commands import Turn
from bot.features.common import label
from bot.i18n.messages import Message, N
from bot.knowledge.schema import Combination, words_for
from bot.summary.week import Moves, Trend, Week


class Advice(NamedTuple):
    """A sentence of the knowledge file, the id of its entry, and the reason for the choice."""

    text: str
    entry: str
    why: Message


def advise(week: Week, turn: Turn) -> Advice | None:
    """For what stands out most: it got worse, is new, lasts, was settled, or nothing at all."""
    ways: tuple[Callable[[Week, Turn], Iterator[Advice]], ...] = (_worse, _new, _lasting, _settled, _principle)
    return next(chain.from_iterable(way(week, turn) for way in ways), None)


def _worse(week: Week, turn: Turn) -> Iterator[Advice]:
    for moves in week.worse:
        if moves.trend is Trend.SEVERAL and (both := _met(moves, turn)):
            kinds = [label(turn, name) for name in both.archetypes]
            why = N("Chosen because {client} now has two kinds at once: {kinds}.", client=moves.client, kinds=kinds)
            yield Advice(words_for(both.texts, turn.language), f"combinations.{both.id}", why)
        if moves.again:
            yield from _once_more(moves, turn)
        elif moves.trend is Trend.SEVERAL:
            yield from _newest(moves, moves.fresh, turn)
        else:
            yield from _rising(moves, turn)


def _met(moves: Moves, turn: Turn) -> Combination | None:
    """What changes when a kind that is new meets another one."""
    pairs = combinations(turn.knowledge.ranked(moves.open), 2)
    found = (turn.knowledge.combination(pair) for pair in pairs if moves.fresh & {*pair})
    return next(filter(None, found), None)


def _once_more(moves: Moves, turn: Turn) -> Iterator[Advice]:
    for kind in turn.knowledge.ranked(moves.again)[:1]:
        why = N("Chosen because it happened again with {client}: {kind}.", client=moves.client, kind=label(turn, kind))
        yield _step(moves.client_id, kind, why, turn)


def _rising(moves: Moves, turn: Turn) -> Iterator[Advice]:
    for kind in turn.knowledge.ranked(moves.new)[:1]:
        why = N("Chosen because flags on {client} are rising: {kind}.", client=moves.client, kind=label(turn, kind))
        yield _step(moves.client_id, kind, why, turn)


def _newest(moves: Moves, kinds: Iterable[str], turn: Turn) -> Iterator[Advice]:
    for kind in turn.knowledge.ranked(kinds)[:1]:
        why = N("Chosen because this is new with {client}: {kind}.", client=moves.client, kind=label(turn, kind))
        yield _first_step(kind, why, turn)


def _new(week: Week, turn: Turn) -> Iterator[Advice]:
    for moves in week.fresh:
        yield from _newest(moves, moves.new.keys() & moves.open.keys(), turn)


def _lasting(week: Week, turn: Turn) -> Iterator[Advice]:
    for entry in week.ranked:
        for kind in turn.knowledge.ranked(entry.counts)[:1]:
            why = N("Chosen because {client} stands first: {kind}.", client=entry.client, kind=label(turn, kind))
            yield _step(entry.client_id, kind, why, turn)


def _settled(week: Week, turn: Turn) -> Iterator[Advice]:
    for moves in week.better:
        for kind in turn.knowledge.ranked(moves.settled)[:1]:
            process = turn.knowledge.playbook(kind, turn.language).prevent.process
            why = N("Chosen because {client} was settled, so that it stays so: {kind}.",
                client=moves.client, kind=label(turn, kind))  # fmt: skip
            yield from (Advice(text, f"{kind}.prevent.process.1", why) for text in process[:1])


def _principle(week: Week, turn: Turn) -> Iterator[Advice]:
    """Another one each quiet week."""
    principles = turn.knowledge.principles.principles
    if principles:
        chosen = principles[week.span.until.isocalendar().week % len(principles)]
        text, why = words_for(chosen.texts, turn.language), N("Chosen because the week was quiet.")
        yield Advice(text, f"principles.{chosen.id}", why)


def _first_step(kind: str, why: Message, turn: Turn) -> Advice:
    return Advice(turn.knowledge.playbook(kind, turn.language).do_now[0], f"{kind}.do_now.1", why)


def _step(client_id: int, kind: str, why: Message, turn: Turn) -> Advice:
    """Where the client stands on the ladder, as the advice on it says too."""
    found = turn.store.flags.that_count(client_id, turn.now - LATELY)
    flags = [flag for flag in (*found.settled, *found.open) if flag.archetype == kind]
    place = rung(turn.knowledge.archetypes[kind], flags, turn.now)
    words = turn.knowledge.playbook(kind, turn.language).escalate
    if place is None or words is None:
        return _first_step(kind, why, turn)
    step = place.now.step
    return Advice(words.steps[step], f"{kind}.escalate.{step}", why)
