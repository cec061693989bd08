"""`chao db`: migrations, and moving all data from one database to another."""

from __future__ import annotations

import sys

from adapters.failure import CommandFailedError
from adapters.wiring import located_at, refused
from bot.settings import Settings
from bot.storage.copying import NotCopiedError, copied
from bot.storage.database import StorageError


async def revision(action: str, settings: Settings) -> int:
    """`chao db upgrade` and `chao db current`: the revision on standard output."""
    location = located_at(settings.data_url)
    try:
        found = await (location.upgrade() if action == "upgrade" else location.revision())
    except StorageError as error:
        raise refused(error, location, "en") from error
    sys.stdout.write(f"{found or 'empty'}\n")
    return 0


async def copy(source: str, target: str) -> int:
    """Copy everything, compare, and print a line for each table."""
    here, there = located_at(source, "FROM"), located_at(target, "TO")
    try:
        tables = await copied(here, there)
    except NotCopiedError as error:
        raise CommandFailedError(f"nothing was copied: {error}") from error
    for table in tables:
        sys.stdout.write(f"{table.name:<18}{table.rows:>10} rows  {table.checksum}\n")
    sys.stdout.write(f"copied {sum(table.rows for table in tables)} rows to {there.name}; counts and checksums agree\n")
    return 0
