"""Brief writes on the event loop's own thread: all that are ready at the same time share one transaction.

To go to another thread and back takes longer than what a flag writes. What is locked, long, or on a slow disk is the
writer's, who may wait.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from bot.storage.database import T, Work
from bot.storage.worker import Job, Worker

AT_ONCE = 32
# Who waits for a disk keeps everybody waiting: after a commit of so many seconds the writer has all for a while.
SLOW_SECONDS, PAUSE_SECONDS = 0.01, 10.0


class Jotter:
    """`write` runs jobs and gives the seconds that their commit took, and those jobs that the writer has to run."""

    def __init__(
        self,
        write: Callable[[Sequence[Job]], tuple[float, Sequence[Job]]],
        writer: Worker,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write, self._writer, self._now = write, writer, now
        self._waiting: list[Job] = []
        self._slow_until = float("-inf")

    async def submit(self, work: Work[T]) -> T:
        """What the work gives, once it is on the disk. Raises `StorageError` once stopped."""
        if self._writer.is_closed or self._writer.is_busy or self._now() < self._slow_until:
            return await self._writer.submit(work)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._waiting.append(Job(work, done, loop))
        if len(self._waiting) == 1:
            # Not at once: who else is ready to write comes along.
            loop.call_soon(self._flush)
        return await done

    def _flush(self) -> None:
        jobs, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        seconds, left = self._write(jobs)
        if seconds > SLOW_SECONDS:
            self._slow_until = self._now() + PAUSE_SECONDS
        for job in left:
            self._writer.put(job)
        if self._waiting:
            jobs[0].loop.call_soon(self._flush)
