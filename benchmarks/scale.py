"""PostgreSQL with a million flags beside the same with a thousand: `show` and `flag`, one at a time, each anywhere.

`python -m benchmarks.scale` prints these alone. Both databases are on one server that keeps its promises (fsync on);
the server makes the rows, a hundred flags on twenty clients in each workspace, with the audit that made them.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count
from statistics import median, quantiles

from benchmarks.filling import CLIENTS, FLAGS, KINDS, fill
from bot.events import Command, Place, User
from bot.features.registry import router
from bot.reply import Reply
from bot.router import Router, Services
from bot.storage.location import located
from bot.storage.outbox import Claim, Sender
from bot.storage.postgres import PostgresDatabase
from bot.summary.composer import SummaryComposer
from tests.postgres import Server, server
from tests.support import START, our_knowledge, reader

LARGE, SMALL = 10_000, 10
ROUNDS, COUNT = 5, 1_000
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

    async def seconds(self, command: str, chance: random.Random) -> float:
        """How long a command took, at a random workspace and client."""
        event = _command(command, f"slack:T{chance.randrange(self.workspaces)}", chance.randrange(CLIENTS))
        start = time.perf_counter()
        reply = await self.bot.dispatch(event)
        taken = time.perf_counter() - start
        assert isinstance(reply, Reply)
        assert not reply.is_error
        return taken

    async def built(self, chance: random.Random) -> float:
        """How long it took to read and compose a summary."""
        claim = _claim(f"slack:T{chance.randrange(self.workspaces)}")
        composer, start = SummaryComposer(self.bot.services), time.perf_counter()
        assert await self.bot.services.database.read(partial(composer.summaries, claims=[claim]))
        return time.perf_counter() - start


async def _measured(running: Server) -> None:
    start = time.perf_counter()
    async with _bot(running, SMALL) as small, _bot(running, LARGE) as large:
        seconds = time.perf_counter() - start
        print(f"{LARGE * FLAGS:,} flags of {LARGE:,} workspaces in    {seconds:8.0f} s   made by the server")
        chance = random.Random(1)
        for command in ("show", "flag"):
            await _in_turns(command, chance, small, large)
            rounds = [await _in_turns(command, chance, small, large) for _ in range(ROUNDS)]
            _say(command, *([taken[side] for taken in rounds] for side in (0, 1)))
        built = [await large.built(chance) * 1_000 for _ in range(COUNT)][COUNT // 10 :]
        print(f"a summary built on PostgreSQL        {median(built):6.2f} ms   p99 {_p99(built):.2f} ms   target 20 ms")


async def _in_turns(command: str, chance: random.Random, *sizes: Size) -> tuple[list[float], ...]:
    """One on each, `COUNT` times, so that what else the machine does falls on all of them."""
    taken: tuple[list[float], ...] = tuple([] for _ in sizes)
    for _ in range(COUNT):
        for size, seconds in zip(sizes, taken, strict=True):
            seconds.append(await size.seconds(command, chance))
    return taken


def _say(command: str, small: list[list[float]], large: list[list[float]]) -> None:
    for what, of in _FIGURES.items():
        few, many = (median(of(taken) for taken in rounds) * 1_000 for rounds in (small, large))
        sizes = f"{SMALL * FLAGS:,} flags {few:6.2f} ms, {LARGE * FLAGS:,} {many:6.2f} ms"
        target = "   target 1.3 at most" if what == "p99" else ""
        print(f"{command} on PostgreSQL, {what}   {sizes}   {many / few:.2f}{target}")


def _p99(taken: list[float]) -> float:
    return quantiles(taken, n=100)[98]


_FIGURES: dict[str, Callable[[list[float]], float]] = {"p50": median, "p99": _p99}


def _command(name: str, workspace: str, client: int) -> Command:
    number = next(_NUMBERS)
    args = {"client": f"client {client}"}
    if name == "flag":
        args |= {"archetype": KINDS[number % len(KINDS)], "reason": f"bench {number}"}
    return Command(str(number), ANA, Place(workspace, "C1"), name, args)


def _claim(workspace: str) -> Claim:
    sender = Sender("bench", ("slack",), timedelta(minutes=5))
    return Claim(
        1, workspace, "slack", "C1", "2026-W48", START, 1, "", is_doubtful=False,
        zone="UTC", language="en", set_by="ana", fault="", sender=sender,
    )  # fmt: skip


@asynccontextmanager
async def _bot(running: Server, workspaces: int) -> AsyncIterator[Size]:
    url = await running.create()
    await located(url).upgrade()
    await fill(url, workspaces)
    database = PostgresDatabase(url)
    try:
        yield Size(router(Services(database, our_knowledge(), reader(), lambda: START)), workspaces)
    finally:
        await database.close()


if __name__ == "__main__":
    sys.exit(main())
