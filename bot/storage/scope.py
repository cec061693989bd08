"""One unit of work in one workspace: where every statement runs, and the journal of what it changed.

There is no query without a scope, so there is no query without a workspace.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Delete, Insert, Select, Table, Update, bindparam, delete, insert, select, update
from sqlalchemy.engine import CursorResult, RowMapping
from sqlmodel import Session, SQLModel

Row = Mapping[str, Any]
CHUNK = 5_000


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]  # SQLModel declares it at run time only


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after. `before` None: inserted; `after` empty: deleted; `ids`: rows given to another client."""

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

    def rows(self, statement: Select[Any], **values: object) -> Sequence[RowMapping]:
        """All rows of a select on this workspace; the statement names `:workspace_id`."""
        return self.execute(statement, values).mappings().all()

    def row(self, statement: Select[Any], **values: object) -> RowMapping | None:
        """The first row, if any."""
        return self.execute(statement, values).mappings().first()

    def execute(self, statement: Select[Any] | Insert | Update | Delete, values: Row) -> CursorResult[Any]:
        """Run a Core statement on this unit's connection, with the workspace's id among its values."""
        return self.session.connection().execute(statement, {"workspace_id": self.workspace_id, **values})

    def insert(self, table: Table, **values: object) -> int:
        """Add a row and journal it; the new row's id."""
        row = {**_defaults(table), "workspace_id": self.workspace_id, **values}
        result = self.session.connection().execute(_insert_into(table), row)
        new_id = int((result.inserted_primary_key or (0,))[0])
        self.changes.append(Change(table.name, new_id, None, digest(row)))
        return new_id

    def update(self, table: Table, row_id: int, **values: object) -> None:
        """Change columns of a row and journal what they were."""
        before = self.row(_by_id(table), row_id=row_id)
        if before is None:
            raise LookupError(table.name)
        old = {name: before[name] for name in values}
        self.execute(table.update().where(table.c.id == row_id, table.c.workspace_id == self.workspace_id), values)
        self.changes.append(Change(table.name, row_id, _plain(old), digest(values)))

    def delete(self, table: Table, row_id: int) -> None:
        """Remove a row and journal it whole."""
        before = self.row(_by_id(table), row_id=row_id)
        if before is None:
            raise LookupError(table.name)
        self.execute(delete(table).where(table.c.id == row_id, table.c.workspace_id == self.workspace_id), {})
        self.changes.append(Change(table.name, row_id, _plain(dict(before)), ""))

    def repoint(self, table: Table, client_id: int, into: int) -> None:
        """Give all rows of one client to another, as one change."""
        mine = (table.c.workspace_id == self.workspace_id, table.c.client_id == client_id)
        ids = tuple(self.session.connection().execute(select(table.c.id).where(*mine)).scalars())
        if ids:
            self.execute(update(table).where(*mine).values(client_id=into), {})
            self.changes.append(Change(table.name, into, {"client_id": client_id}, "", ids))

    def journal(self) -> str:
        """The changes so far as JSON, empty when there are none."""
        return json.dumps([asdict(change) for change in self.changes]) if self.changes else ""


def digest(values: Row) -> str:
    """A fingerprint of a row's values: enough to see a later change, without keeping the words."""
    plain = json.dumps(_plain(values), sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _plain(values: Row) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


@cache
def _defaults(table: Table) -> dict[str, Any]:
    scalars = {column.name: getattr(column.default, "arg", None) for column in table.c}
    return {name: value for name, value in scalars.items() if name != "id"}


@cache
def _by_id(table: Table) -> Select[Any]:
    own = table.c.workspace_id == bindparam("workspace_id")
    return select(table).where(table.c.id == bindparam("row_id"), own)


@cache
def _insert_into(table: Table) -> Insert:
    return insert(table)
