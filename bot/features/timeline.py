"""A client's history, newest first, in pages; in public its first page, without reasons and notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from bot.commands import Turn
from bot.events import Action
from bot.features.common import client_of_button, label
from bot.features.pages import Place, fitting, gone, leads_on, mark, moment, moment_of, place_of
from bot.i18n.messages import C, Message, N
from bot.records import Client, Flag, Status
from bot.reply import Block, Reply, Section
from bot.storage.flags import Before, Timeline

SHOWN_EVENTS, OLDER = 40, "older"
STATUS: dict[Status, Message] = {
    Status.ACTIVE: C("status", "active"),
    Status.RESOLVED: C("status", "resolved"),
    Status.WITHDRAWN: C("status", "withdrawn"),
    Status.DISPUTED: C("status", "disputed"),
    Status.EXPIRED: C("status", "expired"),
}
_FLAG, _ENDING, _NOTE = range(3)  # in this order, where all are of one moment
_NOW = (16**13 - 1, _NOTE, 0)  # later than all that there is


class _Entry(NamedTuple):
    place: Place
    line: str


def newest(client: Client, history: Timeline, spent: int, turn: Turn) -> Iterator[Block]:
    """As much of a history as fits on a card that has something already; nothing, if there is none."""
    return _page(client, _entries(history, turn), spent, turn)


def older(action: Action, turn: Turn) -> Reply:
    """The page of a history that follows the entry in the button."""
    client_id, _, marked = action.value.partition(":")
    client = client_of_button(turn, client_id)
    place = place_of(marked, len(_NOW))
    at, sort, row = place
    before = Before(moment_of(at), sort, row)
    history = turn.store.flags.before(client.id, before, SHOWN_EVENTS + 1)
    entries = [entry for entry in _entries(history, turn) if entry.place < place]
    if not entries:
        raise gone()
    return Reply(client.name, tuple(_page(client, entries, 0, turn)))


def _page(client: Client, entries: list[_Entry], spent: int, turn: Turn) -> Iterator[Block]:
    lines = [entry.line for entry in entries]
    count = fitting(lines, SHOWN_EVENTS, spent)
    if count:
        yield Section(title=turn.speech(N("History")), items=tuple(lines[:count]))
    if count < len(entries):
        text = turn.speech(N("There are older entries."))
        last = entries[count - 1].place if count else _NOW
        yield Section(text) if turn.is_public else leads_on(text, turn, OLDER, f"{client.id}:{mark(last)}")


def _entries(history: Timeline, turn: Turn) -> list[_Entry]:
    """Newest first."""
    entries = [_entry(flag.created_at, _FLAG, flag.id, _flag_line(flag, turn), turn) for flag in history.made]
    entries += [
        _entry(flag.closed_at, _ENDING, flag.id, _closing_line(flag, turn), turn)
        for flag in history.closed
        if flag.closed_at
    ]
    notes = () if turn.is_public else history.notes
    entries += [
        _entry(note.created_at, _NOTE, note.id, turn.speech(N("note: {text}", text=note.text)), turn) for note in notes
    ]
    return sorted(entries, key=lambda entry: entry.place, reverse=True)


def _entry(at: datetime, sort: int, row: int, line: str, turn: Turn) -> _Entry:
    return _Entry((moment(at), sort, row), f"{turn.speech.day(at)} · {line}")


def _flag_line(flag: Flag, turn: Turn) -> str:
    parts = [f"{label(turn, flag.archetype)} ({turn.speech(STATUS[flag.status(turn.now)])})"]
    if not turn.is_public:
        parts += [part for part in (flag.reason, flag.evidence) if part]
    return " · ".join(parts)


def _closing_line(flag: Flag, turn: Turn) -> str:
    parts = [turn.speech(STATUS[Status(flag.stored_status)]), label(turn, flag.archetype)]
    return " · ".join([*parts, *([flag.closing_note] if flag.closing_note and not turn.is_public else [])])
