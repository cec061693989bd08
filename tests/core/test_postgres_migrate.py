"""Migrations of a PostgreSQL database: the same tables by either way, all or nothing, and once, however many do it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Engine

from bot.storage import migrate
from bot.storage.database import NEWER, READ_ONLY, StorageError
from bot.storage.location import located
from bot.storage.postgres import with_engine
from tests.contract.teams import Member, flags, known
from tests.core.replicas import replicas
from tests.core.test_sqlite_migrate import another
from tests.postgres import Server

SCHEMA = {
    "columns": "SELECT table_name, ordinal_position, column_name, data_type, is_nullable, column_default "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


async def _ask(url: str, sql: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return sorted(tuple(row) for row in await connection.fetch(sql))
    finally:
        await connection.close()


async def _schema(url: str) -> dict[str, list[tuple[Any, ...]]]:
    return {what: await _ask(url, sql) for what, sql in SCHEMA.items()}


async def _filled(server: Server) -> str:
    """A database of today's version with a flag."""
    url = await server.create()
    await located(url).upgrade()
    async with replicas(url, 1) as [ana]:
        await ana.does(flags("acme"))
    return url


async def _is_whole(ana: Member) -> bool:
    await ana.does(flags("acme", reason="inv 105"))
    return await ana.sees(lambda store: len(store.flags.of_client(known(store, "acme").id))) == 2


def _migrated(engine: Engine) -> None:
    with engine.begin() as connection:
        migrate._run(connection)


async def test_an_empty_database_gets_the_tables_that_the_migrations_make(postgres: Server) -> None:
    created, migrated = await postgres.create(), await postgres.create()
    assert await located(created).revision() is None
    assert await located(created).upgrade() == migrate.revisions()[-1]
    await with_engine(migrated, _migrated)
    assert await located(migrated).revision() == migrate.revisions()[-1]
    schema = await _schema(created)
    assert schema == await _schema(migrated)
    assert len({row[0] for row in schema["columns"]}) > 10


async def test_any_number_may_start_at_once_on_an_empty_database(postgres: Server) -> None:
    url = await postgres.create()
    assert await asyncio.gather(*(located(url).upgrade() for _ in range(12))) == [migrate.revisions()[-1]] * 12
    assert len(await _ask(url, "SELECT version_num FROM alembic_version")) == 1


async def test_an_older_database_is_brought_up_once_by_all_who_start_at_once(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await _filled(postgres)
    monkeypatch.setattr(migrate, "FOLDER", another(tmp_path, "pass"))
    assert await asyncio.gather(*(located(url).upgrade() for _ in range(6))) == ["0006"] * 6
    assert await _ask(url, "SELECT version_num FROM alembic_version") == [("0006",)]
    async with replicas(url, 1) as [ana]:
        assert await _is_whole(ana)


DIES = "op.execute('SELECT pg_terminate_backend(pg_backend_pid())')"


@pytest.mark.parametrize("then", ["raise ArithmeticError", DIES])
async def test_a_migration_that_ends_in_the_middle_leaves_the_old_state(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    url = await _filled(postgres)
    schema = await _schema(url)
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "FOLDER", another(tmp_path, then))
        with pytest.raises((ArithmeticError, StorageError)):
            await located(url).upgrade()
    assert await _schema(url) == schema
    assert await located(url).upgrade() == "0005"
    async with replicas(url, 1) as [ana]:
        assert await _is_whole(ana)


async def _reason_of_upgrading(url: str) -> str:
    with pytest.raises(StorageError) as refused:
        await located(url).upgrade()
    return refused.value.reason


async def test_a_database_of_a_newer_version_is_left_alone(postgres: Server) -> None:
    url = await _filled(postgres)
    await postgres.tell("UPDATE alembic_version SET version_num = '9999'", url.partition("@/")[2].partition("?")[0])
    assert await _reason_of_upgrading(url) == NEWER


async def test_a_role_that_may_not_make_tables_is_told_so(postgres: Server) -> None:
    url = await postgres.create()
    await postgres.tell("CREATE ROLE reader LOGIN")
    reader = located(url.replace("chao@", "reader@"))
    assert await _reason_of_upgrading(url.replace("chao@", "reader@")) == READ_ONLY
    assert not await reader.is_writable()
    assert await located(url).is_writable()
