"""One interaction's answer: at once if the reply is there in time, else later; as privately as it was to be.

Discord waits three seconds for the first answer, and fixes with it who may read what follows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import discord
import structlog

from adapters.discord.components import Payload, modal
from adapters.discord.limits import MESSAGES
from adapters.discord.parse import EPHEMERAL
from adapters.discord.render import Message, messages
from adapters.discord.rest import Rest
from adapters.discord.sending import FAULTS, Sender, delay, told
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from bot.knowledge.schema import Language
from bot.reply import Delivery, Reply, Section
from bot.wording import TOO_SLOW

LIMIT = 2.8
MESSAGE, LATER, LATER_UPDATE, UPDATE, FORM = 4, 5, 6, 7, 9
UNKNOWN_MESSAGE, UNKNOWN_INTERACTION, ALREADY_ANSWERED = 10008, 10062, 40060
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """What answering an interaction takes. `about` is the message that a message's own menu was used on."""

    id: str
    token: str
    application: str
    about: str = ""

    @property
    def callback(self) -> str:
        """Where the first answer goes."""
        return f"/interactions/{self.id}/{self.token}/callback"

    @property
    def webhook(self) -> str:
        """Where all that follows goes."""
        return f"/webhooks/{self.application}/{self.token}"

    @property
    def original(self) -> str:
        """The first answer itself."""
        return f"{self.webhook}/messages/@original"


class Answer:
    """Sends a reply as the first answer, or after one that said to wait."""

    def __init__(self, rest: Rest, call: Call, how: Delivery, language: Language, sender: Sender) -> None:
        self._rest, self._call, self._how, self._language, self._sender = rest, call, how, language, sender
        self._deadline = asyncio.get_running_loop().time() + LIMIT
        self._waiting: asyncio.Task[bool] | None = None
        self._announced, self._is_begun = how, False

    def wait(self) -> None:
        """Say that the reply will come later."""
        kind = LATER_UPDATE if self._how is Delivery.REPLACE else LATER
        self._waiting = asyncio.ensure_future(self._first({"type": kind} | self._data({})))

    def give_up(self) -> None:
        """Say that a form came too late: one can't be opened after another answer."""
        self._how = self._announced = Delivery.PRIVATE
        late = Reply(blocks=(Section(Speech(self._language)(TOO_SLOW)),), is_error=True)
        payload = self._drawn(late)[0].payload
        self._waiting = asyncio.ensure_future(self._first({"type": MESSAGE} | self._data(payload)))

    async def finish(self, reply: Reply) -> None:
        """Send the reply; what went wrong is for who asked only. If it raises, an error may be sent the same way."""
        if reply.is_error:
            self._how = Delivery.PRIVATE
        if self._is_begun:
            await self._follow(self._drawn(reply))
        elif self._waiting is None:
            await self._at_once(reply)
        elif await self._waiting and reply.form is None:
            await self._later(self._drawn(reply))

    async def _later(self, drawn: Sequence[Message]) -> None:
        """In place of what was announced, if it is for the same people; else beside it. A card stays as it was."""
        if self._how is self._announced:
            await self._edit(drawn)
            return
        if self._announced is Delivery.PUBLIC:
            await self._withdraw()
        await self._follow(drawn)

    async def _withdraw(self) -> None:
        """Discord gives what follows an announcement the announcement's readers, so that one for all must go first."""
        with suppress(discord.NotFound):
            await self._sender.send(partial(self._rest.interact, "DELETE", self._call.original))

    async def _at_once(self, reply: Reply) -> None:
        if reply.form is not None:
            await self._first({"type": FORM, "data": modal(reply.form, self._call.about)})
        else:
            await self._say(self._drawn(reply))

    async def _say(self, drawn: Sequence[Message]) -> bool:
        is_update = self._how is Delivery.REPLACE
        payload = _replacing(drawn[0]) if is_update else drawn[0].payload
        is_taken = await self._first({"type": UPDATE if is_update else MESSAGE} | self._data(payload), drawn[0])
        if is_taken:
            self._is_begun = True
            await self._follow(drawn[1:])
        return is_taken

    async def _first(self, payload: Payload, message: Message | None = None) -> bool:
        """The first answer; whether Discord took it, so that others may follow."""
        files = message.files if message else ()
        try:
            await self._sender.send(
                lambda: self._rest.interact("POST", self._call.callback, payload, files), self._deadline
            )
        except FAULTS as fault:
            return await self._refused(fault, message)
        return True

    async def _refused(self, fault: Exception, message: Message | None) -> bool:
        log.warning("answer_refused", interaction=self._call.id, **told(fault))
        code = fault.code if isinstance(fault, discord.HTTPException) else 0
        if code == ALREADY_ANSWERED:
            return self._sender.was_repeated
        if code == UNKNOWN_MESSAGE and self._how is Delivery.REPLACE:
            # The card is gone: what would have stood there is for who pressed.
            self._how = self._announced = Delivery.PRIVATE
            return await (self._say([message]) if message else self._first({"type": LATER} | self._data({})))
        if code == UNKNOWN_INTERACTION or delay(fault, 0) is not None:
            return False
        raise fault

    async def _edit(self, drawn: Sequence[Message]) -> None:
        first = drawn[0]
        send = partial(self._rest.interact, "PATCH", self._call.original, _replacing(first), first.files)
        try:
            await self._sender.send(send)
        except discord.NotFound as fault:
            log.info("answer_dismissed", interaction=self._call.id, **told(fault))
            # What follows is a message of its own: all would see what only the dismissed one was private for.
            self._how = Delivery.PRIVATE
            await self._follow(drawn)
        else:
            self._is_begun = True
            await self._follow(drawn[1:])

    async def _follow(self, drawn: Sequence[Message]) -> None:
        for message in drawn:
            payload: Payload = self._data(message.payload)["data"]
            send = partial(self._rest.interact, "POST", self._call.webhook, payload, message.files)
            await self._sender.send(send, is_once=True)

    def _data(self, payload: Payload) -> Payload:
        flags = {"flags": EPHEMERAL} if self._how is Delivery.PRIVATE else {}
        return {"data": payload | flags}

    def _drawn(self, reply: Reply) -> list[Message]:
        speech, most = Speech(choose(reply.language, self._language)), 1 if self._how is Delivery.REPLACE else MESSAGES
        return messages(reply, speech, most)


def _replacing(message: Message) -> Payload:
    """A message in place of another, whose files would stay if nothing were said of them."""
    return message.payload if message.files else {**message.payload, "attachments": []}
