"""Finds several clients in one message, each with a trouble of its own."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.case import Case, case_for
from bot.advice.clauses import pieces, says_something, with_second
from bot.advice.weighing import weighed
from bot.commands import Turn
from bot.features.heard import Heard, beside_names
from bot.features.talk import shown
from bot.names import fold
from bot.patterns import late_pattern
from bot.records import Client

MOST, PAIR = 3, 2
# In each clause names are looked up; a text of more is a tale.
_CLAUSES = 24
# What only joins clients: "both Acme and", "Globex too". It has no trouble of its own.
_JOINTS = late_pattern(
    r"\b(?:and|or|nor|but|both|either|neither|too|also|as well|likewise|same|the|is|are|do|does|y|e|o|ni|pero|tanto|"
    r"como|tambien|tampoco|igual|lo mismo|los dos|las dos|ambos)\b|和|跟|与|及|以及|也是|也|都|还有|一样|同样"
)
_SAID = late_pattern(r"\w")


def cases_of(heard: Heard, turn: Turn) -> list[Case]:
    """The case of each client of whom a text about two or more tells plainly, in the order of the text."""
    if not 1 < len(heard.clients) <= MOST or heard.reading.signs:
        return []
    found = (_case(client, words, turn) for client, words in _told_of(heard.text, turn).items())
    return [case for case in found if case]


def _told_of(text: str, turn: Turn) -> dict[Client, str]:
    """The words on each client: a clause that names nobody goes on about the client before it."""
    told: dict[Client, str] = {}
    last, clauses = None, [*pieces(text)]
    if len(clauses) > _CLAUSES:
        return {}
    for words in (part for piece in clauses for part in _before_names(piece, turn)):
        named = turn.store.clients.mentioned(words)
        if not named and _only_asks(words, turn):
            continue
        if len(named) > 1:
            return {}
        last = named[0] if named else last
        if last:
            told[last] = told.get(last, "") + words
    return told


def _only_asks(words: str, turn: Turn) -> bool:
    """Whether a clause asks for something and tells of nobody: ", which first?", ", what do I do?"."""
    asked = turn.reader.asked(words, turn.knowledge)
    return asked.is_nearly_all and bool(shown("follow-up", asked, turn))


def _before_names(piece: str, turn: Turn) -> list[str]:
    """A clause that names two clients, cut before the second name."""
    named, folded = turn.store.clients.mentioned(piece), fold(piece)
    if len(named) != PAIR or len(folded) != len(piece):
        return [piece]
    starts = sorted(start for one in named if (start := folded.find(fold(one.name))) >= 0)
    return [piece[: starts[1]], piece[starts[1] :]] if len(starts) == PAIR else [piece]


def _case(client: Client, words: str, turn: Turn) -> Case | None:
    beside, alone = beside_names(words, [client]), turn.read(words)
    if not _SAID.search(_JOINTS.sub(" ", beside)) or not (alone.is_confident or says_something(beside)):
        return None
    known = weighed(alone, turn.store.flags.open_of(client.id))
    reading = with_second(words, known, lambda text: turn.reader.read(text, turn.knowledge))
    if not reading.is_confident:
        return None
    return replace(case_for(turn, client, reading.archetypes, words), likely=reading.archetypes)
