"""One message to one channel: never posted twice, whatever became of the attempts before."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.delivery.poster import Poster, RefusedError, UnknownOutcomeError
from bot.events import Place
from bot.reply import Reply
from bot.storage.outbox import Claim

SEND_SECONDS = 30.0


class LostError(Exception):
    """The claim is another sender's by now."""


@dataclass
class Attempt:
    """`is_doubtful`: a message may be there that is not recorded here, so it is looked for first.

    `until` (the loop's time, s) is when this sender stops believing in its claim: it may have been asleep.
    """

    claim: Claim
    poster: Poster
    is_doubtful: bool
    until: float

    async def post(self, reply: Reply, thread: str = "") -> str:
        """The id of the message, which is posted unless it is found."""
        place = Place(self.claim.workspace, self.claim.channel, thread)
        marker = f"chao-{self.claim.period}{'-more' if thread else ''}"
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await self._post(place, reply, marker)
        except TimeoutError as error:
            raise UnknownOutcomeError from error

    async def _post(self, place: Place, reply: Reply, marker: str) -> str:
        if self.is_doubtful and (found := await self.poster.find(place, marker)) is not None:
            # What goes under it may be there as well: the doubt remains.
            return found
        message_id = await self._send(place, reply, marker)
        self.is_doubtful = False
        return message_id

    async def _send(self, place: Place, reply: Reply, marker: str) -> str:
        if asyncio.get_running_loop().time() > self.until:
            raise LostError
        self.is_doubtful = True
        try:
            return await self.poster.post(place, reply, marker)
        except RefusedError:
            self.is_doubtful = False
            raise
