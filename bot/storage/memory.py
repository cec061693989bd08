"""Short-lived state as rows: what a thread is about, and commands that wait for a choice."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, delete, select

from bot.events import Command, Place
from bot.records import Subject
from bot.storage.clients import PENDING, SPOKEN_OF, SUBJECTS
from bot.storage.scope import Scope
from bot.storage.statements import Row, Statement

HELD_FOR = timedelta(days=1)
# Somebody who comes back after that starts anew; a direct message is one thread for ever.
TALKED_OF_FOR = timedelta(days=14)
_THREAD = (
    SUBJECTS.c.workspace_id == bindparam("workspace_id"),
    SUBJECTS.c.channel == bindparam("in_channel"),
    SUBJECTS.c.thread == bindparam("in_thread"),
)
_SUBJECT = Statement(
    select(*(column for column in SUBJECTS.c if column.name not in ("workspace_id", "thread"))).where(*_THREAD)
)
_SPOKEN = (
    select(SPOKEN_OF)
    .where(
        SPOKEN_OF.c.workspace_id == bindparam("workspace_id"),
        SPOKEN_OF.c.channel == bindparam("in_channel"),
        SPOKEN_OF.c.thread == bindparam("in_thread"),
    )
    .order_by(SPOKEN_OF.c.updated_at.desc(), SPOKEN_OF.c.id.desc())
)
_SPOKEN_OF = Statement(_SPOKEN)
_SUBJECT_OF = Statement(_SPOKEN.where(SPOKEN_OF.c.client_id == bindparam("of_client")))
_HELD = Statement(
    select(PENDING).where(
        PENDING.c.id == bindparam("held_id"),
        PENDING.c.workspace_id == bindparam("workspace_id"),
        PENDING.c.user_id == bindparam("by_user"),
        PENDING.c.created_at > bindparam("since"),
    )
)


class Held(NamedTuple):
    """A command that was kept: its name, arguments and evidence."""

    name: str
    args: dict[str, str]
    evidence: str


class Threads:
    """What each thread is about; of its messages' words only the values that letters need."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def subject(self, place: Place) -> Subject:
        """The subject of the thread at a place; empty when it has none yet, or none of late. A delay goes on since."""
        return self._subject(self._row(place))

    def subject_of(self, place: Place, client_id: int) -> Subject:
        """The same of one client that was talked of there, whatever came after it."""
        return self._subject(self._row_of(place, client_id))

    def subjects(self, place: Place) -> list[Subject]:
        """What was said there of late of each client, the last talked of first."""
        rows = self._scope.rows(_SPOKEN_OF, in_channel=place.channel, in_thread=place.thread)
        last: dict[int, Row] = {}
        for row in rows:
            # Of two that were merged the last word counts.
            last.setdefault(row["client_id"], row)
        return [told for row in last.values() if (told := self._subject(row)).archetypes]

    def _subject(self, row: Row | None) -> Subject:
        if row is None or row["updated_at"] < self._scope.now - TALKED_OF_FOR:
            return Subject(None, ())
        days = None if row["days"] is None else row["days"] + (self._scope.now - row["updated_at"]).days
        stated = tuple(json.loads(row["stated"] or "{}").items())
        words = (row[name] or "" for name in ("danger", "tone", "channel_asked", "language"))
        danger, tone, channel, language = words
        return Subject(
            row["client_id"], tuple(row["archetypes"].split()), days, danger, tone, channel, language, stated
        )

    def remember(self, place: Place, subject: Subject) -> None:
        """Note what the thread at a place is about now, and what it says of that client."""
        values: dict[str, Any] = {
            "client_id": subject.client_id,
            "archetypes": " ".join(subject.archetypes),
            "days": subject.days,
            "danger": subject.danger,
            "tone": subject.tone,
            "channel_asked": subject.channel,
            "language": subject.language,
            "stated": json.dumps(dict(subject.stated)) if subject.stated else None,
            "updated_at": self._scope.now,
        }
        self._put(SUBJECTS, self._row(place), place, values)
        if subject.client_id:
            self._put(SPOKEN_OF, self._row_of(place, subject.client_id), place, values)

    def _put(self, table: Table, row: Row | None, place: Place, values: dict[str, Any]) -> None:
        if row:
            own = (table.c.id == row["id"], table.c.workspace_id == self._scope.workspace_id)
            self._scope.execute(table.update().where(*own), values)
        else:
            self._scope.add(table, **values, channel=place.channel, thread=place.thread)

    def _row(self, place: Place) -> Row | None:
        return self._scope.row(_SUBJECT, in_channel=place.channel, in_thread=place.thread)

    def _row_of(self, place: Place, client_id: int) -> Row | None:
        return self._scope.row(_SUBJECT_OF, in_channel=place.channel, in_thread=place.thread, of_client=client_id)


class HeldCommands:
    """Commands that wait until their author says which client was meant; for a day at most."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def hold(self, command: Command) -> int:
        """Keep a command; the id under which it can be taken."""
        scope = self._scope
        old = (PENDING.c.workspace_id == scope.workspace_id, PENDING.c.created_at < scope.now - HELD_FOR)
        scope.execute(delete(PENDING).where(*old), {})
        values = {"user_id": scope.user_id, "name": command.name, "args": json.dumps(dict(command.args))}
        return scope.add(PENDING, **values, evidence=command.evidence, created_at=scope.now)

    def take(self, held_id: int) -> Held | None:
        """The actor's own held command, which is then gone."""
        scope = self._scope
        row = scope.row(_HELD, held_id=held_id, by_user=scope.user_id, since=scope.now - HELD_FOR)
        if row is None:
            return None
        scope.execute(delete(PENDING).where(PENDING.c.id == row["id"]), {})
        return Held(row["name"], json.loads(row["args"]), row["evidence"])
