"""Migrations of a SQLite file: the same tables by either way, all or nothing, and once, however many do it."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.storage import migrate
from bot.storage.sqlite import sqlite_engine
from tests.contract.teams import Member, flags
from tests.core.child import upgraded, upgrades
from tests.forked import Child
from tests.support import new_database

NEXT = """
import os, signal
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"


def upgrade():
    op.create_table("extras", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("flags", sa.Column("extra", sa.String(), nullable=False, server_default=""))
    op.execute("DELETE FROM notes")
    THEN
"""


def another(where: Path, then: str) -> Path:
    """The migrations, and one more that ends so."""
    folder = shutil.copytree(migrate.FOLDER, where / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0006_extras.py").write_text(NEXT.replace("THEN", then))
    return folder


def _filled(path: Path) -> Path:
    """A database of today's version with a flag."""
    database = new_database(path)

    async def fill() -> None:
        await Member(database).does(flags("acme"))
        await database.close()

    asyncio.run(fill())
    return path


def _schema(path: Path) -> dict[str, Any]:
    """Every table: columns, foreign keys, indexes with their columns and conditions, and how rows are kept."""
    with closing(sqlite3.connect(path)) as db:
        tables = {row[1]: row[3:] for row in db.execute("PRAGMA table_list") if row[1][:7] != "sqlite_"}
        return {name: {"kept": kept, **_table(db, name)} for name, kept in tables.items()}


def _table(db: sqlite3.Connection, name: str) -> dict[str, Any]:
    indexes = db.execute(f"PRAGMA index_list({name})").fetchall()
    sql = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = ?", [name]).fetchall())
    return {
        "columns": db.execute(f"PRAGMA table_xinfo({name})").fetchall(),
        "foreign keys": sorted(row[2:] for row in db.execute(f"PRAGMA foreign_key_list({name})")),
        "indexes": sorted((row[2:], _columns(db, row[1]), _condition(sql.get(row[1]))) for row in indexes),
        "counts up": "AUTOINCREMENT" in sql[name],
        "checks": len(re.findall(r"\bCHECK\b", sql[name])),
    }


def _columns(db: sqlite3.Connection, index: str) -> tuple[Any, ...]:
    return (index.startswith("sqlite_") or index, *db.execute(f"PRAGMA index_xinfo({index})").fetchall())


def _condition(sql: str | None) -> str:
    return " ".join((sql or "").partition(" WHERE ")[2].split())


def test_an_empty_database_gets_the_tables_that_the_migrations_make(tmp_path: Path) -> None:
    assert upgraded(tmp_path / "created.db") == migrate.revisions()[-1]
    engine = sqlite_engine(tmp_path / "migrated.db")
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        migrate._run(connection)
        assert migrate.current(connection) == migrate.revisions()[-1]
    engine.dispose()
    created, migrated = _schema(tmp_path / "created.db"), _schema(tmp_path / "migrated.db")
    assert len(created) == 18
    assert created == migrated


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    path = _filled(tmp_path / "chao.db")
    before = path.read_bytes()
    assert upgraded(path) == upgraded(path) == "0005"
    assert path.read_bytes() == before


def _rows(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT client_id, archetype, reason FROM flags").fetchall()


def test_an_older_database_is_brought_up_with_what_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _filled(tmp_path / "chao.db")
    monkeypatch.setattr(migrate, "FOLDER", another(tmp_path, "pass"))
    assert upgraded(path) == upgraded(path) == "0006"
    assert "extras" in _schema(path)
    assert _rows(path) == [(1, "mala-paga", "inv 104")]


def test_a_migration_that_fails_halfway_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _filled(tmp_path / "chao.db")
    schema = _schema(path)
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "FOLDER", another(tmp_path, "raise ArithmeticError"))
        with pytest.raises(ArithmeticError):
            upgraded(path)
    assert _schema(path) == schema
    assert upgraded(path) == "0005"
    assert _rows(path) == [(1, "mala-paga", "inv 104")]


def _all_at_once(children: list[Child]) -> list[str]:
    """Let the children go when all of them are ready; what each says then."""
    for child in children:
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    return [child.stdout.readline().strip() for child in children]


def test_a_migration_whose_process_is_killed_leaves_the_old_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _filled(tmp_path / "chao.db")
    schema, folder = _schema(path), another(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    with Child(upgrades, folder, path) as child:
        assert _all_at_once([child]) == [""]
    assert child.returncode == -signal.SIGKILL
    assert _schema(path) == schema
    (folder / "versions" / "0006_extras.py").write_text(NEXT.replace("THEN", "pass"))
    monkeypatch.setattr(migrate, "FOLDER", folder)
    assert upgraded(path) == "0006"
    assert _rows(path) == [(1, "mala-paga", "inv 104")]


def test_two_processes_that_upgrade_at_once_both_find_it_done(tmp_path: Path) -> None:
    older, folder = _filled(tmp_path / "older.db"), another(tmp_path, "pass")
    paths = [tmp_path / "empty.db", tmp_path / "empty, too.db", older]
    with Child(upgrades, folder, *paths) as one, Child(upgrades, folder, *paths) as other:
        for _ in paths:
            assert _all_at_once([one, other]) == ["0006", "0006"]
    assert (one.returncode, other.returncode) == (0, 0)
    assert _rows(older) == [(1, "mala-paga", "inv 104")]


def test_many_who_start_on_an_empty_file_at_once_all_get_its_tables(tmp_path: Path) -> None:
    for number in range(5):
        path, together = tmp_path / f"{number}.db", threading.Barrier(8)

        def starts(path: Path = path, together: threading.Barrier = together) -> str:
            together.wait()
            return upgraded(path)

        with ThreadPoolExecutor(8) as pool:
            started = [pool.submit(starts) for _ in range(8)]
        assert [one.result() for one in started] == [migrate.revisions()[-1]] * 8
