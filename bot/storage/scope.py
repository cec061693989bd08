"""One unit of work in one workspace: where every statement runs, and the journal of what it changed.

There is no query without a scope, so there is no query without a workspace.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Any, NamedTuple, cast

import orjson
from sqlalchemy import Connection, Delete, Insert, Select, Table, Update, bindparam, delete, insert, select, update
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, SQLModel

from bot.storage.statements import Driver, Row, Statement

CHUNK = 5_000


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]  # SQLModel declares it at run time only


class Change(NamedTuple):
    """A row before and after. `before` None: inserted; `after` empty: deleted; `ids`: rows of another client.

    The names are stored: an undo reads them back.
    """

    table: str
    id: int
    before: dict[str, Any] | None
    after: str
    ids: tuple[int, ...] = ()


@dataclass
class Scope:
    """The session, the workspace, the actor and the clock of one unit of work."""

    session: Session
    workspace_id: int
    now: datetime
    user_id: str
    changes: list[Change] = field(default_factory=list)

    @cached_property
    def connection(self) -> Connection:
        """The connection of this unit's transaction."""
        return self.session.connection()

    @cached_property
    def _driver(self) -> Driver:
        return Driver.of(self.session)

    def rows(self, statement: Statement, **values: object) -> list[Row]:
        """All rows of a statement on this workspace; the statement names `:workspace_id`."""
        values["workspace_id"] = self.workspace_id
        return statement.run(self._driver, values)

    def tuples(self, statement: Statement, **values: object) -> list[Sequence[Any]]:
        """The same with each row's values in the order of the statement's columns."""
        values["workspace_id"] = self.workspace_id
        return statement.tuples(self._driver, values)

    def row(self, statement: Statement, **values: object) -> Row | None:
        """The first row, if any."""
        found = self.rows(statement, **values)
        return found[0] if found else None

    def execute(self, clause: Select[Any] | Insert | Update | Delete, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Run any Core clause, with the workspace's id among its values."""
        return self.connection.execute(clause, {"workspace_id": self.workspace_id, **values})

    def add(self, table: Table, **values: object) -> int:
        """Add a row that undo does not concern; the new row's id."""
        return self._inserted(table, {**_defaults(table), "workspace_id": self.workspace_id, **values})

    def insert(self, table: Table, **values: object) -> int:
        """Add a row and journal it; the new row's id."""
        row = {**_defaults(table), "workspace_id": self.workspace_id, **values}
        new_id = self._inserted(table, row)
        self.changes.append(Change(table.name, new_id, None, fingerprint(row)))
        return new_id

    def _inserted(self, table: Table, row: Row) -> int:
        return _insert_into(table).added(self._driver, row)

    def by_id(self, table: Table, row_id: int) -> Row | None:
        """A row of this workspace by its id."""
        return self.row(_by_id(table), row_id=row_id)

    def update(self, table: Table, row_id: int, **values: object) -> None:
        """Change columns of a row and journal what they were."""
        before = self.by_id(table, row_id)
        if before is None:
            raise LookupError(table.name)
        old = {name: before[name] for name in values}
        self.execute(table.update().where(table.c.id == row_id, table.c.workspace_id == self.workspace_id), values)
        self.changes.append(Change(table.name, row_id, old, fingerprint(values)))

    def delete(self, table: Table, row_id: int) -> None:
        """Remove a row and journal it whole."""
        before = self.by_id(table, row_id)
        if before is None:
            raise LookupError(table.name)
        self.execute(delete(table).where(table.c.id == row_id, table.c.workspace_id == self.workspace_id), {})
        self.changes.append(Change(table.name, row_id, before, ""))

    def repoint(self, table: Table, client_id: int, into: int) -> None:
        """Give all rows of one client to another, as one change."""
        mine = (table.c.workspace_id == self.workspace_id, table.c.client_id == client_id)
        ids = tuple(self.connection.execute(select(table.c.id).where(*mine)).scalars())
        if ids:
            self.execute(update(table).where(*mine).values(client_id=into), {})
            self.changes.append(Change(table.name, into, {"client_id": client_id}, "", ids))

    def journal(self) -> str:
        """The changes so far as JSON, empty when there are none."""
        return orjson.dumps([change._asdict() for change in self.changes]).decode() if self.changes else ""


def fingerprint(values: Mapping[str, Any]) -> str:
    """Of a row's values: enough to see a later change, without keeping the words."""
    return f"{_FORM}{_hashed(orjson.dumps(values, option=orjson.OPT_SORT_KEYS))}"


def is_unchanged(values: Mapping[str, Any], known: str) -> bool:
    """Whether a row's values still have this fingerprint, which may be of a version that wrote JSON otherwise."""
    first = _hashed(_encode(sorted(values.items())).encode("utf-8", "surrogatepass"))
    return known in (fingerprint(values), first)


def _hashed(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


# Fingerprints are stored: another way to write JSON would make all of them wrong. The first form had no mark.
_FORM = "2:"
_encode = json.JSONEncoder(ensure_ascii=False, default=_as_text).encode


@cache
def _defaults(table: Table) -> dict[str, Any]:
    scalars = {column.name: getattr(column.default, "arg", None) for column in table.c}
    return {name: value for name, value in scalars.items() if name != "id"}


@cache
def _by_id(table: Table) -> Statement:
    own = table.c.workspace_id == bindparam("workspace_id")
    return Statement(select(table).where(table.c.id == bindparam("row_id"), own))


@cache
def _insert_into(table: Table) -> Statement:
    values = {column.name: bindparam(column.name, type_=column.type) for column in table.c if column.name != "id"}
    return Statement(insert(table).values(values).returning(table.c.id))
