"""Statements compiled once: on the path of a command SQLAlchemy's execution machinery costs more than the database.

A `Statement` keeps the SQL text, the order of its values and the type conversions for each dialect, and
talks to the driver's cursor inside the session's own transaction. `make bench` shows what it saves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Dialect, Insert, SelectBase, Update, case, literal_column
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

Row = dict[str, Any]
Converter = Callable[[Any], Any]
Convert = Converter | None


_OWN_DRIVER = "driver"


class Driver(NamedTuple):
    """What runs statements in a session's transaction: a cursor of the driver, and how its database spells them."""

    cursor: DBAPICursor
    dialect: Dialect

    @classmethod
    def of(cls, session: Session) -> Driver:
        """The session's own, where it was given one: to make another takes as long as a small query."""
        own = session.info.get(_OWN_DRIVER)
        return own if isinstance(own, Driver) else cls.on(session.connection())

    @classmethod
    def on(cls, connection: Connection) -> Driver:
        """A new one."""
        return cls(connection.connection.cursor(), connection.dialect)

    def belongs_to(self, session: Session) -> None:
        """Be the session's own for as long as it lives: for one that always has the same connection."""
        session.info[_OWN_DRIVER] = self


class _Form(NamedTuple):
    sql: str
    silent: str
    chosen: Callable[[Mapping[str, Any]], Sequence[Any]]
    given: tuple[tuple[int, Converter], ...]
    fixed: Mapping[str, Any]
    columns: tuple[str, ...]
    found: tuple[tuple[int, Converter], ...]

    def values(self, given: Mapping[str, Any]) -> Sequence[Any]:
        return _converted(self.chosen({**self.fixed, **given} if self.fixed else given), self.given)


def _converted(values: Sequence[Any], converters: Sequence[tuple[int, Converter]]) -> Sequence[Any]:
    if not converters:
        return values
    row = list(values)
    for place, convert in converters:
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
        return self.run(Driver.on(connection), values)

    def run(self, driver: Driver, values: Mapping[str, Any]) -> list[Row]:
        """The same with a driver, which may be used again."""
        columns = self._form(driver.dialect).columns
        return [dict(zip(columns, row, strict=True)) for row in self.tuples(driver, values)]

    def tuples(self, driver: Driver, values: Mapping[str, Any]) -> list[Sequence[Any]]:
        """The same with the values in the order of the columns, for a record that has them in that order."""
        form = self._form(driver.dialect)
        driver.cursor.execute(form.sql, form.values(values))
        found = driver.cursor.fetchall()
        return [_converted(row, form.found) for row in found] if form.found else list(found)

    def added(self, driver: Driver, values: Mapping[str, Any]) -> int:
        """The id of the one row that an insert adds."""
        if driver.dialect.name != "sqlite":
            return int(self.tuples(driver, values)[0][0])
        # The driver knows it: SQLite takes half as long again to return a row.
        form = self._form(driver.dialect)
        driver.cursor.execute(form.silent, form.values(values))
        return int(driver.cursor.lastrowid)

    def _form(self, dialect: Dialect) -> _Form:
        return self._forms.get(dialect.name) or self._compiled(dialect)

    def _compiled(self, dialect: Dialect) -> _Form:
        compiled = self._clause.compile(dialect=dialect)
        names = tuple(compiled.positiontup or ())
        given = _placed(_given(compiled.binds[name].type, dialect) for name in names)
        columns = {column.key or "": _found(column.type, dialect) for column in self._clause.exported_columns}
        fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
        sql = str(compiled)
        if self._or_nothing:
            # Both databases spell it alike, but SQLAlchemy only has it in each dialect.
            sql = sql.replace(" RETURNING ", " ON CONFLICT DO NOTHING RETURNING ")
        silent, _, _ = sql.partition(" RETURNING ")
        form = self._forms[dialect.name] = _Form(
            sql, silent, _chooser(names), given, fixed, tuple(columns), _placed(columns.values())
        )  # fmt: skip
        return form


def unindexed(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same condition as no index serves it, where SQLite would choose by it and read more."""
    return case((condition, literal_column("1")), else_=literal_column("0")) == literal_column("1")


def _chooser(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """What picks these values: the quickest way to several of them gives one alone without a row around it."""
    return itemgetter(*names) if len(names) > 1 else lambda known: [known[name] for name in names]


def _placed(converters: Iterable[Convert]) -> tuple[tuple[int, Converter], ...]:
    return tuple((place, convert) for place, convert in enumerate(converters) if convert)


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
