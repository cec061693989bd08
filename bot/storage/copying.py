"""All data from one database to an empty one of either kind: whole and compared, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Table, func, insert, select, text
from sqlalchemy.util import greenlet_spawn
from sqlmodel import SQLModel

from bot.storage.database import StorageError, T
from bot.storage.location import Location
from bot.storage.migrate import revisions

ROWS_AT_ONCE = 1_000
_WIDTH = 2**64


class NotCopiedError(Exception):
    """Why nothing was copied, and what to do about it; for the operator."""


class Copied(NamedTuple):
    """What a table holds on both sides. `checksum` is of all its rows, in any order."""

    name: str
    rows: int
    checksum: str


async def copied(source: Location, target: Location) -> list[Copied]:
    """Copy every row, compare both sides, and carry on the counters of ids. Raises `NotCopiedError`."""
    newest, found = revisions()[-1], await _asked(source, source.revision())
    if found is None:
        raise NotCopiedError(f"there is no database at {source.name}")
    if found != newest:
        raise NotCopiedError(f"{source.name} is of another version: run `chao db upgrade` on it first")
    if await _asked(target, target.revision()) not in (None, newest):
        raise NotCopiedError(f"{target.name} is of another version: copy to a new database")
    await _asked(target, target.upgrade())
    engines = source.engine(), target.engine()
    try:
        return await greenlet_spawn(_copy, *engines)
    except Exception as error:
        better = target.better(source.better(error))
        if isinstance(better, StorageError):
            raise NotCopiedError(f"a database refused ({better.reason}): {error.__cause__ or error}") from error
        raise
    finally:
        for engine in engines:
            engine.dispose()


async def _asked(location: Location, question: Awaitable[T]) -> T:
    try:
        return await question
    except StorageError as error:
        raise NotCopiedError(f"{location.name} can't be used ({error.reason}): {location.complaint(error)}") from error


def _copy(source: Engine, target: Engine) -> list[Copied]:
    tables = SQLModel.metadata.sorted_tables
    with _one_moment(source) as reading, _alone(target, tables) as writing:
        if full := next((table.name for table in tables if _first(writing, table)), None):
            raise NotCopiedError(f"TO is not empty ({full} has rows): copy to a new database")
        return [_copy_table(table, reading, writing) for table in tables]


def _first(connection: Connection, table: Table) -> object:
    return connection.execute(select(table).limit(1)).first()


@contextmanager
def _one_moment(engine: Engine) -> Iterator[Connection]:
    """A view that stays as it is, whoever writes meanwhile; the moment is that of the first statement."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.name == "postgresql" else {}
    with engine.connect().execution_options(**level) as connection, connection.begin():
        connection.execute(text("SELECT version_num FROM alembic_version"))
        yield connection


@contextmanager
def _alone(engine: Engine, tables: Iterable[Table]) -> Iterator[Connection]:
    """A transaction beside which nobody writes."""
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        if engine.name == "postgresql":
            connection.execute(text(f"LOCK TABLE {', '.join(table.name for table in tables)} IN EXCLUSIVE MODE"))
        yield connection


def _copy_table(table: Table, reading: Connection, writing: Connection) -> Copied:
    given = _Sum()
    for rows in _pages(table, reading):
        writing.execute(insert(table), rows)
        given.add(rows)
    if "id" in table.c:
        _set_counter(table, writing, max(_counter(table, reading), _highest(table, reading)))
    taken = _Sum()
    for rows in _pages(table, writing):
        taken.add(rows)
    if (given.rows, given.total) != (taken.rows, taken.total):
        raise NotCopiedError(f"{table.name} came out different: {given.rows} rows were given, {taken.rows} were found")
    return Copied(table.name, taken.rows, f"{taken.total:016x}")


def _pages(table: Table, connection: Connection) -> Iterator[list[dict[str, Any]]]:
    # By key, so that a row comes after the older one of the same table that it points to.
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_AT_ONCE)
    for page in connection.execute(query).mappings().partitions():
        yield [dict(row) for row in page]


class _Sum:
    """The sum of the rows' fingerprints: the same in any order, for databases sort texts differently."""

    def __init__(self) -> None:
        self.rows = self.total = 0

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            written = json.dumps([str(v) if v is not None else None for v in row.values()], ensure_ascii=False)
            self.total += int.from_bytes(hashlib.blake2b(written.encode(), digest_size=8).digest())
            self.rows += 1
        self.total %= _WIDTH


def _highest(table: Table, connection: Connection) -> int:
    return connection.execute(select(func.max(table.c.id))).scalar() or 0


def _counter(table: Table, connection: Connection) -> int:
    """The highest id that a table ever gave: rows may be gone whose ids must not come back."""
    if connection.dialect.name == "postgresql":
        sequence = connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}).scalar()
        query = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608 - our own table
        return int(connection.execute(text(query)).scalar() or 0)
    if not table.dialect_options["sqlite"]["autoincrement"]:
        return 0
    given = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    return int(given.scalar() or 0)


def _set_counter(table: Table, connection: Connection, highest: int) -> None:
    values = {"name": table.name, "highest": highest}
    if highest == 0:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)"), values)
    elif table.dialect_options["sqlite"]["autoincrement"]:
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :highest)"), values)
