"""Work that goes on after the acknowledgement: kept, logged when it fails, finished before the process ends."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

from adapters.slack.api import SlackError
from bot.crashes import logged
from bot.errors import TooSoonError

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Background:
    """The tasks of one process."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T], what: str) -> asyncio.Task[T]:
        """Run work until it ends; what Slack refused and what broke is logged under `what`."""
        task = asyncio.create_task(work, name=what)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def finish(self, seconds: float = 10.0) -> None:
        """Wait for what was accepted; what takes longer is cancelled."""
        now = asyncio.get_running_loop().time
        until = now() + seconds
        while self._tasks and now() < until:
            await asyncio.wait(set(self._tasks), timeout=until - now())
        late = set(self._tasks)
        for task in late:
            log.warning("given_up", what=task.get_name(), seconds=seconds)
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, TooSoonError):
            log.info("too_soon", what=task.get_name())
        elif isinstance(error, SlackError):
            log.warning("slack_refused", what=task.get_name(), code=error.code)
        else:
            logged(error, task.get_name())


async def within(task: asyncio.Task[T], seconds: float) -> bool:
    """Whether a task ends in time; it goes on if it does not."""
    loop = asyncio.get_running_loop()
    waiter = loop.create_future()

    def wake(_task: object = None) -> None:
        if not waiter.done():
            waiter.set_result(None)

    # What `asyncio.wait` does for any number of tasks takes twice as long as the same for one.
    timer = loop.call_later(seconds, wake)
    task.add_done_callback(wake)
    try:
        await waiter
    finally:
        timer.cancel()
        task.remove_done_callback(wake)
    return task.done()
