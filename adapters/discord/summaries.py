"""Weekly summaries on Discord: posted once, with their picture, and found again by a mark that nobody sees.

The nonce keeps Discord from taking one message twice within minutes. For longer there is the mark: an embed without a
title does not show its address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import discord
import structlog
from discord.http import Route

from adapters.discord.client import Client
from adapters.discord.components import Payload
from adapters.discord.render import Message, draw, messages
from adapters.discord.rest import Rest
from adapters.discord.sending import TOO_MANY, delay, told
from bot.delivery.poster import RetryLaterError, UnknownOutcomeError, UnreachableError
from bot.events import Place
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from bot.records import Fault
from bot.reply import Reply, Section

AGAIN_SECONDS = 30.0
PAGE, PAGES = 100, 5
NO_TEXT_CHANNEL = 50008  # a forum, or what a channel has become since
LOOK_BACK = timedelta(days=2)
MARK = "https://discord.com/#"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DiscordPoster:
    """Posts in every server; `client` gives None while there is no connection to Discord."""

    client: Callable[[], Client | None]
    locale: str

    async def post(self, place: Place, reply: Reply, marker: str) -> str:
        """Post for all to see; below another message as a reply to it."""
        rest = self._connected().rest
        below = {"message_reference": {"message_id": place.thread, "fail_if_not_exists": False}} if place.thread else {}
        try:
            message = await self._drawn(reply, marker)
            nonce = {"nonce": _nonce(place, marker), "enforce_nonce": True}
            return str((await rest.post(place.channel, message, **nonce, **below))["id"])
        except discord.DiscordException as error:
            raise _meaning(error) from error

    async def find(self, place: Place, marker: str) -> str | None:
        """The id of our own message with this mark, among the newest of the last days."""
        client, before = self._connected(), ""
        oldest = discord.utils.time_snowflake(datetime.now(UTC) - LOOK_BACK)
        try:
            for _ in range(PAGES):
                found = await self._page(client.rest, place.channel, before)
                ours = [m["id"] for m in found if m["author"]["id"] == client.me and _mark(m) == marker]
                before = found[-1]["id"] if found else "0"
                if ours or len(found) < PAGE or int(before) < oldest:
                    return str(ours[0]) if ours else None
        except discord.DiscordException as error:
            raise _meaning(error) from error
        return None

    async def tell(self, _workspace: str, user: str, reply: Reply) -> None:
        """A direct message."""
        rest = self._connected().rest
        try:
            await rest.tell(user, messages(reply, self._speech(reply), 1)[0])
        except discord.DiscordException as error:
            raise _meaning(error) from error

    def _connected(self) -> Client:
        client = self.client()
        if client is None or not client.me:
            raise RetryLaterError(AGAIN_SECONDS)
        return client

    async def _drawn(self, reply: Reply, marker: str) -> Message:
        """One message; its title stands in the text, so that the mark does not become a link."""
        await draw(reply)
        heading = (Section(title=reply.title),) if reply.title else ()
        plain = reply._replace(title="", blocks=(*heading, *reply.blocks))
        message = messages(plain, self._speech(reply), 1)[0]
        first, *more = message.payload["embeds"]
        return message._replace(payload={**message.payload, "embeds": [first | {"url": MARK + marker}, *more]})

    async def _page(self, rest: Rest, channel: str, before: str) -> list[Payload]:
        params = {"limit": str(PAGE)} | ({"before": before} if before else {})
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel)
        found: list[Payload] = await rest.request(route, params=params)
        return found

    def _speech(self, reply: Reply) -> Speech:
        return Speech(choose(reply.language, self.locale))


def _nonce(place: Place, marker: str) -> str:
    """25 characters at most, and another one in each channel: Discord compares those of all of the bot's messages."""
    return hashlib.blake2b(f"{place.channel}:{place.thread}:{marker}".encode(), digest_size=12).hexdigest()


def _mark(message: Payload) -> str:
    """The mark of a message, if it has one."""
    addresses = (str(embed.get("url", "")) for embed in message.get("embeds", ()))
    return next((address.removeprefix(MARK) for address in addresses if address.startswith(MARK)), "")


def _meaning(error: discord.DiscordException) -> Exception:
    log.info("summary_refused", **told(error))
    if isinstance(error, discord.RateLimited):
        return RetryLaterError(error.retry_after)
    if not isinstance(error, discord.HTTPException):
        return UnknownOutcomeError(type(error).__name__)
    if error.status == TOO_MANY:
        return RetryLaterError(delay(error, AGAIN_SECONDS) or AGAIN_SECONDS)
    if error.status >= 500:
        return UnknownOutcomeError(str(error.status))
    if error.code == NO_TEXT_CHANNEL:
        return UnreachableError(Fault.GONE)
    faults = {403: Fault.FORBIDDEN, 404: Fault.GONE}
    return UnreachableError(faults[error.status]) if error.status in faults else error
