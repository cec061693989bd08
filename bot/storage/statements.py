"""Statements compiled once: on the path of a command SQLAlchemy's execution machinery costs more than the database.

A `Statement` keeps the SQL text, the order of its values and the type conversions for each dialect, and
talks to the driver's cursor inside the session's own transaction. `make bench` shows what it saves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, SelectBase
from sqlalchemy.types import TypeEngine

Row = dict[str, Any]
Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Form:
    sql: str
    order: tuple[tuple[str, Convert], ...]
    fixed: Mapping[str, Any]
    columns: tuple[tuple[str, Convert], ...]

    def values(self, given: Mapping[str, Any]) -> tuple[Any, ...]:
        known = {**self.fixed, **given}
        return tuple([convert(known[name]) if convert else known[name] for name, convert in self.order])

    def row(self, found: Sequence[Any]) -> Row:
        pairs = zip(self.columns, found, strict=True)
        return {name: convert(value) if convert else value for (name, convert), value in pairs}


class Statement:
    """A select, or an insert with RETURNING; its named values are given at each run.

    An insert that is `or_nothing` adds no row, and returns none, where a unique constraint forbids it.
    """

    def __init__(self, clause: SelectBase | Insert, *, or_nothing: bool = False) -> None:
        self._clause = clause
        self._or_nothing = or_nothing
        self._forms: dict[str, _Form] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        """All rows, as dictionaries by column name."""
        form = self._forms.get(connection.dialect.name) or self._compiled(connection.dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(form.sql, form.values(values))
            return [form.row(found) for found in cursor.fetchall()]
        finally:
            cursor.close()

    def _compiled(self, dialect: Dialect) -> _Form:
        compiled = self._clause.compile(dialect=dialect)
        names = tuple(compiled.positiontup or ())
        order = tuple((name, _remembering(_given(compiled.binds[name].type, dialect))) for name in names)
        columns = tuple(
            (column.key or "", _remembering(_found(column.type, dialect))) for column in self._clause.exported_columns
        )
        fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
        sql = str(compiled)
        if self._or_nothing:
            # Both databases spell it alike, but SQLAlchemy only has it in each dialect.
            sql = sql.replace(" RETURNING ", " ON CONFLICT DO NOTHING RETURNING ")
        form = self._forms[dialect.name] = _Form(sql, order, fixed, columns)
        return form


def _given(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _found(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _remembering(convert: Convert) -> Convert:
    """One moment is written and read many times within a command: convert it once."""
    return lru_cache(maxsize=512)(convert) if convert else None
