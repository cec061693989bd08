"""Brief writes on the event loop's own thread: all that are ready at the same time share one transaction.

To go to another thread and back takes longer than what a flag writes, and two threads that both want to run slow each
other down. What is locked, long, or on a slow disk is the writer's, who may wait. What comes while the writer is busy
waits for that; whatever else goes to the writer takes along what waits here: who came first is first.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.storage.database import T, Work
from bot.storage.worker import Job, Worker

# Who waits for a disk keeps everybody waiting: after so many slow commits in a row, or one that stalls, the writer has
# all for a while.
SLOW_SECONDS, SLOW_COMMITS, STALL_SECONDS, PAUSE_SECONDS = 0.01, 3, 0.1, 10.0
# Who is about to write is waited for while others keep coming, up to so many: each needs a few turns of the loop.
TOGETHER = 64
# The writer also keeps the log short, behind which nobody may write: so it gets one of so many.
WRITERS_TURN = 200


class Jotted(NamedTuple):
    """How many jobs were run, those of them that the writer has to run again, and the seconds that the commit took;
    None where there was none, or nothing to commit.
    """

    run: int
    left: Sequence[Job] = ()
    seconds: float | None = None


class Jotter:
    """`write` runs the first of some jobs, as many as it has time for."""

    def __init__(
        self, write: Callable[[Sequence[Job]], Jotted], writer: Worker, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._write, self._writer, self._now = write, writer, now
        self._waiting: list[Job] = []
        self._slow_until, self._slow_commits, self._count = float("-inf"), 0, 0

    async def submit(self, work: Work[T]) -> T:
        """What the work gives, once it is on the disk. Raises `StorageError` once stopped."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._waiting.append(Job(work, done, loop))
        self._count += 1
        if self._is_the_writers():
            self.hand_over()
            return await done
        if self._count % WRITERS_TURN == 0:
            self._writer.put(self._waiting.pop(0))
        if len(self._waiting) == 1:
            self._flush_soon(loop)
        return await done

    def hand_over(self) -> None:
        """Give the writer all that waits here."""
        jobs, self._waiting = self._waiting, []
        for job in jobs:
            self._writer.put(job)

    def _is_the_writers(self) -> bool:
        return self._writer.is_closed or self._now() < self._slow_until

    def _flush_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        """Not at once: who else is ready to write comes along."""
        if self._writer.is_busy:
            self._writer.when_idle(self._flush)
        else:
            loop.call_soon(self._flush_when_nobody_comes, loop, 0)

    def _flush_when_nobody_comes(self, loop: asyncio.AbstractEventLoop, were: int) -> None:
        are = len(self._waiting)
        if were < are < TOGETHER:
            loop.call_soon(self._flush_when_nobody_comes, loop, are)
        else:
            self._flush()

    def _notice(self, seconds: float | None) -> None:
        if seconds is None:
            return
        self._slow_commits = self._slow_commits + 1 if seconds > SLOW_SECONDS else 0
        if self._slow_commits == SLOW_COMMITS or seconds > STALL_SECONDS:
            self._slow_until, self._slow_commits = self._now() + PAUSE_SECONDS, 0

    def _flush(self) -> None:
        if self._writer.is_busy:
            self._writer.when_idle(self._flush)
            return
        jobs, self._waiting = self._waiting, []
        if not jobs:
            return
        try:
            jotted = self._write(jobs)
        except BaseException as error:  # noqa: BLE001 - handed to the callers; whether it was written is not known
            for job in jobs:
                job.finish(error)
            return
        self._waiting = [*jotted.left, *jobs[jotted.run :]]
        self._notice(jotted.seconds)
        if jotted.left or self._is_the_writers():
            self.hand_over()
        elif self._waiting:
            self._flush_soon(jobs[0].loop)
