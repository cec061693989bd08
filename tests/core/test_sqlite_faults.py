"""What SQLite can't do now is a `StorageError` with its reason, and over once the cause is."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.storage.database import CORRUPT, FULL, LOCKED, NEWER, READ_ONLY, UNREACHABLE, StorageError
from bot.storage.sqlite import SqliteDatabase, translated
from bot.storage.store import Store
from tests.contract.teams import Member, flags, known
from tests.core.child import is_powerless, upgraded
from tests.forked import Child
from tests.support import new_database


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """A database in a file, with a flag on acme."""
    database = new_database(tmp_path / "chao.db")
    try:
        await Member(database).does(flags("acme"))
        yield database
    finally:
        await database.close()


def _names(store: Store) -> list[str]:
    return [client.name for client in store.clients.every()]


def _reason_of(attempt: Callable[[], object]) -> str:
    with pytest.raises(StorageError) as refused:
        attempt()
    return refused.value.reason


async def test_a_lock_held_too_long_fails_writes_but_not_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.sqlite.BUSY_SECONDS", 0.05)
    database = new_database(tmp_path / "chao.db")
    ana = Member(database)
    await ana.does(flags("acme"))
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writes = [ana.does(flags("globex")) for _ in range(40)]
        outcomes = await asyncio.gather(*writes, return_exceptions=True)
        assert {getattr(outcome, "reason", outcome) for outcome in outcomes} == {LOCKED}
        assert await ana.sees(_names) == ["acme"]
        other.execute("ROLLBACK")
    await ana.does(flags("globex"))
    assert await ana.sees(_names) == ["acme", "globex"]
    await database.close()


def test_opening_waits_for_whoever_is_just_writing_the_first_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.sqlite.BUSY_SECONDS", 0.3)
    path = tmp_path / "chao.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        assert _reason_of(lambda: upgraded(path)) == LOCKED
        assert time.monotonic() - start >= 0.3


def _leaves_pages(count: int) -> Callable[[Session], object]:
    def unit(session: Session) -> object:
        now = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        return session.connection().exec_driver_sql(f"PRAGMA max_page_count = {now + count}").scalar_one()

    return unit


async def test_a_full_disk_fails_what_does_not_fit_and_nothing_else(file: SqliteDatabase) -> None:
    ana = Member(file)
    await file.write(_leaves_pages(4))
    before = await ana.stored(without=())
    with pytest.raises(StorageError) as refused:
        await ana.does(flags("acme", reason="x" * 1_000_000))
    assert refused.value.reason == FULL
    assert await ana.stored(without=()) == before
    await ana.does(flags("acme", reason="short"))
    await file.write(_leaves_pages(1_000))
    await ana.does(flags("acme", reason="x" * 1_000_000))
    assert len((await ana.stored())["flags"]) == 3


async def test_a_full_disk_amid_many_writes_tells_each_caller_the_truth(file: SqliteDatabase) -> None:
    ana = Member(file)
    await file.write(_leaves_pages(12))
    texts = [f"{number} {'x' * (1_000_000 if number == 5 else 10)}" for number in range(20)]
    outcomes = await asyncio.gather(*(ana.does(flags("acme", reason=text)) for text in texts), return_exceptions=True)
    assert {getattr(outcome, "reason", outcome) for outcome in outcomes} <= {FULL, None}
    assert getattr(outcomes[5], "reason", "stored") == FULL
    confirmed = {text for text, outcome in zip(texts, outcomes, strict=True) if outcome is None}
    stored = await ana.sees(lambda store: {flag.reason for flag in store.flags.of_client(known(store, "acme").id)})
    assert stored == confirmed | {"inv 104"}


@pytest.mark.parametrize(
    "content", [b"this is a letter, not a database\n" * 300, b"short", b"SQLite format 3\0" + b"\xff" * 8000]
)
def test_a_file_that_is_no_database_is_corrupt(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "chao.db"
    path.write_bytes(content)
    assert _reason_of(lambda: upgraded(path)) == CORRUPT
    assert _reason_of(lambda: SqliteDatabase(path)) == CORRUPT
    assert path.read_bytes() == content


def _break_page(path: Path, table: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        [page] = other.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
        [size] = other.execute("PRAGMA page_size").fetchone()
    whole = path.read_bytes()
    path.write_bytes(whole[: size * (page - 1)] + b"\xff" * size + whole[size * page :])


async def test_a_file_with_a_broken_page_is_corrupt_where_that_page_is_read(file: SqliteDatabase) -> None:
    await file.close()
    _break_page(file.path, "clients")
    database = SqliteDatabase(file.path)
    ana = Member(database)
    outcomes = await asyncio.gather(ana.does(flags("acme")), ana.sees(_names), return_exceptions=True)
    assert [getattr(outcome, "reason", outcome) for outcome in outcomes] == [CORRUPT, CORRUPT]
    await ana.does(lambda store: store.change_setting("country", "ES"))
    assert await ana.sees(lambda store: store.settings) == {"country": "ES"}
    await database.close()


async def test_a_file_whose_list_of_tables_is_broken_is_corrupt_at_once(file: SqliteDatabase) -> None:
    await file.close()
    whole = file.path.read_bytes()
    file.path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    assert _reason_of(lambda: upgraded(file.path)) == CORRUPT
    assert _reason_of(lambda: SqliteDatabase(file.path)) == CORRUPT


def test_a_folder_or_a_place_that_does_not_exist_is_unreachable(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "such" / "chao.db"):
        assert _reason_of(partial(upgraded, path)) == UNREACHABLE
        assert _reason_of(partial(SqliteDatabase, path)) == UNREACHABLE


async def test_a_database_of_a_newer_version_is_left_alone(file: SqliteDatabase) -> None:
    with closing(sqlite3.connect(file.path)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    assert _reason_of(lambda: upgraded(file.path)) == NEWER
    assert await Member(file).sees(_names) == ["acme"]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach: pytest's own are closed to other users."""
    folder = Path(tempfile.mkdtemp(prefix="chao-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


RIGHTS = {
    (0o444, 0o555): f"{READ_ONLY} {READ_ONLY}",
    (0o444, 0o755): f"{READ_ONLY} {READ_ONLY}",
    (0o666, 0o555): f"{READ_ONLY} {READ_ONLY}",
    (0o444, 0o777): f"0005 acme {READ_ONLY}",
    (0o000, 0o777): f"{UNREACHABLE} {UNREACHABLE}",
    (0o666, 0o777): "0005 written",
}


def test_without_the_right_to_write_the_reason_is_said(open_folder: Path) -> None:
    paths = []
    for file_mode, folder_mode in RIGHTS:
        folder = open_folder / f"{file_mode:o}-{folder_mode:o}"
        folder.mkdir()
        paths.append(folder / "chao.db")
        asyncio.run(_filled(paths[-1]))
        paths[-1].chmod(file_mode)
        folder.chmod(folder_mode)
    with Child(is_powerless, *paths) as child:
        assert child.stdout.read().splitlines() == list(RIGHTS.values())
    assert child.returncode == 0


async def _filled(path: Path) -> None:
    database = new_database(path)
    await Member(database).does(flags("acme"))
    await database.close()


def test_a_folder_with_any_name_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "what? 100% #1 & 拖欠 ñ"
    folder.mkdir()
    asyncio.run(_filled(folder / "chao.db"))
    assert (folder / "chao.db").stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_what_is_no_fault_of_the_disk_stays_what_it_is() -> None:
    for error in (ValueError("locked"), sqlite3.IntegrityError("UNIQUE constraint failed")):
        assert translated(error) is error
    disk = translated(sqlite3.OperationalError("disk I/O error"))
    assert isinstance(disk, StorageError)
    assert disk.reason == UNREACHABLE
