"""A real PostgreSQL for the tests: a server of this process, and databases on it that are empty and migrated."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import asyncpg
from sqlmodel import SQLModel

from bot.storage.location import located
from bot.storage.postgres import PostgresDatabase
from tests.postgres_server import USER

ROOT = Path(__file__).parents[1]
_NUMBERS = count()


class Server:
    """A running server. It is stopped by the end of this process, however it ends."""

    def __init__(self, **settings: str) -> None:
        command = [sys.executable, "-m", "tests.postgres_server", *(f"{name}={at}" for name, at in settings.items())]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self.folder = self._started()

    def url(self, database: str) -> str:
        """The address of a database on this server."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    async def create(self) -> str:
        """A new database with nothing in it; its address."""
        name = f"chao_{next(_NUMBERS)}"
        await self.tell(f"CREATE DATABASE {name}")
        return self.url(name)

    async def tell(self, sql: str, database: str = "postgres") -> None:
        """Run statements on a connection of its own."""
        await _tell(self.url(database), sql)

    def restart(self, how: str = "restart") -> None:
        """Stop the server, politely or in a `crash`, and start it again."""
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(f"{how}\n")
        stdin.flush()
        self._started()

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._process.communicate()

    def _started(self) -> str:
        stdout = self._process.stdout
        assert stdout is not None
        folder = stdout.readline().strip()
        assert folder, "PostgreSQL did not start"
        return folder


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """A server for as long as the block runs."""
    running = Server(**settings)
    try:
        yield running
    finally:
        running.stop()


class Shared:
    """One migrated database that tests use in turn, each of them finding it empty."""

    def __init__(self, on: Server) -> None:
        self._server = on
        self.url = ""

    @property
    def name(self) -> str:
        """Its name on the server."""
        return self.url.partition("@/")[2].partition("?")[0]

    async def opened(self) -> PostgresDatabase:
        """The database, with connections of its own."""
        self.url = self.url or await self._made()
        return PostgresDatabase(self.url)

    async def emptied(self) -> str:
        """The address of the database, which is now empty, for tests that open it themselves."""
        database = await self.opened()
        await empty(database)
        await database.close()
        return self.url

    async def tell(self, sql: str) -> None:
        """Run statements beside whoever uses it."""
        await _tell(self.url, sql)

    async def _made(self) -> str:
        url = await self._server.create()
        await located(url).upgrade()
        tables = [table.name for table in reversed(SQLModel.metadata.sorted_tables)]
        connection = await asyncpg.connect(url)
        counters = await connection.fetch("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        # Deleting a few rows takes a twentieth of what truncating takes.
        # Work that its caller left behind in the test before ends first.
        steps = [f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE;"]
        steps += [f"DELETE FROM {name};" for name in tables]  # noqa: S608 - our own tables
        steps += [f"PERFORM setval('{name}', 1, false);" for (name,) in counters]
        body = f"BEGIN {' '.join(steps)} END"
        await connection.execute(f"CREATE FUNCTION empty_all() RETURNS void LANGUAGE plpgsql AS '{quoted(body)}'")
        await connection.close()
        return url


async def empty(database: PostgresDatabase) -> None:
    """Delete all rows and begin the counters anew."""
    await database.write(lambda session: session.connection().exec_driver_sql("SELECT empty_all()"))


async def _tell(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


def quoted(text: str) -> str:
    """A text as it stands between quotes in SQL."""
    return text.replace("'", "''")
