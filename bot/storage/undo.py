"""Takes back what a journal recorded: exactly, or not at all."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.storage.clients import CLIENTS, LESSONS, NAMES, SPOKEN_OF, SUBJECTS
from bot.storage.scope import CHUNK, Scope, is_unchanged
from bot.storage.statements import Statement

_NAMELESS = Statement(
    select(CLIENTS.c.id).where(
        CLIENTS.c.id == bindparam("client_id"),
        CLIENTS.c.workspace_id == bindparam("workspace_id"),
        ~exists().where(NAMES.c.client_id == CLIENTS.c.id, NAMES.c.name == CLIENTS.c.name),
    )
)


class ChangedSinceError(Exception):
    """Somebody changed the same rows after; undoing would lose that."""


def undo(scope: Scope, journal: str) -> None:
    """Apply the journal backwards within the unit of work."""
    try:
        for change in reversed(json.loads(journal)):
            _take_back(scope, SQLModel.metadata.tables[change["table"]], change)
    except IntegrityError as error:
        raise ChangedSinceError from error


def _take_back(scope: Scope, table: Table, change: dict[str, Any]) -> None:
    before = {name: _typed(table, name, value) for name, value in (change["before"] or {}).items()}
    if change["ids"]:
        _give_back(scope, table, change, before["client_id"])
    elif change["before"] is None:
        _remove(scope, table, change)
    elif change["after"]:
        _restore(scope, table, change, before)
    else:
        scope.execute(insert(table), before)


def _give_back(scope: Scope, table: Table, change: dict[str, Any], client_id: int) -> None:
    moved = 0
    for start in range(0, len(change["ids"]), CHUNK):
        ids = change["ids"][start : start + CHUNK]
        mine = (table.c.workspace_id == scope.workspace_id, table.c.client_id == change["id"], table.c.id.in_(ids))
        moved += scope.execute(update(table).where(*mine).values(client_id=client_id), {}).rowcount
    # A thread may have gone on to another subject meanwhile, a question may have been let go: no reason to refuse.
    if moved != len(change["ids"]) and table not in (SUBJECTS, SPOKEN_OF, LESSONS):
        raise ChangedSinceError
    if table is NAMES and scope.row(_NAMELESS, client_id=change["id"]):
        raise ChangedSinceError


def _remove(scope: Scope, table: Table, change: dict[str, Any]) -> None:
    row = _current(scope, table, change["id"])
    given = {name: value for name, value in row.items() if name != "id"}
    if not is_unchanged(given, change["after"]):
        raise ChangedSinceError
    scope.execute(delete(table).where(table.c.id == change["id"], table.c.workspace_id == scope.workspace_id), {})


def _restore(scope: Scope, table: Table, change: dict[str, Any], before: dict[str, Any]) -> None:
    row = _current(scope, table, change["id"])
    if not is_unchanged({name: row[name] for name in before}, change["after"]):
        raise ChangedSinceError
    mine = (table.c.id == change["id"], table.c.workspace_id == scope.workspace_id)
    scope.execute(update(table).where(*mine), before)


def _current(scope: Scope, table: Table, row_id: int) -> dict[str, Any]:
    row = scope.by_id(table, row_id)
    if row is None:
        raise ChangedSinceError
    return row


def _typed(table: Table, name: str, value: Any) -> Any:
    is_time = isinstance(table.c[name].type, UTCDateTime)
    return datetime.fromisoformat(value) if is_time and value is not None else value
