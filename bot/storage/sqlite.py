"""SQLite: one connection that writes and one that reads, each on a thread of its own, and one for what is brief.

Writes that wait together share one commit, so that a burst pays for one fsync. If one of them fails, all are
taken back and each is run again by itself: a unit of work may therefore run twice, and only its last run counts.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.storage.database import CORRUPT, FULL, LOCKED, READ_ONLY, UNREACHABLE, StorageError, T, Work
from bot.storage.jotting import Jotted, Jotter
from bot.storage.statements import Driver
from bot.storage.worker import Job, Worker

BUSY_SECONDS = 10.0
# What is jotted down together keeps everybody waiting for little longer than this.
JOT_SECONDS = 0.02
# A glance ends after so many strides of SQLite's machine, which take it about a millisecond. They are counted here, for
# SQLite goes on counting the steps of a statement from its last run, and would end each so often.
GLANCE_STRIDES, STRIDE_STEPS = 10, 5_000
_PUT_OFF = (sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
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


class _Line:
    """One connection for the life of its worker, with one session on it.

    SQLAlchemy believes in a transaction that never ends; the real ones are begun and ended here, on the driver.
    That takes 10 microseconds a unit of work where a new session and transaction take 200.
    """

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect().execution_options(begin="")
        self._session = Session(self._connection)
        self._driver = cast("sqlite3.Connection", self._connection.connection.driver_connection)
        self._run = self._connection.connection.cursor().execute
        Driver.on(self._connection).belongs_to(self._session)
        self._strides = 0
        self.commit_seconds: float | None = None

    def never_wait(self) -> None:
        """Give up at once what is locked, and soon what is long; leave it to others to shorten the log."""
        self._driver.execute("PRAGMA busy_timeout=0")
        self._driver.execute("PRAGMA wal_autocheckpoint=0")
        self._driver.set_progress_handler(self._is_long, STRIDE_STEPS)

    def _is_long(self) -> bool:
        self._strides += 1
        return self._strides > GLANCE_STRIDES

    def read(self, work: Work[Any]) -> object:
        """What work that only reads gives, or what it raises."""
        try:
            self._run("BEGIN")
            outcome = self._work(work)
            self._run("ROLLBACK")
        except BaseException as error:  # noqa: BLE001 - handed to the caller, who awaits the work
            self.rollback()
            return error
        return outcome

    def write(self, jobs: Sequence[Job]) -> Sequence[object]:
        """What jobs give that waited together, or how they failed: in one transaction, else in one each."""
        outcomes = self.together(jobs)
        if len(jobs) > 1 and any(isinstance(outcome, _Failed) for outcome in outcomes):
            outcomes = [outcome for job in jobs for outcome in self.together([job])]
        return outcomes

    def together(self, jobs: Sequence[Job], seconds: float = float("inf")) -> Sequence[object]:
        """What jobs give in one transaction, in which none is begun after so many seconds; or that all failed."""
        outcomes, until = list[object](), time.perf_counter() + seconds
        self.commit_seconds, changes = None, self._driver.total_changes
        try:
            self._run("BEGIN IMMEDIATE")
            for job in jobs:
                outcomes.append(self._work(job.work))
                if time.perf_counter() > until:
                    break
            began = time.perf_counter()
            self._run("COMMIT")
            if self._driver.total_changes > changes:
                self.commit_seconds = time.perf_counter() - began
        except BaseException as error:  # noqa: BLE001 - handed to the callers, who await the jobs
            self.rollback()
            return [_Failed(error)] * len(jobs)
        return outcomes

    def _work(self, work: Work[Any]) -> object:
        self._strides = 0
        outcome, session = work(self._session), self._session
        if session.new or session.identity_map:  # on the path of a command there are no objects to look after
            session.flush()
            session.expunge_all()
        return outcome

    def rollback(self) -> None:
        self._session.close()
        if self._driver.in_transaction:
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
            self._writing, self._reading, self._glancing = (_Line(self._engine) for _ in range(3))
        except Exception as error:
            self._engine.dispose()
            raise translated(error) from error
        self._glancing.never_wait()
        self._writer = Worker("chao-writer", lambda jobs: [_settled(one) for one in self._writing.write(jobs)])
        self._reader = Worker("chao-reader", self._read_all)
        self._jotter = Jotter(self._jot_all, self._writer)

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more work."""
        return self._reader.is_closed

    async def read(self, work: Work[T]) -> T:
        """Run work that changes nothing; it waits for no writer."""
        return await self._reader.submit(work)

    async def glance(self, work: Work[T]) -> T:
        """Read on the caller's thread, which saves the way to another and back; what is long is read there."""
        outcome = StorageError(UNREACHABLE) if self.is_closed else self._glancing.read(work)
        if _is_put_off(outcome):
            return await self.read(work)
        if isinstance(outcome, BaseException):
            raise translated(outcome)
        return cast("T", outcome)

    async def write(self, work: Work[T]) -> T:
        """Run work in a transaction; when this returns it is on the disk."""
        self._jotter.hand_over()
        return await self._writer.submit(work)

    async def jot(self, work: Work[T]) -> T:
        """Write on the caller's thread, in a moment; what is locked, long or on a slow disk goes to the writer's."""
        return await self._jotter.submit(work)

    async def close(self) -> None:
        """Finish what was accepted and close the file."""
        self._jotter.hand_over()
        await self._writer.stop()
        await self._reader.stop()
        for line in (self._writing, self._reading, self._glancing):
            line.close()
        self._engine.dispose()

    def _read_all(self, jobs: Sequence[Job]) -> Sequence[object]:
        outcomes = (self._reading.read(job.work) for job in jobs)
        return [translated(one) if isinstance(one, BaseException) else one for one in outcomes]

    def _jot_all(self, jobs: Sequence[Job]) -> Jotted:
        """Some of these, in a moment; all are the writer's where several fail together, or one is put off."""
        line = self._glancing
        outcomes = line.together(jobs, JOT_SECONDS)
        failed = next((outcome for outcome in outcomes if isinstance(outcome, _Failed)), None)
        if failed and (len(jobs) > 1 or _is_put_off(failed.error)):
            return Jotted(len(jobs), jobs)
        for job, outcome in zip(jobs, outcomes, strict=False):
            job.finish(_settled(outcome))
        return Jotted(len(outcomes), seconds=line.commit_seconds)


class _Failed(NamedTuple):
    error: BaseException


def _settled(outcome: object) -> object:
    return translated(outcome.error) if isinstance(outcome, _Failed) else outcome


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


def _is_put_off(outcome: object) -> bool:
    cause = outcome.orig if isinstance(outcome, DBAPIError) else outcome
    # The higher bits tell kinds of one complaint apart.
    return isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF in _PUT_OFF


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
