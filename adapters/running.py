"""Keeps platforms running: one that fails is tried again, and takes no other down."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, Self

import stamina
import structlog
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from adapters.failure import CommandFailedError, may_pass
from bot.crashes import logged

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.delivery.poster import Poster

log = structlog.get_logger(__name__)


class Platform(Protocol):
    """What runs until it is cancelled."""

    @property
    def name(self) -> str:
        """As people write it."""

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Its part of the HTTP server."""

    @property
    def is_ready(self) -> bool:
        """Whether people reach the bot there."""

    @property
    def poster(self) -> Poster:
        """What posts weekly summaries there."""

    async def run(self) -> None:
        """Serve. Raises `CommandFailedError` for what only the operator can mend."""


class Running:
    """Platforms, each from its start to the end of the block. `wanted`: how many there may be.

    `refused` are the names of those that can't be served.
    """

    def __init__(self, wanted: int) -> None:
        self._left = wanted
        self._tasks: list[asyncio.Task[None]] = []
        self.refused = set[str]()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def start(self, platform: Platform) -> None:
        """Serve it, while others may still be opened."""
        self._tasks.append(asyncio.create_task(self._kept_up(platform)))

    def lose_one(self) -> bool:
        """One that only the operator can mend: served no more. Whether none is left."""
        self._left -= 1
        return self._left == 0

    async def ended(self) -> None:
        """Wait until no platform can be served any more; raises what ended the last of them."""
        for outcome in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome

    async def _kept_up(self, platform: Platform) -> None:
        """One that fails is reported and tried again; what only the operator can mend stops it, not the others."""
        async for attempt in stamina.retry_context(on=may_pass, attempts=None, timeout=None, wait_max=60):
            with attempt:
                try:
                    await platform.run()
                except CommandFailedError as error:
                    self.refused.add(platform.name)
                    if self.lose_one():
                        raise
                    say(f"{platform.name} can't be served: {error}")
                except Exception as error:
                    logged(error, platform.name)
                    raise


def say(line: str) -> None:
    """A line for the operator."""
    sys.stderr.write(f"chao: {line}\n")
    sys.stderr.flush()


def log_retries() -> None:
    """Log every retry of this process by kinds and numbers, from its first connection on."""
    set_on_retry_hooks([_retried])


def _retried(details: RetryDetails) -> None:
    """Stamina's own log line would quote the error and what was sent."""
    log.warning("again", error=type(details.caused_by).__name__, number=details.retry_num, seconds=details.wait_for)
