"""SQLite's own: one writer with many callers, what is on the disk, and which way a query takes."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.records import Status
from bot.storage.clients import FLAGS
from bot.storage.sqlite import SqliteDatabase
from bot.storage.store import Store
from bot.storage.undo import ChangedSinceError
from bot.storage.weeks import Span
from tests.contract.teams import Member, a_flag, closes, flags, forgets, known, merges, notes, renames, rows_of, undoes
from tests.core.child import writes
from tests.forked import Child
from tests.support import START, new_database

CANARY = "xyzzy 拖欠"


def _bytes_on_disk(path: Path) -> bytes:
    other = sqlite3.connect(path)
    assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)
    other.close()
    return b"".join(part.read_bytes() for part in path.parent.iterdir())


async def test_the_bytes_of_a_forgotten_client_are_not_on_the_disk(file: SqliteDatabase) -> None:
    ana = Member(file)

    def many(store: Store) -> None:
        for number in range(300):
            client = store.clients.create(f"{CANARY} {number}" if number % 3 == 0 else f"client {number}")
            words = CANARY * (number % 40) if number % 3 == 0 else "other words " * (number % 40)
            store.flags.add(a_flag(client.id, reason=words, evidence=words))
            store.flags.add_note(client.id, words)

    await ana.does(many)
    for deed in (renames(f"{CANARY} 0", f"{CANARY} zero"), notes(f"{CANARY} 3", CANARY * 4_000)):
        await ana.does(deed)
    await ana.does(closes(f"{CANARY} 6", Status.RESOLVED, CANARY))
    assert CANARY.encode() in _bytes_on_disk(file.path)
    await ana.does(lambda store: [forgets(f"{CANARY} {number}")(store) for number in range(0, 300, 3)])
    left = _bytes_on_disk(file.path)
    assert [word for word in CANARY.split() if word.encode() in left] == []
    assert b"other words" in left


async def test_a_read_waits_for_no_write_and_sees_what_was_confirmed(file: SqliteDatabase) -> None:
    ana, is_read = Member(file), threading.Event()
    await ana.does(flags("acme"))

    def slow(store: Store) -> bool:
        flags("globex")(store)
        return is_read.wait(10)

    writing = asyncio.create_task(ana.does(slow))
    await asyncio.wait([writing], timeout=0)
    assert [client.name for client in await ana.sees(lambda store: store.clients.every())] == ["acme"]
    is_read.set()
    assert await writing
    assert len(await ana.sees(lambda store: store.clients.every())) == 2


async def test_callers_who_leave_while_they_wait_hinder_nobody(file: SqliteDatabase) -> None:
    ana, is_free = Member(file), threading.Event()
    first = asyncio.create_task(ana.does(lambda _: is_free.wait(10)))
    await asyncio.wait([first], timeout=0)
    waiting = [asyncio.create_task(ana.does(flags("acme", reason=str(number)))) for number in range(200)]
    await asyncio.wait(waiting, timeout=0)
    for task in [first, *waiting[::2]]:
        task.cancel()
    is_free.set()
    outcomes = await asyncio.gather(first, *waiting, return_exceptions=True)
    assert isinstance(outcomes[0], asyncio.CancelledError)
    assert outcomes[2::2] == [None] * 100
    reasons = await ana.sees(lambda store: {flag.reason for flag in store.flags.of_client(known(store, "acme").id)})
    assert {str(number) for number in range(1, 200, 2)} <= reasons


async def test_closing_stores_all_that_waits_behind_a_slow_write(file: SqliteDatabase) -> None:
    ana, is_free = Member(file), threading.Event()
    tasks: list[asyncio.Task[object]] = [asyncio.create_task(ana.does(lambda _: is_free.wait(10)))]
    await asyncio.wait(tasks, timeout=0)
    tasks += [asyncio.create_task(ana.does(flags("acme"))) for _ in range(200)]
    await asyncio.wait(tasks, timeout=0)
    closing = asyncio.create_task(file.close())
    await asyncio.wait([closing], timeout=0)
    is_free.set()
    await asyncio.gather(closing, *tasks)
    with sqlite3.connect(file.path) as after:
        assert after.execute("SELECT count(*) FROM flags").fetchone() == (200,)
    after.close()


async def test_a_flag_on_a_client_that_does_not_exist_is_refused(file: SqliteDatabase) -> None:
    ana = Member(file)
    with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
        await ana.does(lambda store: store.flags.add(a_flag(77)))
    assert await ana.stored() == await ana.elsewhere("slack:empty").stored()


def test_every_confirmed_write_survives_the_death_of_the_process(tmp_path: Path) -> None:
    path = tmp_path / "chao.db"
    asyncio.run(new_database(path).close())
    with Child(writes, path) as child:
        confirmed = [child.stdout.readline().strip() for _ in range(60)]
        child.process.kill()
        confirmed += child.stdout.read().split("\n")[:-1]
    assert child.returncode == -signal.SIGKILL
    after = sqlite3.connect(path)
    stored = {reason for (reason,) in after.execute("SELECT reason FROM flags")}
    assert after.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    after.close()
    assert len(confirmed) >= 60
    assert set(confirmed) <= stored


MORE_FLAGS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO flags (workspace_id, client_id, archetype, reason, evidence, status, created_by, channel, thread,
                   created_at, expires_at, closed_by, closing_note)
SELECT workspace_id, ? + i % 50, archetype, reason || i, evidence, status, created_by, channel, thread,
       created_at, expires_at, closed_by, closing_note
FROM n, (SELECT * FROM flags LIMIT 1)
"""


def _flags_many(store: Store, many: int) -> int:
    """Put very many flags on fifty clients; the first one's id."""
    ids = [store.clients.create(f"client {number}").id for number in range(50)]
    store.flags.add(a_flag(ids[0], "abusivo", "inv 104"))
    store.scope.connection.exec_driver_sql(MORE_FLAGS, (many - 1, ids[0]))
    return ids[0]


def _plan(session: Session, ask: Callable[[Store], object]) -> str:
    """How SQLite finds the rows that a question needs."""
    driver: Any = session.connection().connection.driver_connection
    asked: list[str] = []
    driver.set_trace_callback(asked.append)
    ask(Store.open(session, "slack:T1", "ana", START))
    driver.set_trace_callback(None)
    plans = [driver.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in asked if "FROM flags" in sql]
    assert plans
    return "\n".join(row[3] for plan in plans for row in plan)


def _week_lines(span: Span, store: Store) -> object:
    return store.weeks.lines(span)


def _weeks_made(store: Store) -> object:
    return store.weeks.made([START - timedelta(weeks=number) for number in range(8, -1, -1)])


async def test_a_hundred_thousand_flags_are_found_by_an_index(file: SqliteDatabase) -> None:
    ana = Member(file)
    client = await ana.does(lambda store: _flags_many(store, 100_000))
    of_client = await file.read(lambda session: _plan(session, lambda store: store.flags.of_client(client)))
    tally = await file.read(
        lambda session: _plan(session, lambda store: store.flags.tally(client, "abusivo", "inv 104", START))
    )
    assert "flags USING COVERING INDEX ix_flags_client" in tally
    counts = await file.read(lambda session: _plan(session, lambda store: store.flags.that_count(client, START)))
    assert "flags USING INDEX ix_flags_closed (workspace_id=? AND client_id=? AND closed_at>?)" in counts
    for plan in (of_client, tally):
        assert "SEARCH flags USING INDEX ix_flags_client (workspace_id=? AND client_id=?" in plan
        assert "SCAN flags" not in plan
    week = await file.read(partial(_plan, ask=partial(_week_lines, Span(START.replace(day=17), START))))
    assert "flags USING INDEX ix_flags_status (workspace_id=? AND status=?)" in week
    assert "flags USING INDEX ix_flags_ended (workspace_id=? AND status=? AND closed_at>?)" in week
    made = await file.read(partial(_plan, ask=_weeks_made))
    assert "flags USING INDEX ix_flags_status (workspace_id=? AND status=? AND created_at>? AND created_at<?)" in made
    from_here = await file.read(partial(_plan, ask=partial(_week_lines, Span(START.replace(day=17), START, "C1"))))
    assert "LIST SUBQUERY" in from_here
    for plan in (week, from_here):
        assert "CORRELATED" not in plan
        assert "SCAN flags" not in plan
    standings = await file.read(lambda session: _plan(session, lambda store: store.flags.standings()))
    assert "flags USING INDEX ix_flags_" in standings
    assert sum(one.flags for one in await ana.sees(lambda store: store.flags.standings())) == 100_000


async def test_a_client_with_twelve_thousand_flags_is_merged_and_given_back(file: SqliteDatabase) -> None:
    ana = Member(file)

    def one_has_all(store: Store) -> None:
        _flags_many(store, 12_000)
        store.scope.execute(FLAGS.update(), {"client_id": known(store, "client 1").id})
        store.scope.changes.clear()

    await ana.does(one_has_all)
    before = await ana.sees(lambda store: rows_of(store, without=("audit", "flags")))
    await ana.does(merges("client 1", "client 2"))
    assert await ana.sees(lambda store: len(store.flags.of_client(known(store, "client 2").id))) == 12_000
    assert await ana.does(undoes) == "merge"
    assert await ana.sees(lambda store: rows_of(store, without=("audit", "flags"))) == before
    assert await ana.sees(lambda store: len(store.flags.of_client(known(store, "client 1").id))) == 12_000


async def test_an_undo_that_is_refused_among_others_is_not_half_done(file: SqliteDatabase) -> None:
    ana = Member(file)
    await ana.does(flags("acme"))
    await ana.called("bob").does(flags("acme"))
    before = await ana.stored()
    outcomes = await asyncio.gather(*(ana.does(undoes) for _ in range(5)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {ChangedSinceError}
    assert await ana.stored() == before
