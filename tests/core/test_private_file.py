"""The file with clients' names in it is nobody else's on the machine."""

from __future__ import annotations

from pathlib import Path

from bot.storage.location import SqliteFile
from tests.contract.teams import Member, flags


async def test_only_its_owner_reads_the_file_and_what_lies_beside_it(tmp_path: Path) -> None:
    place = SqliteFile(tmp_path / "chao" / "chao.db")
    await place.upgrade()
    database = place.open()
    await Member(database).does(flags("acme"))
    modes = {path.name: path.stat().st_mode & 0o777 for path in place.path.parent.iterdir()}
    await database.close()
    assert modes.keys() >= {"chao.db", "chao.db-wal"}
    assert set(modes.values()) == {0o600}
    assert place.path.parent.stat().st_mode & 0o777 == 0o700
