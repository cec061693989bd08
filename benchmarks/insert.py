"""The least that a durable write can cost here: one row, one commit, SQLite and nothing else."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from statistics import median


class BareInsert:
    """A database of its own with one table."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, x)",
        ):
            self._connection.execute(statement)

    def rate(self, count: int) -> float:
        """Inserts a second."""
        start = time.perf_counter()
        for _ in range(count):
            self._insert()
        return count / (time.perf_counter() - start)

    def middle(self, count: int) -> float:
        """Half of so many inserts took less than this (ms)."""
        return median(self._insert() for _ in range(count)) * 1_000

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _insert(self) -> float:
        start = time.perf_counter()
        self._connection.execute("INSERT INTO t (x) VALUES (?)", ("x" * 200,))
        return time.perf_counter() - start
