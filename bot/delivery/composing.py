"""The words of summaries that were claimed together: those of one workspace are read and composed together.

A workspace with one channel is composed where it is sent. One with several would hold up whoever sends a command
meanwhile, and is composed on other threads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Protocol

from bot.records import Fault
from bot.reply import Picture, Reply
from bot.storage.database import Database, Session, StorageError
from bot.storage.outbox import Claim

# A command that comes in between waits for no more than these many units of work, of so many summaries each.
READINGS, TOGETHER = 4, 16
Replies = tuple[Reply, ...]


class Composer(Protocol):
    """The words of summaries and notices."""

    def summaries(self, session: Session, claims: Sequence[Claim]) -> Sequence[Replies]:
        """For each claim, all of one workspace, the message and what goes under it; nothing when there is no news.

        Read in one unit of work.
        """

    def notice(self, claim: Claim, fault: Fault) -> Reply:
        """What the person who set the summary up is told when it can't be sent."""


def gate() -> asyncio.Semaphore:
    """Lets `READINGS` through at once."""
    return asyncio.Semaphore(READINGS)


@dataclass
class Reading:
    """Some claims, composed once, when the first of them is wanted; `gate` is its sender's."""

    database: Database
    composer: Composer
    claims: Sequence[Claim]
    gate: asyncio.Semaphore = field(default_factory=gate)
    _all: asyncio.Task[dict[Claim, Replies]] | None = field(default=None, init=False)

    async def of(self, claim: Claim) -> Replies:
        """The replies of one claim. What fails together is composed alone, so that a fault in one stops no other."""
        if self._all is None:
            self._all = asyncio.create_task(self._composed())
            self._all.add_done_callback(_noticed)
        try:
            # Whoever waits may be cancelled; the others still want it.
            return (await asyncio.shield(self._all))[claim]
        except StorageError:
            raise
        except Exception:
            if len(self.claims) == 1:
                raise
        return await replace(self, claims=[claim]).of(claim)

    async def _composed(self) -> dict[Claim, Replies]:
        replies = dict[Claim, Replies]()
        for own in by_workspace(self.claims):
            # A task each: what else is ready has its turn between two of them.
            replies |= zip(own, await asyncio.create_task(self._read(own)), strict=True)
        return replies

    async def _read(self, own: Sequence[Claim]) -> Sequence[Replies]:
        """Words and pictures. What one channel says takes some three times as long as the way to another thread."""
        work = partial(self.composer.summaries, claims=own)
        async with self.gate:
            if len(own) == 1:
                replies = await self.database.glance(work)
                _draw(replies)
            else:
                replies = await self.database.read(work)
                await asyncio.to_thread(_draw, replies)
        return replies


def packed(claims: Iterable[Claim]) -> Iterator[Sequence[Claim]]:
    """Claims by workspace, `TOGETHER` at most; a workspace's stay in one pack where they fit."""
    pack: list[Claim] = []
    for own in by_workspace(claims):
        if len(pack) + len(own) > TOGETHER:
            yield pack
            pack = []
        pack = [*pack, *own]
    if pack:
        yield pack


def by_workspace(claims: Iterable[Claim]) -> Iterator[Sequence[Claim]]:
    """Claims of one workspace each, `TOGETHER` at most; which of them come together is all that changes."""
    for _, group in groupby(sorted(claims, key=attrgetter("workspace")), attrgetter("workspace")):
        own = list(group)
        for start in range(0, len(own), TOGETHER):
            yield own[start : start + TOGETHER]


def _noticed(done: asyncio.Task[dict[Claim, Replies]]) -> None:
    """A failure is of no interest once nobody waits any more, as at a stop; else asyncio would complain of it."""
    if not done.cancelled():
        done.exception()


def _draw(all_replies: Iterable[Replies]) -> None:
    """Draw the pictures now rather than when they are posted."""
    for reply in chain.from_iterable(all_replies):
        for block in reply.blocks:
            if isinstance(block, Picture):
                _ = block.png
