"""Statements compiled once: on the path of a command SQLAlchemy's execution machinery costs more than the database.

A `Statement` keeps the SQL text, the order of its values and the type conversions for each dialect, and
talks to the driver's cursor inside the session's own transaction. `make bench` shows what it saves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Insert, SelectBase, Update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.types import TypeEngine

Row = dict[str, Any]
Converter = Callable[[Any], Any]
Convert = Converter | None


class _Form(NamedTuple):
    sql: str
    order: tuple[tuple[str, Convert], ...]
    fixed: Mapping[str, Any]
    columns: tuple[str, ...]
    converted: tuple[tuple[int, Converter], ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        known = {**self.fixed, **given} if self.fixed else given
        return [convert(known[name]) if convert else known[name] for name, convert in self.order]

    def read(self, found: Sequence[Any]) -> Sequence[Any]:
        if not self.converted:
            return found
        row = list(found)
        for place, convert in self.converted:
            row[place] = convert(row[place])
        return row


class Statement:
    """A select, or an insert or update with RETURNING; its named values are given at each run.

    An insert that is `or_nothing` adds no row, and returns none, where a unique constraint forbids it.
    """

    def __init__(self, clause: SelectBase | Insert | Update, *, or_nothing: bool = False) -> None:
        self._clause = clause
        self._or_nothing = or_nothing
        self._forms: dict[str, _Form] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        """All rows, as dictionaries by column name."""
        return self.run(connection.connection.cursor(), connection.dialect, values)

    def run(self, cursor: DBAPICursor, dialect: Dialect, values: Mapping[str, Any]) -> list[Row]:
        """The same on a cursor of the driver, which may be used again."""
        columns = self._form(dialect).columns
        return [dict(zip(columns, row, strict=True)) for row in self.tuples(cursor, dialect, values)]

    def tuples(self, cursor: DBAPICursor, dialect: Dialect, values: Mapping[str, Any]) -> list[Sequence[Any]]:
        """The same with the values in the order of the columns, for a record that has them in that order."""
        form = self._form(dialect)
        cursor.execute(form.sql, form.values(values))
        return [form.read(found) for found in cursor.fetchall()]

    def _form(self, dialect: Dialect) -> _Form:
        return self._forms.get(dialect.name) or self._compiled(dialect)

    def _compiled(self, dialect: Dialect) -> _Form:
        compiled = self._clause.compile(dialect=dialect)
        names = tuple(compiled.positiontup or ())
        order = tuple((name, _given(compiled.binds[name].type, dialect)) for name in names)
        columns = {column.key or "": _found(column.type, dialect) for column in self._clause.exported_columns}
        converted = tuple((place, convert) for place, convert in enumerate(columns.values()) if convert)
        fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
        sql = str(compiled)
        if self._or_nothing:
            # Both databases spell it alike, but SQLAlchemy only has it in each dialect.
            sql = sql.replace(" RETURNING ", " ON CONFLICT DO NOTHING RETURNING ")
        form = self._forms[dialect.name] = _Form(sql, order, fixed, tuple(columns), converted)
        return form


def _given(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return _remembering(convert, f"{dialect.name} {kind!r}") if convert else None


def _found(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    convert = kind.dialect_impl(dialect).result_processor(dialect, None)
    return _remembering(convert, f"{dialect.name} {kind!r} found") if convert else None


def _remembering(convert: Converter, kind: str) -> Converter:
    """One moment is written and read many times within a command: convert it once for all columns of its kind."""
    return _REMEMBERING.setdefault(kind, lru_cache(maxsize=512)(convert))


_REMEMBERING: dict[str, Converter] = {}
