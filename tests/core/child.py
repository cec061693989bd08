"""A process of its own for the SQLite tests, which kill it or take its rights: `python -m tests.core.child JOB PATH…`."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.storage import migrate
from bot.storage.database import StorageError
from bot.storage.migrate import upgrade
from bot.storage.sqlite import SqliteDatabase, sqlite_engine
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


async def writes(path: Path) -> None:
    """Flag for ever, eight at a time; a line for every flag that is confirmed."""
    member = Member(SqliteDatabase(path))
    await asyncio.gather(*(_write(member, range(start, 1_000_000, 8)) for start in range(8)))


def upgrades(path: Path, folder: Path) -> None:
    """Bring a database to the newest revision of a folder when the parent says so."""
    migrate.FOLDER = folder
    say("ready")
    sys.stdin.readline()
    say(upgrade(sqlite_engine(path)))


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        return str(attempt())
    except StorageError as error:
        return error.reason


async def _reads_and_writes(path: Path) -> None:
    database = SqliteDatabase(path)
    try:
        member = Member(database)
        say((await member.sees(lambda store: known(store, "acme"))).name)
        await member.does(flags("acme"))
    finally:
        await database.close()


def is_powerless(path: Path) -> None:
    """What upgrading, reading and writing come to for somebody who may not write: a line each."""
    with tempfile.TemporaryDirectory() as folder:
        # Once with all rights, so that nothing need be imported later, perhaps from where nobody may read.
        warm = new_database(Path(folder) / "warm.db")
        asyncio.run(Member(warm).does(flags("acme")))
        asyncio.run(warm.close())
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    say(_outcome(lambda: upgrade(sqlite_engine(path))))
    say(_outcome(lambda: asyncio.run(_reads_and_writes(path))))


if __name__ == "__main__":
    job, *paths = sys.argv[1:]
    if job == "writes":
        asyncio.run(writes(Path(paths[0])))
    elif job == "upgrades":
        upgrades(Path(paths[0]), Path(paths[1]))
    else:
        is_powerless(Path(paths[0]))
