"""A bot that is stopped after its PostgreSQL went away ended with a `BrokenPipeError`."""

from __future__ import annotations

from bot.storage.postgres import PostgresDatabase
from tests.postgres import server


async def test_a_database_whose_server_is_gone_is_closed_without_a_fault() -> None:
    with server() as running:
        database = PostgresDatabase(await running.create())
        await database.read(lambda _: None)
        # Nobody reads what the server says as it goes: the loop stands still meanwhile.
        running.restart("crash")
        await database.close()
