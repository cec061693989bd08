"""Migrations: bring a database to this version's tables, or say why that can't be."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlmodel import SQLModel

from bot.storage import tables  # noqa: F401 - registers the tables
from bot.storage.database import NEWER, StorageError

# The number of the advisory lock; what else runs on the same database takes another.
TURN = int.from_bytes(b"chao db")
FOLDER = Path(__file__).parent / "migrations"


def revisions() -> list[str]:
    """The revisions that this version knows, oldest first: their files are named `<revision>_<what>.py` in order."""
    return sorted(path.stem.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def current(connection: Connection) -> str | None:
    """The revision of a database; None for an empty one."""
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(revision) if revision else None


def upgrade(engine: Engine) -> str:
    """Bring the database to the newest revision, which is returned; in one transaction, all or nothing."""
    newest = revisions()[-1]
    with engine.connect() as connection:
        found = current(connection)
    if found == newest:
        return newest
    if found and found not in revisions():
        raise StorageError(NEWER)
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        _wait_for_others(connection)
        # Somebody may have done it while we waited for the lock.
        if (found := current(connection)) is None:
            _create(connection, newest)
        elif found != newest:
            _run(connection)
    return newest


def _wait_for_others(connection: Connection) -> None:
    """SQLite's transaction has begun with the lock; on PostgreSQL one upgrades at a time, and the others wait."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(TURN)))
        # But not behind who reads a table for hours, while everybody else would queue up behind us.
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))


def _create(connection: Connection, newest: str) -> None:
    """An empty database gets today's tables at once; a test proves them equal to what the migrations make."""
    SQLModel.metadata.create_all(connection)
    key = "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"
    connection.execute(text(f"CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, {key})"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest})


def _run(connection: Connection) -> None:
    # Imported late: most starts find the newest revision and need no Alembic.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
