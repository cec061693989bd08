"""All data from one database to another: every row, every counter, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.events import Command, Place, User
from bot.storage import copying, migrate
from bot.storage.copying import NotCopiedError, copied
from bot.storage.location import Location, located
from bot.storage.store import Store
from tests.contract.teams import Dump, Member, everything, flags, known, merges, notes, renames, sets, undoes
from tests.contract.test_store_isolation import words
from tests.core.test_sqlite_migrate import another
from tests.postgres import Server, Shared

FILLED: list[bytes] = []
ODD = "“拖欠” ñ \U0001f600 '; -- \\ %s {0}\n\t"


@asynccontextmanager
async def _at(location: Location) -> AsyncIterator[Member]:
    database = location.open()
    try:
        yield Member(database)
    finally:
        await database.close()


def _holds(store: Store) -> int:
    return store.held.hold(Command("1", User("ana"), Place(""), "flag", {"client": "acme"}))


async def _fill(location: Location) -> None:
    """Every kind of row in two workspaces, histories that can be undone, and ids that are gone."""
    await location.upgrade()
    async with _at(location) as ana:
        for team in (ana, ana.elsewhere("discord:G1")):
            await team.does(lambda store: words(store, ODD))
            for deed in (flags("acme"), notes("acme", ODD), flags("globex"), renames("acme", "Zeta"), undoes):
                await team.does(deed)
            await team.does(merges("globex", "acme"))
            await team.does(sets("language", "zh"))
            await team.does(lambda store: store.held.take(_holds(store)))
            await team.does(flags("for a moment"))
            await team.does(undoes)


async def _all(location: Location) -> Dump:
    async with _at(location) as ana:
        rows = await ana.database.read(everything)
    return {name: sorted(found, key=repr) for name, found in rows.items()}


@pytest.fixture
async def file(tmp_path: Path) -> Location:
    """A SQLite installation."""
    location = located(f"sqlite:///{tmp_path / 'chao.db'}")
    if not FILLED:
        await _fill(location)
        FILLED.append((tmp_path / "chao.db").read_bytes())
    (tmp_path / "chao.db").write_bytes(FILLED[0])
    return location


@pytest.fixture
async def served(shared_postgres: Shared) -> Location:
    """An empty database on a server, with tables."""
    return located(await shared_postgres.emptied())


async def test_every_row_goes_to_postgresql_and_back(file: Location, postgres: Server, tmp_path: Path) -> None:
    there, back = located(await postgres.create()), located(f"sqlite:///{tmp_path / 'back' / 'chao.db'}")
    before = await _all(file)
    out, home = await copied(file, there), await copied(there, back)
    assert out == home
    assert await _all(there) == await _all(back) == await _all(file) == before
    counts = {table.name: table.rows for table in out}
    assert counts == {name: len(rows) for name, rows in before.items()}
    assert sum(counts.values()) > 50


async def test_work_goes_on_where_it_stood_and_no_id_comes_back(file: Location, served: Location) -> None:
    async with _at(file) as ana:
        old = await ana.does(_holds)
        await ana.does(lambda store: store.held.take(old))
    await copied(file, served)
    async with _at(served) as ana:
        assert await ana.does(_holds) == old + 1
        assert await ana.does(undoes) == "settings"
        assert await ana.does(undoes) == "merge"
        assert await ana.sees(lambda store: known(store, "globex").name) == "globex"
        assert not await ana.does(lambda store: store.is_new_event("event 1"))


async def test_a_held_id_that_is_gone_stays_gone_on_the_way_back(
    file: Location, served: Location, tmp_path: Path
) -> None:
    await copied(file, served)
    async with _at(served) as ana:
        old = await ana.does(_holds)
        await ana.does(lambda store: store.held.take(old))
    back = located(f"sqlite:///{tmp_path / 'back.db'}")
    await copied(served, back)
    async with _at(back) as ana:
        assert await ana.does(_holds) == old + 1


async def _refusal(source: Location, target: Location) -> str:
    with pytest.raises(NotCopiedError) as refused:
        await copied(source, target)
    return str(refused.value)


async def test_a_target_with_rows_is_refused_and_left_as_it_is(file: Location, served: Location) -> None:
    async with _at(served) as ana:
        await ana.does(flags("initech"))
    before = await _all(served)
    assert "not empty" in await _refusal(file, served)
    assert await _all(served) == before
    assert "not empty" in await _refusal(served, file)
    assert "not empty" in await _refusal(file, file)


async def test_a_copy_that_fails_in_the_middle_leaves_an_empty_target_and_may_be_repeated(
    file: Location, served: Location, shared_postgres: Shared
) -> None:
    body = "BEGIN RAISE EXCEPTION USING ERRCODE = ''53100'', MESSAGE = ''no space''; END"
    await shared_postgres.tell(
        f"CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS '{body}';"
        "CREATE TRIGGER full_disk BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION full_disk()"
    )
    try:
        assert "no space" in await _refusal(file, served)
    finally:
        await shared_postgres.tell("DROP TRIGGER full_disk ON notes")
    assert [name for name, rows in (await _all(served)).items() if rows] == []
    assert await copied(file, served)


async def test_a_copy_that_comes_out_different_is_not_kept(
    file: Location, served: Location, shared_postgres: Shared
) -> None:
    body = "BEGIN NEW.text := NEW.text || ''.''; RETURN NEW; END"
    await shared_postgres.tell(
        f"CREATE OR REPLACE FUNCTION mangle() RETURNS trigger LANGUAGE plpgsql AS '{body}';"
        "CREATE TRIGGER mangle BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION mangle()"
    )
    try:
        assert "notes came out different" in await _refusal(file, served)
    finally:
        await shared_postgres.tell("DROP TRIGGER mangle ON notes")
    assert [name for name, rows in (await _all(served)).items() if rows] == []


async def test_what_is_written_while_copying_is_not_half_copied(
    file: Location, served: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, copy_table = await _all(file), copying._copy_table
    path = Path(file.name)

    def meanwhile(*args: object) -> object:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("UPDATE flags SET reason = 'changed meanwhile'")
        return copy_table(*args)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(copying, "_copy_table", meanwhile)
    await copied(file, served)
    assert await _all(served) == before


async def test_a_source_that_is_not_there_is_refused_and_not_made(served: Location, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.db"
    assert "no database" in await _refusal(located(f"sqlite:///{nowhere}"), served)
    assert not nowhere.exists()
    assert "can't be used (unreachable)" in await _refusal(located(f"postgresql://x@/y?host={tmp_path}"), served)


async def test_another_version_is_refused(
    file: Location, served: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "FOLDER", another(tmp_path, "pass"))
    assert "another version" in await _refusal(file, served)
    assert "upgrade" in await _refusal(file, located(f"sqlite:///{tmp_path / 'new.db'}"))


async def test_many_rows_come_over_page_by_page(
    file: Location, served: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "ROWS_AT_ONCE", 2)
    before = await _all(file)
    await copied(file, served)
    assert await _all(served) == before


async def test_nobody_else_writes_into_the_target_while_it_is_filled(
    file: Location, served: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks: set[str] = set()
    copy_table = copying._copy_table

    def asks(table: object, reading: object, writing: object) -> object:
        query = "SELECT mode FROM pg_locks WHERE relation = 'flags'::regclass AND granted"
        locks.update(writing.execute(text(query)).scalars())  # type: ignore[attr-defined]  # the target's connection
        return copy_table(table, reading, writing)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(copying, "_copy_table", asks)
    await copied(file, served)
    assert "ExclusiveLock" in locks
