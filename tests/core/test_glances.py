"""Glances: a few rows are read where they are asked for, and what takes longer keeps nobody waiting."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.commands import Registry
from bot.events import Command, Place, User
from bot.router import Router
from bot.storage.database import Database, StorageError, T, Work
from bot.storage.sqlite import SqliteDatabase
from tests.contract.teams import Member, a_flag
from tests.support import new_database, running_bot

COUNTED = "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n WHERE x < {}) SELECT count(*) FROM n"


async def _counted(database: Database, most: int) -> tuple[int, list[str]]:
    threads: list[str] = []

    def count(session: Session) -> int:
        threads.append(threading.current_thread().name)
        row = session.connection().exec_driver_sql(COUNTED.format(most)).one()
        return int(row[0])

    return await database.glance(count), threads


async def test_a_few_rows_are_read_at_once_and_many_by_the_reader(file: SqliteDatabase) -> None:
    here = threading.current_thread().name
    assert await _counted(file, 100) == (100, [here])
    assert await _counted(file, 100_000) == (100_000, [here, "chao-reader"])
    assert await _counted(file, 100) == (100, [here])


async def test_what_is_short_is_read_at_once_however_often(file: SqliteDatabase) -> None:
    counted = [await _counted(file, 200) for _ in range(200)]
    assert {thread for _, threads in counted for thread in threads} == {threading.current_thread().name}


async def test_a_glance_sees_what_was_written_just_now_and_waits_for_no_writer(file: SqliteDatabase) -> None:
    ana = Member(file)
    client = await ana.does(lambda store: store.clients.create("Acme"))
    other = sqlite3.connect(file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM clients")
    seen = await file.glance(lambda session: session.connection().exec_driver_sql("SELECT name FROM clients").all())
    other.execute("ROLLBACK")
    other.close()
    assert [(client.name,)] == [tuple(row) for row in seen]


async def test_what_is_locked_is_waited_for_by_the_reader(file: SqliteDatabase) -> None:
    await Member(file).does(lambda store: store.clients.create("Acme"))
    threads: list[str] = []

    def look(_: Session) -> int:
        threads.append(threading.current_thread().name)
        if len(threads) == 1:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return 1

    assert await file.glance(look) == 1
    assert threads[1:] == ["chao-reader"]


async def test_what_a_glance_raises_is_raised_and_the_next_is_well(file: SqliteDatabase) -> None:
    with pytest.raises(ZeroDivisionError):
        await file.glance(lambda _: 1 // 0)
    assert await file.glance(lambda _: 1) == 1


async def test_a_closed_database_is_glanced_at_no_more(tmp_path: Path) -> None:
    database = new_database(tmp_path / "chao.db")
    await database.close()
    with pytest.raises(StorageError):
        await database.glance(lambda _: 1)


async def test_a_glance_leaves_nothing_behind(file: SqliteDatabase) -> None:
    ana = Member(file)
    client = await ana.does(lambda store: store.clients.create("Acme"))
    await ana.does(lambda store: store.flags.add(a_flag(client.id)))

    def meddle(session: Session) -> None:
        session.connection().exec_driver_sql("DELETE FROM flags")

    await file.glance(meddle)
    count = await file.read(lambda session: session.connection().exec_driver_sql("SELECT count(*) FROM flags").scalar())
    assert count == 1


class Noting:
    """A database that notes how it was asked."""

    def __init__(self, database: Database) -> None:
        self._database, self.close, self.asked = database, database.close, list[str]()

    async def read(self, work: Work[T]) -> T:
        """Note it, and pass it on."""
        self.asked.append("read")
        return await self._database.read(work)

    async def glance(self, work: Work[T]) -> T:
        """Note it, and pass it on."""
        self.asked.append("glance")
        return await self._database.glance(work)

    async def write(self, work: Work[T]) -> T:
        """Note it, and pass it on."""
        self.asked.append("write")
        return await self._database.write(work)

    async def jot(self, work: Work[T]) -> T:
        """Note it, and pass it on."""
        self.asked.append("jot")
        return await self._database.jot(work)


async def test_no_text_is_understood_and_no_list_is_made_while_everybody_waits(tmp_path: Path) -> None:
    async with running_bot(tmp_path / "chao.db") as bot:
        noting = Noting(bot.services.database)
        router = Router(replace(bot.services, database=noting), Registry(bot.commands, bot.actions, bot._answer))
        for name, args in (
            ("flag", {"client": "acme", "archetype": "mala-paga"}),
            ("show", {"client": "acme"}),
            ("resolve", {"client": "acme"}),
            ("list", {}),
            ("advice", {"subject": "acme", "question": "they want another project"}),
        ):
            await router.dispatch(Command("e", User("ana"), Place("console:t", "c", "console"), name, args))
    assert noting.asked == ["jot", "glance", "write", "read", "read"]
