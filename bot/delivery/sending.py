"""Sends one claimed summary and says what follows each failure: again later, never, or who is told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.crashes import logged
from bot.delivery.attempt import SEND_SECONDS, Attempt, LostError
from bot.delivery.composing import Composer, Reading, gate
from bot.delivery.poster import Poster, RefusedError, RetryLaterError, UnknownOutcomeError, UnreachableError
from bot.records import Fault
from bot.reply import Reply
from bot.storage import outbox
from bot.storage.database import Database, Session, StorageError
from bot.storage.outbox import Claim, database_clock
from bot.storage.schedules import FAILED, QUIET, SENT

log = structlog.get_logger(__name__)
T = TypeVar("T")
FIRST_RETRY, LAST_RETRY = timedelta(seconds=15), timedelta(minutes=30)
LOST, RETRIED, TOLD = "lost", "retried", "told"


@dataclass
class Sending:
    """`posters` by platform: the workspace's key up to its colon. `clock` runs within a unit of work and gives UTC.

    `counts` tells how many ended `sent`, `quiet`, `skipped` or `failed`, and how often one was `retried` or `lost`.
    """

    database: Database
    posters: Mapping[str, Poster]
    composer: Composer
    clock: Callable[[Session], datetime] = database_clock
    counts: Counter[str] = field(default_factory=Counter)
    _gate: asyncio.Semaphore = field(default_factory=gate, init=False)

    async def write(self, work: Callable[[Session, datetime], T]) -> T:
        """Run work in a transaction, with the clock that all senders share."""
        return await self.database.write(lambda session: work(session, self.clock(session)))

    async def waited(self) -> float:
        """For how many seconds the oldest summary of these platforms is due. Raises `StorageError`."""
        platforms = tuple(self.posters)
        return await self.database.read(lambda session: outbox.waited(platforms, session, self.clock(session)))

    def reading(self, claims: Sequence[Claim]) -> Reading:
        """What the summaries of these claims will say."""
        return Reading(self.database, self.composer, claims, self._gate)

    async def deliver(self, claim: Claim, until: float, reading: Reading | None = None) -> None:
        """Send one summary; raises nothing but a cancellation, after which another sender may go on at once."""
        attempt = Attempt(claim, self.posters[claim.platform], claim.is_doubtful, until)
        try:
            await self._deliver(attempt, reading or self.reading([claim]))
        except StorageError as error:
            # Nothing can be recorded now: the lease ends by itself, and who claims it then looks before posting.
            log.warning("delivery_not_recorded", delivery=claim.id, reason=error.reason)
        except Exception as error:  # noqa: BLE001 - nobody looks at the end of this task, and its text may hold anything
            logged(error, "delivery")

    async def _deliver(self, attempt: Attempt, reading: Reading) -> None:
        try:
            self.counts[await self._send(attempt, reading)] += 1
        except LostError:
            self.counts[LOST] += 1
        except UnreachableError as error:
            await self._give_up(attempt.claim, error.fault)
        except RetryLaterError as error:
            await self._put_back(attempt, timedelta(seconds=max(error.seconds, 1.0)))
        except asyncio.CancelledError:
            await self._put_back(attempt, timedelta(0))
            raise
        except StorageError:
            raise
        except (RefusedError, UnknownOutcomeError):
            await self._put_back(attempt, _backoff(attempt.claim))
        except Exception as error:  # noqa: BLE001 - one summary's bug must not stop the others
            logged(error, "delivery")
            await self._put_back(attempt, _backoff(attempt.claim))

    async def _send(self, attempt: Attempt, reading: Reading) -> str:
        claim = attempt.claim
        replies = await reading.of(claim)
        if replies:
            message_id = claim.message_id or await self._main(attempt, replies[0])
            await self._more(attempt, replies[1:], message_id)
        state = SENT if replies else QUIET
        return state if await self.write(partial(outbox.finish, claim, state)) else LOST

    async def _main(self, attempt: Attempt, reply: Reply) -> str:
        message_id = await attempt.post(reply)
        if not await self.write(partial(outbox.record, attempt.claim, message_id)):
            raise LostError
        return message_id

    async def _more(self, attempt: Attempt, replies: Sequence[Reply], message_id: str) -> None:
        try:
            for reply in replies:
                await attempt.post(reply, message_id)
        except RetryLaterError:
            raise
        except RefusedError as error:
            log.warning("details_refused", delivery=attempt.claim.id, reason=str(error))

    async def _put_back(self, attempt: Attempt, wait: timedelta) -> None:
        self.counts[RETRIED] += 1
        back = partial(outbox.put_back, attempt.claim, min(wait, LAST_RETRY), is_doubtful=attempt.is_doubtful)
        await self.write(back)

    async def _give_up(self, claim: Claim, fault: Fault) -> None:
        self.counts[FAILED] += 1
        log.warning("delivery_failed", delivery=claim.id, fault=fault)
        if await self.write(partial(outbox.fail, claim, fault)):
            await self._tell(claim, fault)

    async def _tell(self, claim: Claim, fault: Fault) -> None:
        """Once: it is written down before, so that a crash tells nobody rather than somebody twice."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                poster = self.posters[claim.platform]
                await poster.tell(claim.workspace, claim.set_by, self.composer.notice(claim, fault))
        except (RefusedError, UnknownOutcomeError, TimeoutError):
            log.warning("notice_not_sent", delivery=claim.id)
        else:
            self.counts[TOLD] += 1


def _backoff(claim: Claim) -> timedelta:
    return FIRST_RETRY * (1 << min(claim.attempts - 1, 10))
