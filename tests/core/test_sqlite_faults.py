"""What SQLite can't do now is a `StorageError` with its reason, and over once the cause is."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.storage.database import CORRUPT, FULL, LOCKED, NEWER, READ_ONLY, UNREACHABLE, StorageError
from bot.storage.migrate import upgrade
from bot.storage.sqlite import SqliteDatabase, sqlite_engine, translated
from bot.storage.store import Store
from tests.contract.teams import Member, flags, known
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


def _upgrade(path: Path) -> str:
    engine = sqlite_engine(path)
    try:
        return upgrade(engine)
    except sqlite3.Error as error:
        raise translated(error) from error
    finally:
        engine.dispose()


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


@pytest.mark.parametrize("content", [b"this is a letter, not a database\n" * 300, b"short", b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_file_that_is_no_database_is_corrupt(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "chao.db"
    path.write_bytes(content)
    assert _reason_of(lambda: _upgrade(path)) == CORRUPT
    assert _reason_of(lambda: SqliteDatabase(path)) == CORRUPT
    assert path.read_bytes() == content


async def test_a_file_with_broken_pages_is_corrupt(file: SqliteDatabase) -> None:
    await file.close()
    whole = file.path.read_bytes()
    file.path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert _reason_of(lambda: _upgrade(file.path)) == CORRUPT
    database = SqliteDatabase(file.path)
    for unit in (Member(database).does(flags("acme")), Member(database).sees(_names)):
        with pytest.raises(StorageError) as refused:
            await unit
        assert refused.value.reason == CORRUPT
    await database.close()


def test_a_folder_or_a_place_that_does_not_exist_is_unreachable(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "such" / "chao.db"):
        assert _reason_of(lambda path=path: _upgrade(path)) == UNREACHABLE
        assert _reason_of(lambda path=path: SqliteDatabase(path)) == UNREACHABLE


async def test_a_database_of_a_newer_version_is_left_alone(file: SqliteDatabase) -> None:
    with closing(sqlite3.connect(file.path)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    assert _reason_of(lambda: _upgrade(file.path)) == NEWER
    assert await Member(file).sees(_names) == ["acme"]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach: pytest's own are closed to other users."""
    folder = Path(tempfile.mkdtemp(prefix="chao-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "lines"),
    [
        (0o444, 0o555, [READ_ONLY, READ_ONLY]),
        (0o444, 0o755, [READ_ONLY, READ_ONLY]),
        (0o666, 0o555, [READ_ONLY, READ_ONLY]),
        (0o444, 0o777, ["0001", "acme", READ_ONLY]),
        (0o000, 0o777, [UNREACHABLE, UNREACHABLE]),
    ],
)
def test_without_the_right_to_write_the_reason_is_said(
    open_folder: Path, file_mode: int, folder_mode: int, lines: list[str]
) -> None:
    path = open_folder / "chao.db"
    database = new_database(path)

    async def fill() -> None:
        await Member(database).does(flags("acme"))
        await database.close()

    asyncio.run(fill())
    path.chmod(file_mode)
    open_folder.chmod(folder_mode)
    command = [sys.executable, "-m", "tests.core.child", "is_powerless", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == lines


async def test_a_folder_with_any_name_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "what? 100% #1 & 拖欠 ñ"
    folder.mkdir()
    database = new_database(folder / "chao.db")
    await Member(database).does(flags("acme"))
    await database.close()
    assert (folder / "chao.db").stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_what_is_no_fault_of_the_disk_stays_what_it_is() -> None:
    for error in (ValueError("locked"), sqlite3.IntegrityError("UNIQUE constraint failed")):
        assert translated(error) is error
    disk = translated(sqlite3.OperationalError("disk I/O error"))
    assert isinstance(disk, StorageError)
    assert disk.reason == UNREACHABLE
