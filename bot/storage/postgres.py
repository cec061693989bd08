"""PostgreSQL: a few connections, a unit of work on each; any number of processes may share the server.

A write is a transaction (READ COMMITTED) that holds its workspace's row; a read sees one moment (REPEATABLE READ) and
is taken back. What failed before its commit was sent and may succeed now is run again, for a few seconds at most.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import cache
from typing import Any

import asyncpg
import stamina
from sqlalchemy import Connection, Engine, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import await_only, greenlet_spawn
from sqlmodel import Session

from bot.storage import postgres_faults as faults
from bot.storage.database import BESIDE_OTHERS, UNCERTAIN, UNREACHABLE, StorageError, T, Work
from bot.storage.tables import index_alike_on_postgresql

# A server admits 100 connections unless it is told otherwise: enough for eight processes of ours.
WRITERS, READERS = 8, 4
PATIENCE_SECONDS = 5.0
CONNECT_SECONDS = 5.0
COMMAND_SECONDS = 30.0
# Many networks forget a connection that was silent for six minutes, without telling either end.
IDLE_SECONDS = 240.0
CLOSE_SECONDS = 2.0
# Said after connecting, for poolers refuse to be told while connecting.
_NAME = "SET application_name = 'chao'"
# Whoever holds a workspace and dies without a word must not hold it for long.
_LIMITS = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '15s'"
_STATEMENTS_KEPT = 256
_MAY_WRITE = """
SELECT current_setting('transaction_read_only') = 'off' AND CASE
    WHEN to_regclass('workspaces') IS NULL THEN has_schema_privilege(current_schema(), 'CREATE')
    ELSE has_table_privilege('workspaces', 'INSERT') END
"""
_READ, _WRITE = "BEGIN ISOLATION LEVEL REPEATABLE READ", "BEGIN"


@cache
def postgres_engine(url: str, *, is_patient: bool = False) -> AsyncEngine:
    """An engine on a server's address as libpq reads it; a patient one waits as long as it takes.

    It keeps what it learnt of the server and the statements it compiled, but no connection, so one is enough for all.
    """

    async def connect() -> asyncpg.Connection:
        seconds = None if is_patient else COMMAND_SECONDS
        driver = await asyncpg.connect(url, timeout=CONNECT_SECONDS, command_timeout=seconds)
        await driver.execute(_NAME if is_patient else f"{_NAME}; {_LIMITS}")
        return driver

    index_alike_on_postgresql()
    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        poolclass=NullPool,
        connect_args={"prepared_statement_cache_size": _STATEMENTS_KEPT},
    )


class _Line:
    """One connection for as long as it lives, with one session on it.

    To SQLAlchemy it commits by itself and is never in a transaction; the real ones are begun and ended here, on the
    driver, which saves a quarter of a short unit of work.
    """

    def __init__(self, connection: AsyncConnection, session: Session, driver: asyncpg.Connection) -> None:
        self._connection, self._session, self._driver = connection, session, driver
        self._used_at = time.monotonic()

    @classmethod
    async def opened(cls, engine: AsyncEngine, info: dict[str, bool]) -> _Line:
        connection = await _connected(engine)
        return cls(connection, *await connection.run_sync(lambda sync: _on(sync, info)))

    @property
    def is_closed(self) -> bool:
        return bool(self._driver.is_closed())

    @property
    def is_stale(self) -> bool:
        return self.is_closed or time.monotonic() - self._used_at > IDLE_SECONDS

    async def read(self, work: Work[T]) -> T:
        return await self._connection.run_sync(lambda _: self._in_transaction(work, _READ, "ROLLBACK"))

    async def write(self, work: Work[T]) -> T:
        return await self._connection.run_sync(lambda _: self._in_transaction(work, _WRITE, "COMMIT"))

    async def close(self) -> None:
        """With a word to the server; one that does not answer, or is gone, is left without."""
        with suppress(OSError, asyncpg.PostgresError):
            await self._driver.close(timeout=CLOSE_SECONDS)
        await self._connection.close()

    def _in_transaction(self, work: Work[T], begin: str, end: str) -> T:
        try:
            self._tell(begin)
            outcome = work(self._session)
            self._session.flush()
        except BaseException as error:
            self._give_up(error)
            raise
        self._session.expunge_all()
        self._end(end)
        return outcome

    def _end(self, end: str) -> None:
        try:
            ended = self._tell(end)
        except BaseException as error:
            self._give_up(error)
            if end == "COMMIT" and faults.is_lost(error) and faults.was_sent(error):
                raise StorageError(UNCERTAIN) from error
            raise
        if ended != end:
            # A statement failed and the work went on without a savepoint: the server commits nothing of that.
            msg = "a unit of work hid a statement that failed"
            raise RuntimeError(msg)

    def _give_up(self, error: BaseException) -> None:
        if faults.is_spoilt(error):
            self._driver.terminate()
        self._session.close()
        if not self.is_closed and self._driver.is_in_transaction():
            self._tell("ROLLBACK")

    def _tell(self, what: str) -> str:
        self._used_at = time.monotonic()
        ended: str = await_only(self._driver.execute(what))
        return ended


class _Lines:
    """Connections, opened when needed and kept; whoever finds all of them busy waits, first come first served."""

    def __init__(self, engine: AsyncEngine, size: int, info: dict[str, bool]) -> None:
        self._engine, self._info = engine, info
        self._turns = asyncio.Semaphore(size)
        self._free: list[_Line] = []

    @asynccontextmanager
    async def one(self) -> AsyncIterator[_Line]:
        async with self._turns:
            line = await self._taken()
            try:
                yield line
            finally:
                self._free.append(line)

    async def close(self) -> None:
        while self._free:
            await self._free.pop().close()

    async def _taken(self) -> _Line:
        while self._free:
            line = self._free.pop()
            if not line.is_stale:
                return line
            await line.close()
        return await _Line.opened(self._engine, self._info)


class PostgresDatabase:
    """A database on a server; `url` as libpq reads it. Connects when it is first used."""

    def __init__(self, url: str) -> None:
        alone = postgres_engine(url).execution_options(isolation_level="AUTOCOMMIT")
        self._writers = _Lines(alone, WRITERS, {BESIDE_OTHERS: True})
        self._readers = _Lines(alone, READERS, {})
        self._accepted: set[asyncio.Task[Any]] = set()
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more work."""
        return self._is_closed

    async def read(self, work: Work[T]) -> T:
        """Run work that changes nothing; it sees the database as it is at one moment."""
        return await self._submit(_run(self._readers, lambda line: line.read(work)))

    async def glance(self, work: Work[T]) -> T:
        """The same: the server is another process, however little is asked."""
        return await self.read(work)

    async def write(self, work: Work[T]) -> T:
        """Run work in a transaction; when this returns the server has committed it."""
        return await self._submit(_run(self._writers, lambda line: line.write(work)))

    async def jot(self, work: Work[T]) -> T:
        """The same: the server is another process, however little is written."""
        return await self.write(work)

    async def close(self) -> None:
        """Finish what was accepted and close the connections."""
        self._is_closed = True
        await asyncio.gather(*self._accepted, return_exceptions=True)
        await self._writers.close()
        await self._readers.close()

    async def _submit(self, running: Coroutine[Any, Any, T]) -> T:
        """A task of its own: a caller who goes away leaves no connection in the middle of something."""
        if self._is_closed:
            running.close()
            raise StorageError(UNREACHABLE)
        task = asyncio.get_running_loop().create_task(running)
        self._accepted.add(task)
        task.add_done_callback(self._finished)
        return await asyncio.shield(task)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._accepted.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, for callers who went away


async def with_engine(url: str, use: Callable[[Engine], T]) -> T:
    """Run long work that takes an engine. Raises `StorageError` for what the server refuses."""
    engine = postgres_engine(url, is_patient=True)
    with _in_our_terms(faults.translated):
        await (await _connected(engine)).close()
        return await greenlet_spawn(use, engine.sync_engine)


def may_write(engine: Engine) -> bool:
    """Whether the server takes writes, and takes them from us."""
    with engine.connect() as connection:
        return bool(connection.execute(text(_MAY_WRITE)).scalar())


async def _connected(engine: AsyncEngine) -> AsyncConnection:
    with _in_our_terms(faults.while_connecting):
        return await engine.connect()


@contextmanager
def _in_our_terms(meaning: Callable[[Exception], Exception]) -> Iterator[None]:
    """Raise what goes wrong in this block as what it means to the store, with the driver's own error as its cause."""
    try:
        yield
    except Exception as error:
        better = meaning(error)
        if better is error:
            raise
        raise better from faults.driver_error(error)


async def _run(lines: _Lines, use: Callable[[_Line], Coroutine[Any, Any, T]]) -> T:
    try:
        return await _once(lines, use)
    except faults.PassingError:
        async for attempt in stamina.retry_context(
            faults.PassingError,
            attempts=None,
            timeout=PATIENCE_SECONDS,
            wait_initial=0.02,
            wait_max=0.5,
            wait_jitter=0.05,
        ):
            with attempt:
                return await _once(lines, use)
        raise


async def _once(lines: _Lines, use: Callable[[_Line], Coroutine[Any, Any, T]]) -> T:
    with _in_our_terms(faults.translated):
        async with lines.one() as line:
            return await use(line)


def _on(connection: Connection, info: dict[str, bool]) -> tuple[Session, asyncpg.Connection]:
    return Session(connection, info=info), connection.connection.driver_connection
