"""The loop that sends what is due, many at a time; any number of processes may run it on one database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from uuid import uuid4

import structlog

from bot.crashes import logged
from bot.delivery.attempt import SEND_SECONDS
from bot.delivery.composing import packed
from bot.delivery.sending import Sending
from bot.storage import outbox
from bot.storage.database import StorageError
from bot.storage.outbox import Sender
from bot.storage.schedules import SKIPPED

log = structlog.get_logger(__name__)
# Composing, looking, posting and recording, twice over, end well before the lease does.
LEASE = timedelta(seconds=SEND_SECONDS * 10)
AT_ONCE, PAUSE_SECONDS, GRACE_SECONDS = 128, 10.0, 5.0


@dataclass
class Deliveries:
    """`owner` names this process in its claims; `trusted` is for how long (s, by its own watch) it posts by one."""

    sending: Sending
    owner: str = field(default_factory=lambda: uuid4().hex)
    trusted: float = LEASE.total_seconds() / 2

    async def run(self, pause: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        """Send what is due, again and again, until cancelled; then finish or hand back what is under way."""
        while True:
            try:
                await self.once()
            except StorageError as error:
                log.warning("deliveries_wait", reason=error.reason)
            except Exception as error:  # noqa: BLE001 - tables may be away while a backup is restored: they come back
                logged(error, "deliveries")
            await pause(PAUSE_SECONDS)

    async def once(self) -> None:
        """Plan and send all that is due now; `sending.counts` tells what became of it."""
        sender, sending = Sender(self.owner, tuple(self.sending.posters), LEASE), self.sending
        if not await sending.database.read(lambda session: outbox.is_waiting(sender, session, sending.clock(session))):
            return
        while await sending.write(partial(outbox.plan, sender)):
            pass
        sending.counts[SKIPPED] += await sending.write(partial(outbox.skip_late, sender))
        await self._send_all(sender)

    async def _send_all(self, sender: Sender) -> None:
        running, ended = set[asyncio.Task[None]](), asyncio.Event()
        try:
            while True:
                ended.clear()
                free = AT_ONCE - len(running)
                if free >= AT_ONCE // 4:
                    for task in await self._start(sender, free):
                        running.add(task)
                        # Waiting for all of them at each end of one would cost more than most of the sending.
                        task.add_done_callback(running.discard)
                        task.add_done_callback(lambda _: ended.set())
                if not running:
                    return
                await ended.wait()
        finally:
            await _settled(running)

    async def _start(self, sender: Sender, most: int) -> set[asyncio.Task[None]]:
        until = asyncio.get_running_loop().time() + self.trusted
        claiming = asyncio.ensure_future(self.sending.write(partial(outbox.claim, sender, most=most)))
        try:
            claims = await asyncio.shield(claiming)
        except asyncio.CancelledError:
            claims = await claiming
            await self.sending.write(partial(outbox.hand_back, claims))
            raise
        readings = map(self.sending.reading, packed(claims))
        return {
            asyncio.create_task(self.sending.deliver(claim, until, reading))
            for reading in readings
            for claim in reading.claims
        }


async def _settled(running: set[asyncio.Task[None]]) -> None:
    """Give what is under way a moment to end; the rest is cancelled, which hands it back."""
    late = (await asyncio.wait(set(running), timeout=GRACE_SECONDS))[1] if running else set()
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
