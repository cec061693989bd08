"""PostgreSQL with a million flags beside the same with a thousand: `show` and `flag`, one at a time, each anywhere.

`python -m benchmarks.scale` prints these alone. Both databases are on one server that keeps its promises (fsync on);
the rows are copied in, a hundred flags on twenty clients in each workspace, with the audit that made them.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from statistics import median, quantiles
from typing import Any

import asyncpg

from bot.events import Command, Place, User
from bot.features.registry import router
from bot.names import key_of
from bot.reply import Reply
from bot.router import Router, Services
from bot.storage.location import located
from bot.storage.postgres import PostgresDatabase
from tests.postgres import Server, server
from tests.support import START, our_knowledge, reader

LARGE, SMALL = 10_000, 10
CLIENTS, FLAGS = 20, 100
ROUNDS, COUNT = 5, 1_000
KINDS = ("mala-paga", "indeciso", "pichirre", "abusivo", "insaciable", "sin-horario", "sabelotodo", "anti-contrato")
REAL = {"fsync": "on", "full_page_writes": "on", "shared_buffers": "256MB", "autovacuum": "on", "max_wal_size": "4GB"}
ANA = User("ana", locale="en", is_manager=True)
_NUMBERS = count()


def main() -> int:
    """Both commands on both sizes; each prints a line."""
    with server(**REAL) as running:
        asyncio.run(_measured(running))
    return 0


@dataclass(frozen=True)
class Size:
    """A bot on a database with so many workspaces."""

    bot: Router
    workspaces: int

    async def seconds(self, command: str, chance: random.Random) -> list[float]:
        """How long each of `COUNT` commands took, at random workspaces and clients."""
        taken = []
        for _ in range(COUNT):
            event = _command(command, f"slack:T{chance.randrange(self.workspaces)}", chance.randrange(CLIENTS))
            start = time.perf_counter()
            reply = await self.bot.dispatch(event)
            taken.append(time.perf_counter() - start)
            assert isinstance(reply, Reply)
            assert not reply.is_error
        return taken


async def _measured(running: Server) -> None:
    start = time.perf_counter()
    async with _bot(running, SMALL) as small, _bot(running, LARGE) as large:
        print(f"{LARGE * FLAGS:,} flags of {LARGE:,} workspaces in    {time.perf_counter() - start:8.0f} s   by COPY")
        chance = random.Random(1)
        for command in ("show", "flag"):
            for size in (small, large):
                await size.seconds(command, chance)
            # In turns, so that what else the machine does falls on both.
            rounds = [[await size.seconds(command, chance) for size in (small, large)] for _ in range(ROUNDS)]
            _say(command, *([taken[side] for taken in rounds] for side in (0, 1)))


def _say(command: str, small: list[list[float]], large: list[list[float]]) -> None:
    for what, of in _FIGURES.items():
        few, many = (median(of(taken) for taken in rounds) * 1_000 for rounds in (small, large))
        sizes = f"{SMALL * FLAGS:,} flags {few:6.2f} ms, {LARGE * FLAGS:,} {many:6.2f} ms"
        print(f"{command} on PostgreSQL, {what}   {sizes}   {many / few:.2f}")


def _p99(taken: list[float]) -> float:
    return quantiles(taken, n=100)[98]


_FIGURES: dict[str, Callable[[list[float]], float]] = {"p50": median, "p99": _p99}


def _command(name: str, workspace: str, client: int) -> Command:
    number = next(_NUMBERS)
    args = {"client": f"client {client}"}
    if name == "flag":
        args |= {"archetype": KINDS[number % len(KINDS)], "reason": f"bench {number}"}
    return Command(str(number), ANA, Place(workspace, "C1"), name, args)


@asynccontextmanager
async def _bot(running: Server, workspaces: int) -> AsyncIterator[Size]:
    url = await running.create()
    await located(url).upgrade()
    await _fill(url, workspaces)
    database = PostgresDatabase(url)
    try:
        yield Size(router(Services(database, our_knowledge(), reader(), lambda: START)), workspaces)
    finally:
        await database.close()


async def _fill(url: str, workspaces: int) -> None:
    connection = await asyncpg.connect(url)
    try:
        for table, (columns, rows) in _TABLES.items():
            await connection.copy_records_to_table(table, records=rows(workspaces), columns=columns.split())
            if "id" in columns.split():
                await connection.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")  # noqa: S608 - ours
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


Rows = Iterator[tuple[Any, ...]]


def _workspaces(workspaces: int) -> Rows:
    return ((n + 1, f"slack:T{n}", START) for n in range(workspaces))


def _clients(workspaces: int) -> Rows:
    return ((n + 1, n // CLIENTS + 1, f"client {n % CLIENTS}", START) for n in range(workspaces * CLIENTS))


def _names(workspaces: int) -> Rows:
    return ((*row[:3], key_of(row[2]), row[0]) for row in _clients(workspaces))


def _flags(workspaces: int) -> Rows:
    for number in range(workspaces * FLAGS):
        workspace, at = number // FLAGS, START - timedelta(hours=1 + 40 * (FLAGS - number % FLAGS))
        client = workspace * CLIENTS + number % CLIENTS + 1
        kind, reason = KINDS[number // CLIENTS % len(KINDS)], f"inv {number}, 20 days late"
        yield workspace + 1, client, kind, reason, "", "active", "ana", "C1", "", at, at + timedelta(days=180), "", ""


def _audit(workspaces: int) -> Rows:
    changes = '[{"table": "flags", "id": 1, "before": null, "after": "0123456789abcdef01234567", "ids": []}]'
    for row in _flags(workspaces):
        yield row[0], "ana", "flag", f" {row[1]} ", changes, row[9]


_FLAG = (
    "workspace_id client_id archetype reason evidence status created_by channel thread created_at expires_at "
    "closed_by closing_note"
)
_TABLES: dict[str, tuple[str, Callable[[int], Rows]]] = {
    "workspaces": ("id key created_at", _workspaces),
    "clients": ("id workspace_id name created_at", _clients),
    "client_names": ("id workspace_id name key client_id", _names),
    "flags": (_FLAG, _flags),
    "audit": ("workspace_id user_id action clients changes at", _audit),
}

if __name__ == "__main__":
    sys.exit(main())
