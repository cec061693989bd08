"""Where commits are slow the event loop writes nothing for a while: the writer, who may wait, has it all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.storage.database import StorageError
from bot.storage.jotting import PAUSE_SECONDS, SLOW_SECONDS, STALL_SECONDS, Jotted, Jotter
from bot.storage.worker import Job, Worker


class Disk:
    """Commits that take as long as they are told to; `written` says by whom each was: here or there."""

    def __init__(self) -> None:
        self.now, self.written = 0.0, ""
        self._took: float | None = None
        self.writer = Worker("slow-disk", self._there)
        self.jotter = Jotter(self._here, self.writer, lambda: self.now)

    async def commits(self, *seconds: float | None) -> str:
        """By whom commits were written that took so long, one after another; None: nothing to commit."""
        self.written = ""
        for took in seconds:
            self._took = took
            await self.jotter.submit(lambda _: None)
        return self.written

    def _here(self, jobs: Sequence[Job]) -> Jotted:
        self.written += "h" * len(jobs)
        for job in jobs:
            job.finish(None)
        return Jotted(len(jobs), seconds=self._took)

    def _there(self, jobs: Sequence[Job]) -> Sequence[object]:
        self.written += "t" * len(jobs)
        return [None for _ in jobs]


async def test_after_slow_commits_in_a_row_the_writer_has_everything_for_a_while_each_time() -> None:
    disk, slow = Disk(), SLOW_SECONDS * 2
    assert await disk.commits(slow, slow, 0.0, slow, slow, slow) == "h" * 6  # one that is not slow begins a new row
    assert await disk.commits(slow, 0.0) == "tt"
    disk.now += PAUSE_SECONDS
    assert await disk.commits(slow, slow, slow, slow) == "hhht"
    await disk.writer.stop()
    with pytest.raises(StorageError):
        await disk.commits(0.0)


async def test_what_had_nothing_to_commit_says_nothing_of_the_disk() -> None:
    disk, slow = Disk(), SLOW_SECONDS * 2
    assert await disk.commits(slow, None, slow, None, slow, 0.0) == "hhhhht"
    await disk.writer.stop()


async def test_a_commit_that_stalls_is_not_tried_here_again() -> None:
    disk = Disk()
    assert await disk.commits(STALL_SECONDS * 2, 0.0) == "ht"
    await disk.writer.stop()
