"""Answers "which first?" from what was told in the thread, or of the clients that are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.advice.case import ALSO, Case, case_for
from bot.advice.first import FIRST, first_card
from bot.commands import Turn
from bot.features.heard import Heard
from bot.features.ranking import ranked_by_need
from bot.records import Subject
from bot.reply import Reply

MOST = 4


def asks_first(heard: Heard) -> bool:
    """Whether a text asks which of several comes first, whatever else it says."""
    return FIRST in heard.asked.ids


def which_first(heard: Heard, turn: Turn) -> Reply | None:
    """The order of what was told before; None to what asks something else, or tells of the troubles itself."""
    if not asks_first(heard) or not heard.asked.is_nearly_all or heard.reading.signs:
        return None
    return first_card(_cases(heard, turn), turn)


def first_of_named(heard: Heard, told: Sequence[Case], turn: Turn) -> Reply | None:
    """The same where a text tells of some of the clients that it names: of the others what is known counts."""
    if not asks_first(heard) or len(heard.clients) <= 1 or heard.reading.signs:
        return None
    known = {case.client: case for case in _cases(heard, turn)}
    return first_card([*(known | {case.client: case for case in told}).values()], turn)


def _cases(heard: Heard, turn: Turn) -> list[Case]:
    """What is known of each client that is named, else of each that was talked of, else, in private, is flagged."""
    told: dict[int | None, Subject] = {subject.client_id: subject for subject in _subjects(turn)[:MOST]}
    if heard.clients:
        told = {client.id: told.get(client.id, Subject(client.id, ())) for client in heard.clients}
    elif not told and turn.may_see_clients and not turn.is_public:
        told = {one.client_id: Subject(one.client_id, tuple(one.counts)) for one in ranked_by_need(turn)[:MOST]}
    return [case for case in (_case(subject, turn) for subject in told.values()) if case and case.archetypes]


def _subjects(turn: Turn) -> list[Subject]:
    """What was said of the clients of the thread, and of one that it never named."""
    if turn.is_outsiders:
        return []
    now, others = turn.talked_of(), turn.spoken_of()
    return [now, *others] if now.archetypes and now.client_id is None else others


def _case(subject: Subject, turn: Turn) -> Case | None:
    client = turn.store.clients.by_id(subject.client_id) if subject.client_id else None
    if subject.client_id and client is None:
        return None
    kinds = turn.knowledge.ranked([*subject.archetypes, *dict(subject.stated).get(ALSO, "").split()])
    case = case_for(turn, client, kinds)
    return replace(case, archetypes=tuple(kinds) or case.archetypes)
