"""Answers to messages, where they were asked; and what to do where the bot may not write."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import discord
import structlog

from adapters.discord.components import Payload
from adapters.discord.render import Message, messages, plain_messages
from adapters.discord.rest import Rest
from adapters.discord.sending import FAULTS, Pause, Sender, told
from bot.i18n.speech import Speech
from bot.reply import Reply, Section
from bot.wording import MAY_NOT_WRITE

NO_HISTORY = 160002  # "cannot reply without permission to read message history"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Writes into channels, under Discord's rate limits."""

    rest: Rest
    pause: Pause = asyncio.sleep

    async def answer(self, asked: Payload, reply: Reply, speech: Speech) -> None:
        """Reply to a message: with embeds, else without, else tell its author why not."""
        try:
            await self._reply(asked, messages(reply, speech), _reference(asked))
        except FAULTS as fault:
            if _is_forbidden(fault):
                log.info("embeds_refused", message=asked["id"], **told(fault))
                await self._plainly(asked, reply, speech)
            elif isinstance(fault, discord.HTTPException) and fault.status == 400:
                raise
            else:
                log.warning("message_not_answered", message=asked["id"], **told(fault))

    async def _plainly(self, asked: Payload, reply: Reply, speech: Speech) -> None:
        try:
            await self._reply(asked, plain_messages(reply, speech), {})
        except discord.Forbidden as fault:
            log.warning("may_not_write", message=asked["id"], channel=asked["channel_id"], **told(fault))
            await self._privately(asked, Reply(blocks=(Section(speech(MAY_NOT_WRITE)),), is_error=True), speech)
        except FAULTS as fault:
            log.warning("message_not_answered", message=asked["id"], **told(fault))

    async def _privately(self, asked: Payload, reply: Reply, speech: Speech) -> None:
        """A direct message to who asked; who takes none is not told."""
        try:
            await self.rest.tell(asked["author"]["id"], plain_messages(reply, speech)[0])
        except FAULTS as fault:
            log.warning("author_not_reached", message=asked["id"], **told(fault))

    async def _reply(self, asked: Payload, drawn: list[Message], first: Payload) -> None:
        """In order, each part once: the nonce is the asked message's id, so that a repeated request adds nothing."""
        for number, message in enumerate(drawn):
            more = first if number == 0 else {}
            nonce = f"{asked['id']}.{number}"
            await self._post(asked["channel_id"], message, {"nonce": nonce, "enforce_nonce": True, **more})

    async def _post(self, channel: str, message: Message, more: Payload) -> None:
        """Again where the connection broke, or Discord can't take it just now; its nonce lets it be there once."""

        async def post() -> None:
            await self.rest.post(channel, message, **more)

        await Sender(self.pause).send(post)


def _is_forbidden(fault: Exception) -> bool:
    return isinstance(fault, discord.Forbidden) or getattr(fault, "code", 0) == NO_HISTORY


def _reference(asked: Payload) -> Payload:
    return {"message_reference": {"message_id": asked["id"], "fail_if_not_exists": False}}
