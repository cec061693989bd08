"""Weekly summaries: how fast one is built, how fast ten thousand leave one process, and what a long storm leaves.

`python -m benchmarks.deliveries` prints these alone, in some ten minutes. Ten thousand channels are due at once, in
workspaces of ten each and of one each. Counted is all that the sending process does, from the plan of what is due to
the last row that says so: claims, reading, words, pictures, records of what was posted, and the posting. The platform
is a process of its own on loopback and answers each request after 100 ms; a summary is two of them, one for the message
with its picture and one for the details under it, so it takes 200 ms at least. Neither a platform's markup nor its
client library is counted: they are the adapters', and differ.
"""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

import uvloop

from adapters.start import loading
from benchmarks.due import Filling
from benchmarks.wire import WirePoster
from bot.delivery.deliveries import Deliveries
from bot.delivery.sending import Sending
from bot.reply import Picture, Reply
from bot.router import Router
from bot.storage.database import Session
from bot.storage.outbox import Claim, Sender
from bot.summary.composer import SummaryComposer
from tests.delivery.chaos import Loopback, Storm, survived
from tests.delivery.loopback import moment
from tests.postgres import server
from tests.support import START, Clock, running_bot

CHANNELS, A_WORKSPACE = 10_000, (10, 1)
WARM, BUILT = 30, 500


def main() -> int:
    """All of it; each measurement prints a line."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        # The event loop of `chao serve`.
        uvloop.run(_measured(Path(folder)))
        _storm(f"sqlite:///{Path(folder) / 'storm.db'}", "SQLite")
    with server(fsync="on") as running:
        _storm(asyncio.run(running.create()), "PostgreSQL")
    return 0


async def _measured(folder: Path) -> None:
    for channels in A_WORKSPACE:
        async with AsyncExitStack() as stack:
            # As `chao serve` opens what it runs.
            with loading():
                bot = await stack.enter_async_context(running_bot(folder / f"{channels}.db", Clock(START)))
            await Filling(CHANNELS // channels, channels).run(bot.services.database)
            if channels == A_WORKSPACE[0]:
                await _built(bot)
            await _sent(bot, channels)


async def _built(bot: Router) -> None:
    composer = SummaryComposer(bot.services)
    seconds, counts, drawing = list[float](), list[int](), list[float]()

    def build(session: Session, claim: Claim) -> tuple[Reply, ...]:
        seen = list[str]()
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(seen.append)
        start = time.perf_counter()
        (replies,) = composer.summaries(session, [claim])
        seconds.append(time.perf_counter() - start)
        driver.set_trace_callback(None)
        counts.append(len(seen))
        return replies

    for number in range(WARM + BUILT):
        claim = _claim(number)
        replies = await bot.services.database.read(lambda session, claim=claim: build(session, claim))  # type: ignore[misc]  # bound to the loop's value
        start = time.perf_counter()
        _ = [block.png for reply in replies for block in reply.blocks if isinstance(block, Picture)]
        drawing.append(time.perf_counter() - start)
    first, warm = max(seconds[:WARM]) * 1_000, [taken * 1_000 for taken in seconds[WARM:]]
    print(f"a summary built, statements          {max(counts):8}      target 5 at most")
    figures = f"p99 {quantiles(warm, n=100)[98]:.1f} ms, the very first {first:.1f} ms"
    print(f"a summary built                      {median(warm):8.1f} ms   target 20 ms at most; {figures}")
    print(f"its picture drawn                    {median(drawing[WARM:]) * 1_000:8.1f} ms")


async def _sent(bot: Router, channels: int) -> None:
    counts, memory = Counter[str](), list[float]()
    with Loopback(0.1, 0) as url:
        poster, composer = WirePoster(int(url.rpartition(":")[2])), SummaryComposer(bot.services)
        sending = Sending(bot.services.database, {"slack": poster}, composer, _clock, counts)
        watching = asyncio.create_task(_watch(memory))
        start, spent = time.perf_counter(), time.process_time()
        await Deliveries(sending).once()
        seconds, cpu = time.perf_counter() - start, time.process_time() - spent
        watching.cancel()
        await poster.close()
    sent, rate = counts["sent"], f"{counts['sent'] / seconds:8.0f}/s"
    what = f"{sent:,} due, {channels} a workspace".ljust(36)
    print(f"{what} {rate}   target 200/s by one process; {cpu / sent * 1_000:.1f} ms of CPU each")
    _say_memory(memory)


def _say_memory(memory: list[float]) -> None:
    """Beside what it was after a tenth of the time, when every cache had its use."""
    early, after, peak = memory[len(memory) // 10], memory[-1], max(memory)
    figures = f"before {memory[0]:.0f} MB, early {early:.0f}, peak {peak:.0f}, after {after:.0f}"
    print(f"its memory, after to early           {after / early:8.2f}     target 1.1 at most; {figures}")


async def _watch(memory: list[float]) -> None:
    """Resident memory (MB), once a second."""
    page = resource.getpagesize() / 1_048_576
    while True:
        memory.append(int(Path("/proc/self/statm").read_text().split()[1]) * page)  # noqa: ASYNC240 - no disk is read
        await moment(1)


def _clock(_session: Session) -> datetime:
    return START


def _claim(number: int) -> Claim:
    sender = Sender("bench", ("slack",), timedelta(minutes=5))
    return Claim(
        number, f"slack:T{number % 100}", "slack", f"C{number % 10}", "2026-W48", START, 1, "", is_doubtful=False,
        zone="UTC", language="en", set_by="ana", fault="", sender=sender,
    )  # fmt: skip


def _storm(where: str, kind: str) -> None:
    """Four replicas, thirty kills."""
    storm = Storm(channels=1_000, replicas=4, kills=30, every=0.6, seed=random.randrange(1_000_000), answer=0.5)
    start = time.perf_counter()
    seen = survived(storm, where)
    seconds = time.perf_counter() - start
    twice, missing = sum(count > 1 for count in seen.values()), storm.channels * 2 - len(seen)
    what = f"{storm.kills} kills of {storm.replicas} senders, {storm.channels} channels, {kind}"
    print(f"{what}   {twice} twice, {missing} missing   {seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
