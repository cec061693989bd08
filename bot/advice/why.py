"""Why a card says what it says: the client's flags, and how they and the words of the question weighed."""

from __future__ import annotations

from bot.advice.case import Case
from bot.commands import Turn
from bot.i18n.messages import NN, Message, N
from bot.i18n.speech import Speech
from bot.knowledge.knowledge import Knowledge


def known_as(archetype_id: str, knowledge: Knowledge, speech: Speech) -> str:
    """The id with the folk name of the reader's language, when it is another word."""
    if archetype_id not in knowledge.archetypes:
        return archetype_id
    name = knowledge.playbook(archetype_id, speech.language).nickname
    is_same = name.casefold().replace(" ", "-") == archetype_id
    return archetype_id if is_same else speech.aside(archetype_id, name)


def why(case: Case, turn: Turn) -> str:
    """What is flagged and what that changed; empty where there is no client."""
    if not case.client:
        return ""
    if not case.flags and not case.lead_settled():
        return turn.speech(N("{client} has no open flags: this is general advice.", client=case.client.name))
    said = [_settled(case, turn), _weighing(case, turn) if case.flags else None]
    return "\n".join([_flagged(case.client.name, case, turn), *(turn.speech(line) for line in said if line)])


def _settled(case: Case, turn: Turn) -> Message | None:
    """What was resolved is back where it is flagged again or the words of the question say so."""
    settled = case.lead_settled()
    if not settled:
        return None
    values = {"kind": known_as(case.lead, turn.knowledge, turn.speech), "day": settled[0].closed_at}
    if case.lead_flags() or case.lead in case.likely:
        return N("{kind} was resolved on {day} and is back, which counts as a repetition.", **values)
    return N("{kind} was resolved on {day}. The steps are for when it is back, which counts as a repetition.", **values)


def _flagged(client: str, case: Case, turn: Turn) -> str:
    if not case.flags:
        return turn.speech(N("{client} has no open flags.", client=client))
    kinds = [
        turn.speech(_times(known_as(name, turn.knowledge, turn.speech), sum(f.archetype == name for f in case.flags)))
        for name in turn.knowledge.ranked(flag.archetype for flag in case.flags)
    ]
    text = NN(
        "{client} is flagged {kinds}, on {day}.", "{client} is flagged {kinds}; the oldest flag is from {day}.",
        len(case.flags), client=client, kinds=turn.speech.items(kinds), day=case.flags[0].created_at,
    )  # fmt: skip
    return turn.speech(text)


def _times(kind: str, count: int) -> Message:
    words = {1: N("{kind} once", kind=kind), 2: N("{kind} twice", kind=kind)}
    return words.get(count) or N("{kind} {count} times", kind=kind, count=count)


def _weighing(case: Case, turn: Turn) -> Message | None:
    """`likely` is what the words alone say; a case has none when there was no question, or nothing in it."""
    flagged, first = {flag.archetype for flag in case.flags}, next(iter(case.likely), "")
    if first not in flagged and any(flag.archetype == first for flag in case.settled):
        return None
    if first in case.archetypes:
        unflagged = N("The question is about something that is not flagged yet: {kind}.", kind=_name(first, turn))
        return N("The question alone points there too.") if first in flagged else unflagged
    if not first or case.lead not in flagged or first in flagged:
        return None
    return N(
        "The question alone sounds more like: {kind}. The flags point to: {lead}.",
        kind=_name(first, turn), lead=_name(case.lead, turn),
    )  # fmt: skip


def _name(archetype_id: str, turn: Turn) -> str:
    return turn.knowledge.playbook(archetype_id, turn.language).name
