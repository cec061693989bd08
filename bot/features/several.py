"""Finds several clients in one message, each with a trouble of its own."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.case import Case, case_for
from bot.advice.clauses import pieces, says_something, with_second
from bot.advice.weighing import weighed
from bot.commands import Turn
from bot.features.subject import Heard, beside_names
from bot.names import fold
from bot.records import Client

MOST, PAIR = 3, 2


def cases_of(heard: Heard, turn: Turn) -> list[Case]:
    """The case of each client, in the order of the text; empty unless it tells of two or more, and of each plainly."""
    if not 1 < len(heard.clients) <= MOST or heard.reading.signs:
        return []
    told = _told_of(heard.text, turn)
    found = (_case(client, words, turn) for client, words in told.items())
    cases = [case for case in found if case]
    return cases if len(cases) == len(heard.clients) else []


def _told_of(text: str, turn: Turn) -> dict[Client, str]:
    """The words on each client: a clause that names nobody goes on about the client before it."""
    told: dict[Client, str] = {}
    last = None
    for words in (part for piece in pieces(text) for part in _before_names(piece, turn)):
        named = turn.store.clients.mentioned(words)
        if len(named) > 1:
            return {}
        last = named[0] if named else last
        if last:
            told[last] = told.get(last, "") + words
    return told


def _before_names(piece: str, turn: Turn) -> list[str]:
    """A clause that names two clients, cut before the second name."""
    named, folded = turn.store.clients.mentioned(piece), fold(piece)
    if len(named) != PAIR or len(folded) != len(piece):
        return [piece]
    starts = sorted(start for one in named if (start := folded.find(fold(one.name))) >= 0)
    return [piece[: starts[1]], piece[starts[1] :]] if len(starts) == PAIR else [piece]


def _case(client: Client, words: str, turn: Turn) -> Case | None:
    alone = turn.read(words)
    if not alone.is_confident and not says_something(beside_names(words, [client])):
        return None
    known = weighed(alone, turn.store.flags.open_of(client.id))
    reading = with_second(words, known, lambda text: turn.reader.read(text, turn.knowledge))
    if not reading.is_confident:
        return None
    return replace(case_for(turn, client, reading.archetypes, words), likely=reading.archetypes)
