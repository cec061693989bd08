"""Kills sending processes at random instants while they send, and reads what arrived."""

from __future__ import annotations

import asyncio
import json
import random
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess

from bot.delivery.when import Weekly
from bot.records import Plan
from bot.storage.location import located
from bot.storage.store import Store
from tests.contract.teams import Member
from tests.delivery.loopback import serve
from tests.delivery.replica import START, run
from tests.forked import Child, Where, forked


@dataclass(frozen=True)
class Storm:
    """So many channels due at once, so many processes, so many kills, one every `every` seconds or so."""

    channels: int
    replicas: int
    kills: int
    every: float
    seed: int
    answer: float = 0.3
    trouble: float = 0.1


async def planned(where: str, channels: int) -> None:
    """Plan a summary in each channel, due now, in a database whose tables are made."""
    await located(where).upgrade()
    database, weekly = located(where).open(), Weekly(START.weekday(), START.hour * 60 + START.minute, "UTC")

    def plan(store: Store) -> None:
        for number in range(channels):
            due = Plan(weekly.weekday, weekly.minute, weekly.zone, "en", "ana", weekly.until(START), START)
            store.schedules.put(f"C{number}", "slack", due)

    await Member(database).does(plan)
    await database.close()


def survived(storm: Storm, where: str) -> Counter[tuple[str, str]]:
    """How often each message stands in each channel after all that; `where` is an empty database."""
    asyncio.run(planned(where, storm.channels))
    with Loopback(storm.answer, storm.trouble) as url:
        replicas = Replicas(storm.replicas, (where, url, time.time()))
        try:
            _rage(storm, replicas)
        finally:
            replicas.end()
        with urllib.request.urlopen(f"{url}/every") as answer:  # noqa: S310 - a server of this test, on loopback
            return Counter((channel, marker) for channel, _, marker in json.load(answer))


def _rage(storm: Storm, replicas: Replicas) -> None:
    chance = random.Random(storm.seed)
    for _ in range(storm.kills):
        replicas.kill_one(chance.randrange(storm.replicas), storm.every * chance.uniform(0.5, 1.5))
    assert replicas.wait(120) == [0] * storm.replicas


class Loopback:
    """The platform in a process of its own; its address while it lives."""

    def __init__(self, answer: float, trouble: float) -> None:
        self._process = Child(serve, answer, trouble)

    def __enter__(self) -> str:
        return f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def __exit__(self, *exited: object) -> None:
        self._process.process.kill()
        self._process.__exit__(*exited)


class Replicas:
    """Processes that send."""

    def __init__(self, count: int, arguments: tuple[str, str, float]) -> None:
        self._arguments = arguments
        self._processes = [self._started() for _ in range(count)]

    def kill_one(self, place: int, after: float) -> None:
        """Kill a process without warning, some seconds from now, and start another; not one that has finished."""
        process = self._processes[place]
        process.join(after)
        if process.is_alive():
            process.kill()
            process.join()
            self._processes[place] = self._started()

    def wait(self, seconds: float) -> list[int | None]:
        """The exit codes, once all have finished."""
        for process in self._processes:
            process.join(seconds)
        return [process.exitcode for process in self._processes]

    def end(self) -> None:
        """Whatever still runs."""
        for process in self._processes:
            process.kill()
            process.join()

    def _started(self) -> ForkServerProcess:
        return forked([], Where(), run, *self._arguments)[0]
