"""Jotting down: a few rows are written where they are asked for, and nobody waits for a lock or a slow disk."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.storage.jotting import TOGETHER, WRITERS_TURN, Jotted, Jotter
from bot.storage.sqlite import JOT_SECONDS, SqliteDatabase
from bot.storage.worker import Job, Worker
from tests.contract.teams import Member, flags
from tests.core.test_glances import COUNTED
from tests.support import new_database

HERE, WRITER = "MainThread", "chao-writer"
MANY = 8


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
    assert await asyncio.gather(*(file.jot(_event(n, threads)) for n in range(MANY))) == list(range(MANY))
    assert set(threads) == {HERE}
    assert said.count("COMMIT") == 1
    assert await _count(file) == MANY


async def test_who_is_a_few_turns_behind_is_waited_for_and_nobody_for_ever() -> None:
    sizes, loop = list[int](), asyncio.get_running_loop()

    def write(jobs: Sequence[Job]) -> Jotted:
        sizes.append(len(jobs))
        for job in jobs:
            job.finish(None)
        return Jotted(len(jobs))

    writer = Worker("idle", lambda jobs: [None for _ in jobs])
    jotter, coming = Jotter(write, writer), list[asyncio.Task[None]]()

    def come(more: int) -> None:
        coming.append(asyncio.create_task(jotter.submit(lambda _: None)))
        if more:
            loop.call_soon(come, more - 1)

    for number in (MANY, 1, 3 * TOGETHER):
        come(number - 1)
        while not all(task.done() for task in coming):
            await asyncio.wait(coming)
    assert sizes[:2] == [MANY, 1]
    assert max(sizes) == TOGETHER
    await writer.stop()


async def test_others_have_their_turn_while_very_many_are_written(file: SqliteDatabase) -> None:
    happened, loop = list[str](), asyncio.get_running_loop()

    def slow(_session: Session) -> None:
        until = time.perf_counter() + JOT_SECONDS
        while time.perf_counter() < until:
            pass
        happened.append("written")
        loop.call_soon(happened.append, "a turn")

    await asyncio.gather(*(file.jot(slow) for _ in range(5)))
    assert happened == ["written", "a turn"] * 5


async def test_all_are_written_in_their_order_whichever_way(file: SqliteDatabase) -> None:
    order = list[int]()

    def noted(number: int) -> Callable[[Session], int]:
        def unit(session: Session) -> int:
            order.append(number)
            return _event(number)(session)

        return unit

    many = WRITERS_TURN + 60
    ways = [file.write if number % 7 == 6 and number < 60 else file.jot for number in range(many)]
    await asyncio.gather(*(way(noted(number)) for number, way in enumerate(ways)))
    assert order == list(range(many))
    assert await _count(file) == many


async def test_while_the_writer_is_busy_nothing_is_written_here(file: SqliteDatabase) -> None:
    order, is_free = list[int](), threading.Event()

    def noted(number: int) -> Callable[[Session], int]:
        def unit(_session: Session) -> int:
            if number == 1:
                is_free.wait(10)
            order.append(number)
            return number

        return unit

    first = asyncio.create_task(file.write(noted(1)))
    await asyncio.wait([first], timeout=0)
    waiting = [asyncio.create_task(file.jot(noted(number))) for number in (2, 3)]
    await asyncio.wait(waiting, timeout=0)
    assert order == []
    is_free.set()
    assert await asyncio.gather(first, *waiting) == [1, 2, 3]
    assert order == [1, 2, 3]


async def test_when_the_writer_has_had_its_turn_the_rest_is_written_here_again(file: SqliteDatabase) -> None:
    threads, numbers = list[str](), iter(range(4 * WRITERS_TURN))

    async def one_after_another() -> None:
        for number in numbers:
            await file.jot(_event(number, threads))

    await asyncio.gather(*(one_after_another() for _ in range(32)))
    assert threads.count(HERE) > 3 * WRITERS_TURN
    assert threads.count(WRITER) > 0


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


async def test_what_is_long_is_written_by_the_writer(file: SqliteDatabase) -> None:
    def long(session: Session) -> str:
        session.connection().exec_driver_sql(COUNTED.format(100_000)).one()
        _event(0)(session)
        return threading.current_thread().name

    assert await file.jot(long) == WRITER
    assert await file.jot(lambda _: threading.current_thread().name) == HERE
    assert await _count(file) == 1


async def test_one_that_fails_among_many_fails_alone_and_keeps_nobody_waiting(file: SqliteDatabase) -> None:
    threads = list[str]()
    units = [_event(1, threads), _event(1, threads), _event(2, threads)]
    first, second, third = await asyncio.gather(*map(file.jot, units), return_exceptions=True)
    assert (first, third) == (1, 2)
    assert isinstance(second, Exception)
    assert threads[-1] == WRITER
    assert await _count(file) == 2


async def test_one_that_fails_alone_is_told_at_once(file: SqliteDatabase) -> None:
    with pytest.raises(ZeroDivisionError):
        await file.jot(lambda _: 1 // 0)
    assert await file.jot(_event(1)) == 1


async def test_a_refused_command_and_one_that_changed_nothing_are_no_commits(file: SqliteDatabase) -> None:
    line = file._glancing
    for unit in (lambda _: None, lambda _: 1 // 0):
        await asyncio.gather(file.jot(unit), return_exceptions=True)
        assert line.commit_seconds is None
    await file.jot(_event(1))
    assert line.commit_seconds is not None


async def test_what_waited_for_the_writer_is_written_bit_by_bit_and_others_have_their_turn() -> None:
    happened, is_free, loop = list[str](), threading.Event(), asyncio.get_running_loop()

    def write(jobs: Sequence[Job]) -> Jotted:
        happened.append("written")
        loop.call_soon(happened.append, "a turn")
        jobs[0].finish(None)
        return Jotted(1)

    writer = Worker("busy", lambda jobs: [is_free.wait(10) for _ in jobs])
    jotter, waiting = Jotter(write, writer), list[asyncio.Task[None]]()
    writer.put(Job(lambda _: None, loop.create_future(), loop))
    for number in range(5):
        waiting.append(asyncio.create_task(jotter.submit(lambda _: None)))
        await asyncio.wait(waiting[-1:], timeout=0)
        if number < 2:
            jotter.hand_over()  # as each other write does
    is_free.set()
    await asyncio.gather(*waiting)
    assert happened[:5] == ["written", "a turn", "written", "a turn", "written"]
    await writer.stop()


async def test_what_breaks_is_told_to_all_who_wait_and_to_nobody_later() -> None:
    faults: list[Exception] = [RuntimeError("no thread can be started")]

    def write(jobs: Sequence[Job]) -> Jotted:
        if faults:
            raise faults.pop()
        for job in jobs:
            job.finish("here")
        return Jotted(len(jobs))

    writer = Worker("any", lambda jobs: ["there" for _ in jobs])
    jotter = Jotter(write, writer)
    told = await asyncio.gather(*(jotter.submit(lambda _: "") for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in told] == [RuntimeError] * 3
    assert await jotter.submit(lambda _: "") == "here"
    await writer.stop()


async def test_a_thousand_that_were_accepted_are_written_before_the_file_is_closed(tmp_path: Path) -> None:
    database = new_database(tmp_path / "chao.db")
    jotting = [asyncio.create_task(database.jot(_event(number))) for number in range(1_000)]
    await asyncio.wait(jotting, timeout=0)
    await database.close()
    assert await asyncio.gather(*jotting) == list(range(1_000))


@pytest.mark.parametrize("at_once", [1, 40])
async def test_the_log_does_not_grow_for_ever(file: SqliteDatabase, at_once: int) -> None:
    log, sizes = file.path.with_name(file.path.name + "-wal"), list[int]()
    teams = [Member(file, f"slack:T{number}", jots=True) for number in range(at_once)]
    for number in range(12 * WRITERS_TURN // at_once):
        await asyncio.gather(*(team.does(flags("acme", reason=f"inv {number}")) for team in teams))
        sizes.append(log.stat().st_size)
    assert max(sizes) < 24_000_000
