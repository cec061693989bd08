"""Where the data is: a SQLite file, or a database on a PostgreSQL server; by its URL."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from bot.storage.database import UNREACHABLE, Database, StorageError
from bot.storage.migrate import current, upgrade
from bot.storage.sqlite import SqliteDatabase, sqlite_engine, translated

_SCHEME = "postgresql://"
_IN_MEMORY = re.compile(r"^/(?:file:)?:memory:|[?&]mode=memory")
# What, before the last `@`, makes an address be read in another way.
_AMBIGUOUS = re.compile(r"[/?#@\[\]]")
_PASSWORD_AFTER = re.compile(r"[?&](?:ssl)?password=")
ENCODE = "its address can't be read: percent-encode special characters in the password, `/` is `%2F`"


class Location(Protocol):
    """A place for data. What can't be done there raises `StorageError`, whose cause is the database's own complaint."""

    @property
    def name(self) -> str:
        """What people recognise it by; never with a password."""

    async def upgrade(self) -> str:
        """Bring the tables up to date, from nothing if need be; the revision."""

    async def revision(self) -> str | None:
        """The revision of the tables; None when there are none."""

    async def is_writable(self) -> bool:
        """Whether rows, or the first tables, may be written there."""

    def open(self) -> Database:
        """The database, for units of work."""

    def engine(self) -> Engine:
        """For long work; on PostgreSQL only within a greenlet."""

    def better(self, error: Exception) -> Exception:
        """A driver's complaint as a `StorageError`; anything else as it is."""

    def complaint(self, error: StorageError) -> str:
        """The database's own words in a line, for the operator; never with a part of the password."""


class UnknownUrlError(ValueError):
    """A URL of no kind that is known."""


class ForgetfulUrlError(UnknownUrlError):
    """A URL of a database in memory."""


def located(url: str) -> Location:
    """The place that a URL names. Raises `UnknownUrlError`."""
    scheme, _, rest = url.partition("://")
    kind = scheme.partition("+")[0]
    if kind == "sqlite" and _IN_MEMORY.search(rest):
        raise ForgetfulUrlError(kind)
    if kind == "sqlite" and rest.startswith("/") and rest != "/":
        return SqliteFile(Path(rest[1:]).expanduser())
    if kind in ("postgresql", "postgres"):
        return PostgresServer(f"{_SCHEME}{rest}")
    raise UnknownUrlError(kind)


@dataclass(frozen=True)
class SqliteFile:
    """One file."""

    path: Path

    @property
    def name(self) -> str:
        """The file."""
        return str(self.path)

    async def upgrade(self) -> str:
        """Create the file's folder and bring its tables up to date."""
        engine = self.engine()
        try:
            self._make()
            return upgrade(engine)
        except OSError as error:
            raise StorageError(UNREACHABLE) from error
        except Exception as error:
            raise translated(error) from error
        finally:
            engine.dispose()

    def _make(self) -> None:
        """The folder and the file, which nobody else on this machine may read: clients' names are in it."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.path.exists():
            self.path.touch(0o600)

    async def revision(self) -> str | None:
        """None also when there is no file; none is made."""
        if not self.path.exists():
            return None
        engine = self.engine()
        try:
            with engine.connect() as connection:
                return current(connection)
        except Exception as error:
            raise translated(error) from error
        finally:
            engine.dispose()

    async def is_writable(self) -> bool:
        """The file and its folder, or the folder that will hold both."""
        folder = next(parent for parent in self.path.absolute().parents if parent.exists())
        file_is = not self.path.exists() or os.access(self.path, os.W_OK)
        return file_is and folder.is_dir() and os.access(folder, os.W_OK)

    def open(self) -> Database:
        """The file is opened at once."""
        return SqliteDatabase(self.path)

    def engine(self) -> Engine:
        """A file that is not there is made with the first connection."""
        return sqlite_engine(self.path)

    def better(self, error: Exception) -> Exception:
        """As SQLite means it."""
        found = translated(error)
        return found if isinstance(found, Exception) else error

    def complaint(self, error: StorageError) -> str:
        """As SQLite says it."""
        return _first_line(error)


@dataclass(frozen=True)
class PostgresServer:
    """A database on a server. Its driver is loaded when it is first needed: most start without one."""

    url: str

    @property
    def name(self) -> str:
        """User, hosts and database: those stand behind the last `@`, whatever a password holds."""
        said, *after = _PASSWORD_AFTER.split(self.url.removeprefix(_SCHEME), maxsplit=1)
        if "@" in "".join(after):
            return f"{_SCHEME}…"
        before, _, place = said.rpartition("@")
        user = re.split("[:/?#]", before)[0]
        return f"{_SCHEME}{user}{'@' if user else ''}{re.split('[?#]', place)[0]}"

    async def upgrade(self) -> str:
        """One process at a time; the others wait for it."""
        from bot.storage import postgres

        return await postgres.with_engine(self.url, upgrade)

    async def revision(self) -> str | None:
        """None for a database without our tables."""
        from bot.storage import postgres

        def ask(engine: Engine) -> str | None:
            with engine.connect() as connection:
                return current(connection)

        return await postgres.with_engine(self.url, ask)

    async def is_writable(self) -> bool:
        """Not a standby, and our role may write to the tables, or make them."""
        from bot.storage import postgres

        return await postgres.with_engine(self.url, postgres.may_write)

    def open(self) -> Database:
        """Connects when it is first used."""
        from bot.storage.postgres import PostgresDatabase

        return PostgresDatabase(self.url)

    def engine(self) -> Engine:
        """One that waits as long as it takes."""
        from bot.storage.postgres import postgres_engine

        return postgres_engine(self.url, is_patient=True).sync_engine

    def better(self, error: Exception) -> Exception:
        """As PostgreSQL means it."""
        from bot.storage.postgres_faults import translated as by_postgres

        return by_postgres(error)

    def complaint(self, error: StorageError) -> str:
        """As the server says it; an address that can be read in two ways may have made a password a name."""
        before = self.url.removeprefix(_SCHEME).rpartition("@")[0]
        is_clear = not _AMBIGUOUS.search(before) and not isinstance(error.__cause__, ValueError)
        return _first_line(error) if is_clear else ENCODE


def _first_line(error: StorageError) -> str:
    return str(error.__cause__ or "").partition("\n")[0]
