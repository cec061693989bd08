"""SQLite: one connection that writes and one that reads, each on a thread of its own.

Writes that wait together share one commit, so that a burst pays for one fsync. If one of them fails, all are
taken back and each is run again by itself: a unit of work may therefore run twice, and only its last run counts.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.storage.database import CORRUPT, FULL, LOCKED, READ_ONLY, UNREACHABLE, StorageError, T, Work

BATCH = 64
BUSY_SECONDS = 10.0
_PRAGMAS = (
    "synchronous=FULL",
    "wal_autocheckpoint=4000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-8000",
)
_REASONS = (
    ("locked", LOCKED),
    ("busy", LOCKED),
    ("readonly", READ_ONLY),
    ("full", FULL),
    ("malformed", CORRUPT),
    ("not a database", CORRUPT),
)


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    done: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop

    def finish(self, outcome: object) -> None:
        if self.done.cancelled():
            return
        if isinstance(outcome, StopIteration):
            outcome = RuntimeError("a unit of work raised StopIteration")
        if isinstance(outcome, BaseException):
            self.done.set_exception(outcome)
        else:
            self.done.set_result(outcome)


class _Worker:
    """A thread that runs jobs, many at a time when many wait."""

    def __init__(self, name: str, run: Callable[[Sequence[_Job]], Sequence[object]]) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._run = run
        self._is_closed = False
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    async def submit(self, work: Work[T]) -> T:
        if self._is_closed:
            raise StorageError(UNREACHABLE)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(work, done, loop))
        return await done

    async def stop(self) -> None:
        self._is_closed = True
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch, is_last = self._waiting(job)
            outcomes = self._run(batch)
            batch[0].loop.call_soon_threadsafe(_finish, batch, outcomes)
            if is_last:
                return

    def _waiting(self, first: _Job) -> tuple[list[_Job], bool]:
        batch = [first]
        while len(batch) < BATCH and not self._jobs.empty():
            job = self._jobs.get()
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False


class _Line:
    """One connection for the life of its worker, with one session on it.

    SQLAlchemy believes in a transaction that never ends; the real ones are begun and ended here, on the driver.
    That takes 10 microseconds a unit of work where a new session and transaction take 200.
    """

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect().execution_options(begin="")
        self._session = Session(self._connection)
        self._run = self._connection.connection.cursor().execute

    def begin(self, how: str) -> None:
        self._run(how)

    def work(self, job: _Job) -> object:
        outcome, session = job.work(self._session), self._session
        if session.new or session.identity_map:  # on the path of a command there are no objects to look after
            session.flush()
            session.expunge_all()
        return outcome

    def commit(self) -> None:
        self._run("COMMIT")

    def forget(self) -> None:
        """End a unit of work that only read."""
        self._run("ROLLBACK")

    def rollback(self) -> None:
        self._session.close()
        driver = self._connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection) and driver.in_transaction:
            self._run("ROLLBACK")

    def close(self) -> None:
        self._session.close()
        self._connection.close()


class SqliteDatabase:
    """The embedded database in one file. Raises `StorageError` when the file can't be opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = sqlite_engine(path)
        try:
            self._writing, self._reading = _Line(self._engine), _Line(self._engine)
        except Exception as error:
            self._engine.dispose()
            raise translated(error) from error
        self._writer = _Worker("chao-writer", self._write_all)
        self._reader = _Worker("chao-reader", self._read_all)

    async def read(self, work: Work[T]) -> T:
        """Run work that changes nothing; it waits for no writer."""
        return await self._reader.submit(work)

    async def write(self, work: Work[T]) -> T:
        """Run work in a transaction; when this returns it is on the disk."""
        return await self._writer.submit(work)

    async def close(self) -> None:
        """Finish what was accepted and close the file."""
        await self._writer.stop()
        await self._reader.stop()
        self._writing.close()
        self._reading.close()
        self._engine.dispose()

    def _read_all(self, jobs: Sequence[_Job]) -> Sequence[object]:
        return [self._read_one(job) for job in jobs]

    def _read_one(self, job: _Job) -> object:
        line = self._reading
        try:
            line.begin("BEGIN")
            outcome = line.work(job)
            line.forget()
        except BaseException as error:  # noqa: BLE001 - handed to the caller, who awaits the job
            line.rollback()
            return translated(error)
        return outcome

    def _write_all(self, jobs: Sequence[_Job]) -> Sequence[object]:
        outcomes = self._write(jobs)
        if len(jobs) > 1 and any(isinstance(outcome, _Failed) for outcome in outcomes):
            outcomes = [outcome for job in jobs for outcome in self._write([job])]
        return [outcome.error if isinstance(outcome, _Failed) else outcome for outcome in outcomes]

    def _write(self, jobs: Sequence[_Job]) -> Sequence[object]:
        line = self._writing
        try:
            line.begin("BEGIN IMMEDIATE")
            outcomes = [line.work(job) for job in jobs]
            line.commit()
        except BaseException as error:  # noqa: BLE001 - handed to the callers, who await the jobs
            line.rollback()
            return [_Failed(translated(error))] * len(jobs)
        return outcomes


@dataclass(frozen=True, slots=True)
class _Failed:
    error: BaseException


def sqlite_engine(path: Path) -> Engine:
    """An engine on a file; the execution option `begin` is the statement that starts a transaction."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def translated(error: BaseException) -> BaseException:
    """A driver's complaint as a `StorageError`; anything else as it is."""
    if not isinstance(error, DBAPIError | sqlite3.Error):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.Error):
        return error
    said = str(cause).lower()
    if reason := next((reason for word, reason in _REASONS if word in said), None):
        return StorageError(reason)
    return StorageError(UNREACHABLE) if "unable to open" in said or "disk i/o" in said else error


def _finish(batch: Sequence[_Job], outcomes: Sequence[object]) -> None:
    for job, outcome in zip(batch, outcomes, strict=True):
        job.finish(outcome)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    _keep_a_log(connection)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Write ahead: the change of a file's mode waits for nobody, so that who starts beside us is waited for here."""
    until = time.monotonic() + BUSY_SECONDS
    while not _is_ahead(connection, is_last=time.monotonic() > until):
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")


def _is_ahead(connection: sqlite3.Connection, *, is_last: bool) -> bool:
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if is_last or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _begin(connection: Connection) -> None:
    if how := connection.get_execution_options().get("begin", "BEGIN"):
        connection.exec_driver_sql(how)
