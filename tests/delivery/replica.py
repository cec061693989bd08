"""One process that sends, to be killed; it ends when all is sent.

Its clock runs eighty times as fast as time, from when the storm has `begun` (s since 1970), so that leases end soon.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from aiohttp import ClientSession
from sqlalchemy import func, select

from bot.delivery.deliveries import LEASE, Deliveries
from bot.delivery.sending import Sending
from bot.records import Fault
from bot.reply import Reply
from bot.storage.database import Session
from bot.storage.location import located
from bot.storage.outbox import Claim
from bot.storage.schedules import DELIVERIES
from tests.delivery.loopback import LoopbackPoster, moment

FASTER = 80
START = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


class Titles:
    """Nothing but titles: what it costs to compose is measured elsewhere."""

    def summaries(self, _session: Session, claims: Sequence[Claim]) -> list[tuple[Reply, ...]]:
        """The message and its details."""
        return [(Reply(claim.period), Reply("details")) for claim in claims]

    def notice(self, claim: Claim, fault: Fault) -> Reply:
        """What is never told here."""
        return Reply(f"{fault} {claim.channel}")


def clock(begun: float) -> datetime:
    """The hurried time."""
    return START + timedelta(seconds=(time.time() - begun) * FASTER)


def left(session: Session) -> int:
    """How many are not finished."""
    unfinished = select(func.count()).where(DELIVERIES.c.finished_at.is_(None))
    return int(session.connection().execute(unfinished).scalar_one())


async def main(where: str, url: str, begun: float) -> None:
    """Send until nothing is left."""
    database = located(where).open()
    async with ClientSession() as http:
        sending = Sending(database, {"slack": LoopbackPoster(http, url)}, Titles(), lambda _session: clock(begun))
        deliveries = Deliveries(sending, trusted=LEASE.total_seconds() / 2 / FASTER)

        async def pause(_seconds: float) -> None:
            if not await database.read(left):
                raise EOFError
            await moment(0.05)

        try:
            await deliveries.run(pause)
        except EOFError:
            await database.close()


def run(where: str, url: str, begun: float) -> None:
    """The whole life of the process."""
    asyncio.run(main(where, url, begun))
