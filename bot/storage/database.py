"""Databases: where a unit of work runs. A unit of work is a plain function that takes a `Session`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlmodel import Session

# `Session` is the type that units of work take: whoever writes one gets it from here.
__all__ = [
    "BESIDE_OTHERS",
    "CORRUPT",
    "FULL",
    "LOCKED",
    "NEWER",
    "READ_ONLY",
    "UNCERTAIN",
    "UNREACHABLE",
    "Database",
    "Session",
    "StorageError",
    "T",
    "Work",
]

T = TypeVar("T")
Work = Callable[[Session], T]


class Database(Protocol):
    """Runs units of work, any of them perhaps more than once: only the last run counts.

    A `write` that returns has been committed. One that raises has changed nothing, unless it raises a `StorageError`
    with the reason `UNCERTAIN`: the connection was lost between sending the commit and hearing of it.
    """

    async def read(self, work: Work[T]) -> T:
        """Run work that changes nothing."""

    async def glance(self, work: Work[T]) -> T:
        """The same for work that mostly reads a few rows: it may run on the caller's thread."""

    async def write(self, work: Work[T]) -> T:
        """Run work in a transaction of its own."""

    async def jot(self, work: Work[T]) -> T:
        """The same for work that reads and writes a few rows: it may run on the caller's thread."""

    async def close(self) -> None:
        """Finish what was accepted, then let go of the connections."""


async def is_alive(database: Database) -> bool:
    """Whether the database answers."""
    try:
        return await database.read(lambda session: session.connection().execute(select(1)).scalar() == 1)
    except StorageError:
        return False


class StorageError(Exception):
    """The database can't do its work now. `reason` is one of the words below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


LOCKED, READ_ONLY, FULL, CORRUPT, UNREACHABLE, NEWER = "locked", "read-only", "full", "corrupt", "unreachable", "newer"
UNCERTAIN = "uncertain"
# In `Session.info`: this session writes beside others, so that the store locks the workspace that it opens.
BESIDE_OTHERS = "beside others"
