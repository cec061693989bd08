"""Threads that run units of work for a database that knows only one at a time."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.storage.database import UNREACHABLE, StorageError, T, Work

BATCH = 64


@dataclass(frozen=True, slots=True)
class Job:
    """A unit of work, and who waits for it."""

    work: Work[Any]
    done: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop

    def finish(self, outcome: object) -> None:
        """Tell who waits, if anybody still does; an exception is raised there."""
        if self.done.done():
            return
        if isinstance(outcome, StopIteration):
            outcome = RuntimeError("a unit of work raised StopIteration")
        if isinstance(outcome, BaseException):
            self.done.set_exception(outcome)
        else:
            self.done.set_result(outcome)


class Worker:
    """A thread that runs jobs, many at a time when many wait."""

    def __init__(self, name: str, run: Callable[[Sequence[Job]], Sequence[object]]) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._run = run
        self.is_closed, self._open = False, 0
        self._when_idle: dict[Callable[[], None], None] = {}
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether something waits here or is being run."""
        return self._open > 0

    def when_idle(self, call: Callable[[], None]) -> None:
        """Call this, once however often it is asked for, when nothing waits here any more."""
        self._when_idle[call] = None

    async def submit(self, work: Work[T]) -> T:
        """What the work gives, when its turn has come. Raises `StorageError` once stopped."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self.put(Job(work, done, loop))
        return await done

    def put(self, job: Job) -> None:
        """Run it when its turn has come; once stopped, who waits for it gets a `StorageError`."""
        if self.is_closed:
            job.finish(StorageError(UNREACHABLE))
            return
        self._open += 1
        self._jobs.put(job)

    async def stop(self) -> None:
        """Finish what was accepted."""
        self.is_closed = True
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch, is_last = self._waiting(job)
            outcomes = self._run(batch)
            batch[0].loop.call_soon_threadsafe(self._finish, batch, outcomes)
            if is_last:
                return

    def _waiting(self, first: Job) -> tuple[list[Job], bool]:
        batch = [first]
        while len(batch) < BATCH and not self._jobs.empty():
            job = self._jobs.get()
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _finish(self, batch: Sequence[Job], outcomes: Sequence[object]) -> None:
        self._open -= len(batch)
        for job, outcome in zip(batch, outcomes, strict=True):
            job.finish(outcome)
        if not self._open:
            calls, self._when_idle = self._when_idle, {}
            for call in calls:
                call()
