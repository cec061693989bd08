"""Runs every measurement and prints figures beside the bare thing, in one run."""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from benchmarks import deliveries, discord, replicas, scale, slack
from benchmarks.insert import BareInsert
from bot.events import Command, Place, User
from bot.router import Router
from tests.support import running_bot

ROUNDS, COUNT = 5, 400
ANA, HOME, SMALL = User("ana", locale="en", is_manager=True), Place("bench:t", "c"), Place("bench:small", "c")


def main() -> int:
    """All measurements; each prints a line."""
    asyncio.run(_commands())
    _start()
    subprocess.run([sys.executable, "-m", "benchmarks.loading"], check=True)
    slack.run()
    asyncio.run(discord.main())
    scale.main()
    deliveries.main()
    replicas.main()
    return 0


async def _commands() -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        async with running_bot(Path(folder) / "chao.db") as bot:
            for number in range(200):
                await bot.dispatch(_flag(f"warm{number}", number))
                await bot.dispatch(_flag(f"small{number}", number)._replace(place=SMALL))
            bare = BareInsert(Path(folder) / "bare.db")
            rounds = [(bare.rate(COUNT), await _rate(bot, _flag), await _rate(bot, _show)) for _ in range(ROUNDS)]
            together = [await _together(bot) for _ in range(ROUNDS)]
            bare.close()
    bares, flags, shows = (median(column) for column in zip(*rounds, strict=True))
    print(f"bare insert, committed with fsync    {bares:8.0f}/s   1.00")
    print(f"flag, one at a time                  {flags:8.0f}/s   {flags / bares:.2f}")
    print(f"flag, 32 at once                     {median(together):8.0f}/s   {median(together) / bares:.2f}")
    print(f"show (one flag), one at a time       {shows:8.0f}/s   {shows / bares:.2f}")


async def _rate(bot: Router, command: Callable[[str, int], Command]) -> float:
    start = time.perf_counter()
    for number in range(COUNT):
        await bot.dispatch(command(f"{start}-{number}", number))
    return COUNT / (time.perf_counter() - start)


async def _together(bot: Router) -> float:
    start = time.perf_counter()
    for first in range(0, COUNT, 32):
        batch: list[Awaitable[object]] = [bot.dispatch(_flag(f"{start}-{first}-{n}", first + n)) for n in range(32)]
        await asyncio.gather(*batch)
    return (COUNT // 32 + 1) * 32 / (time.perf_counter() - start)


def _flag(event_id: str, number: int) -> Command:
    args = {"client": f"client {number % 200}", "archetype": "mala-paga", "reason": f"inv {event_id}"}
    return Command(event_id, ANA, HOME, "flag", args)


def _show(event_id: str, number: int) -> Command:
    return Command(event_id, ANA, SMALL, "show", {"client": f"client {number % 200}"})


def _start() -> None:
    seconds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as home:
            start = time.perf_counter()
            environment = {"HOME": home, "PATH": os.environ["PATH"]}
            command = [sys.executable, "-m", "adapters.cli", "chat"]
            subprocess.run(
                command, input=b"/client flag acme mala-paga\n", capture_output=True, check=True, env=environment
            )
            seconds.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"chao chat < one line, empty home     {median(seconds):8.2f} s   {memory:.0f} MB at most")


if __name__ == "__main__":
    sys.exit(main())
