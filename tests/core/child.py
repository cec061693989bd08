"""What processes of the SQLite tests do, to be killed or to lose their rights."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.storage import migrate
from bot.storage.database import StorageError
from bot.storage.migrate import upgrade
from bot.storage.sqlite import SqliteDatabase, sqlite_engine, translated
from tests.contract.teams import Member, flags, known
from tests.support import new_database

NOBODY = 65534


def say(text: str) -> None:
    """One line to the parent, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def _write(member: Member, numbers: range) -> None:
    for number in numbers:
        await member.does(flags("acme", reason=str(number)))
        say(str(number))


async def _writes(path: Path) -> None:
    member = Member(SqliteDatabase(path))
    await asyncio.gather(*(_write(member, range(start, 1_000_000, 8)) for start in range(8)))


def writes(path: Path) -> None:
    """Flag for ever, eight at a time; a line for every flag that is confirmed."""
    asyncio.run(_writes(path))


def upgraded(path: Path) -> str:
    """Upgrade as the command line does it: what the driver can't do is a `StorageError`."""
    engine = sqlite_engine(path)
    try:
        return upgrade(engine)
    except Exception as error:
        raise translated(error) from error
    finally:
        engine.dispose()


def upgrades(folder: Path, *paths: Path) -> None:
    """Bring databases to the newest revision of a folder, each when the parent says so."""
    migrate.FOLDER = folder
    for path in paths:
        say("ready")
        sys.stdin.readline()
        say(upgraded(path))


def _outcome(attempt: Callable[[], str]) -> str:
    try:
        return attempt()
    except StorageError as error:
        return error.reason


def _used(path: Path) -> str:
    return asyncio.run(_reads_and_writes(path))


async def _reads_and_writes(path: Path) -> str:
    database = SqliteDatabase(path)
    member = Member(database)
    name = (await member.sees(lambda store: known(store, "acme"))).name
    try:
        await member.does(flags(name))
    except StorageError as error:
        return f"{name} {error.reason}"
    finally:
        await database.close()
    return "written"


def is_powerless(*paths: Path) -> None:
    """What upgrading, reading and writing come to for somebody who may not write: a line each."""
    with tempfile.TemporaryDirectory() as folder:
        # Once with all rights, so that nothing need be imported later, perhaps from where nobody may read.
        warm = new_database(Path(folder) / "warm.db")
        asyncio.run(Member(warm).does(flags("acme")))
        asyncio.run(warm.close())
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    for path in paths:
        say(f"{_outcome(partial(upgraded, path))} {_outcome(partial(_used, path))}")
