"""Jotting down: a few rows are written where they are asked for, and nobody waits for a lock or a slow disk."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.storage.database import StorageError
from bot.storage.jotting import AT_ONCE, PAUSE_SECONDS, SLOW_SECONDS, Jotter
from bot.storage.sqlite import JOTTED_A_LOG, SqliteDatabase
from bot.storage.worker import Job, Worker
from tests.contract.teams import Member, flags
from tests.core.test_glances import COUNTED
from tests.support import new_database

HERE, WRITER = "MainThread", "chao-writer"


def _event(number: int, threads: list[str] | None = None) -> Callable[[Session], int]:
    def unit(session: Session) -> int:
        if threads is not None:
            threads.append(threading.current_thread().name)
        statement = "INSERT INTO workspaces (key, organisation, created_at) VALUES (?, '', '2026-01-01')"
        session.connection().exec_driver_sql(statement, (f"slack:T{number}",))
        return number

    return unit


async def _count(database: SqliteDatabase) -> int:
    def count(session: Session) -> int:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM workspaces").scalar_one())

    return await database.read(count)


async def test_what_comes_together_is_written_here_and_committed_together(file: SqliteDatabase) -> None:
    threads, said = list[str](), list[str]()

    def watched(session: Session) -> int:
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(said.append)
        return 0

    await file.jot(watched)
    said.clear()
    assert await asyncio.gather(*(file.jot(_event(n, threads)) for n in range(AT_ONCE))) == list(range(AT_ONCE))
    assert set(threads) == {HERE}
    assert said.count("COMMIT") == 1
    assert await _count(file) == AT_ONCE


async def test_more_than_are_written_at_once_are_all_written(file: SqliteDatabase) -> None:
    await asyncio.gather(*(file.jot(_event(n)) for n in range(AT_ONCE * 3 + 1)))
    assert await _count(file) == AT_ONCE * 3 + 1


async def test_while_the_writer_is_busy_all_are_written_in_their_order(file: SqliteDatabase) -> None:
    threads, is_free = list[str](), threading.Event()
    first = asyncio.create_task(Member(file).does(lambda _: is_free.wait(10)))
    await asyncio.wait([first], timeout=0)
    second = asyncio.create_task(file.jot(_event(2, threads)))
    await asyncio.wait([second], timeout=0)
    is_free.set()
    assert (await first, await second) == (True, 2)
    assert threads == [WRITER]


async def test_what_is_locked_is_waited_for_by_the_writer_and_by_nobody_else(file: SqliteDatabase) -> None:
    threads = list[str]()
    other = sqlite3.connect(file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    jotting = asyncio.create_task(file.jot(_event(1, threads)))
    await asyncio.wait([jotting], timeout=0)
    assert await _count(file) == 0
    other.execute("ROLLBACK")
    other.close()
    assert await jotting == 1
    assert threads == [WRITER]


async def test_what_is_long_is_written_by_the_writer_and_what_came_along_here(file: SqliteDatabase) -> None:
    threads = list[str]()

    def long(session: Session) -> str:
        session.connection().exec_driver_sql(COUNTED.format(100_000)).one()
        _event(0)(session)
        return threading.current_thread().name

    slow, quick = await asyncio.gather(file.jot(long), file.jot(_event(1, threads)))
    assert (slow, quick, threads[-1]) == (WRITER, 1, HERE)
    assert await _count(file) == 2


async def test_one_that_fails_among_many_fails_alone(file: SqliteDatabase) -> None:
    same = [_event(1), _event(1), _event(2)]
    first, second, third = await asyncio.gather(*map(file.jot, same), return_exceptions=True)
    assert (first, third) == (1, 2)
    assert isinstance(second, Exception)
    assert await _count(file) == 2


async def test_after_a_slow_commit_the_writer_has_everything_for_a_while() -> None:
    times, seconds, here = [0.0], [SLOW_SECONDS * 2], list[int]()

    def write(jobs: Sequence[Job]) -> tuple[float, Sequence[Job]]:
        here.append(len(jobs))
        for job in jobs:
            job.finish("here")
        return seconds[0], ()

    writer = Worker("slow-disk", lambda jobs: ["there" for _ in jobs])
    jotter = Jotter(write, writer, lambda: times[0])
    assert await jotter.submit(lambda _: "") == "here"
    seconds[0] = 0.0
    assert await jotter.submit(lambda _: "") == "there"
    times[0] = PAUSE_SECONDS
    assert await jotter.submit(lambda _: "") == "here"
    await writer.stop()
    with pytest.raises(StorageError):
        await jotter.submit(lambda _: "")


async def test_what_was_accepted_is_finished_before_the_file_is_closed(tmp_path: Path) -> None:
    database = new_database(tmp_path / "chao.db")
    jotting = asyncio.create_task(database.jot(_event(1)))
    await asyncio.wait([jotting], timeout=0)
    await database.close()
    assert await jotting == 1


async def test_the_log_does_not_grow_for_ever(file: SqliteDatabase) -> None:
    log, sizes = file.path.with_name(file.path.name + "-wal"), list[int]()
    for _ in range(4):
        for number in range(JOTTED_A_LOG):
            await Member(file, f"slack:T{number % 9}", jots=True).does(flags("acme", reason=f"inv {number}"))
        await asyncio.gather(*file._shortening)
        sizes.append(log.stat().st_size)
    assert max(sizes) < 2 * sizes[0]
