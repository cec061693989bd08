"""Chooses the one piece of advice of a summary from the knowledge, and says why it was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from bot.advice.case import LATELY
from bot.advice.ladder import rung
from bot.commands import Turn
from bot.features.common import label
from bot.i18n.messages import Message, N
from bot.knowledge.schema import words_for
from bot.summary.week import Trend, Week


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
        if moves.trend is Trend.SEVERAL and (both := turn.knowledge.combination(moves.open)):
            kinds = [label(turn, name) for name in both.archetypes]
            why = N("Chosen because {client} now has two kinds at once: {kinds}.", client=moves.client, kinds=kinds)
            yield Advice(words_for(both.texts, turn.language), f"combinations.{both.id}", why)
        for kind in turn.knowledge.ranked(moves.again or moves.open)[:1]:
            said = {"client": moves.client, "kind": label(turn, kind)}
            again = N("Chosen because it happened again with {client}: {kind}.", **said)
            rising = N("Chosen because flags on {client} are rising: {kind}.", **said)
            yield _step(moves.client_id, kind, again if moves.again else rising, turn)


def _new(week: Week, turn: Turn) -> Iterator[Advice]:
    for moves in week.fresh:
        for kind in turn.knowledge.ranked(name for name in moves.new if name in moves.open)[:1]:
            why = N("Chosen because this is new with {client}: {kind}.", client=moves.client, kind=label(turn, kind))
            yield _first_step(kind, why, turn)


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
