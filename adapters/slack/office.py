"""What the handlers of Slack share: the router, who is who, each workspace's Web API, and the work under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import aiohttp
import structlog
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.api import SlackApi, web_client
from adapters.slack.background import Background
from adapters.slack.files import Files
from adapters.slack.logs import quiet_logger
from adapters.slack.parse import Source
from adapters.slack.people import People
from adapters.slack.posting import Pace, Posting
from adapters.slack.render import Json, message
from bot.crashes import logged
from bot.events import Asker
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from bot.reply import File, Reply
from bot.router import Router
from bot.wording import crash_reply, late_crash_reply

BUDGET = 1.5
log = structlog.get_logger(__name__)


class Taken(Enum):
    """Whether a `response_url` took an answer: it did, it did not, or it may have."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Office:
    """`base_url` is Slack's Web API, `session` carries every call, `budget` (seconds) is how long Slack waits."""

    router: Router
    base_url: str
    session: aiohttp.ClientSession
    budget: float = BUDGET
    pace: Pace = field(default_factory=Pace)
    people: People = field(default_factory=People)
    background: Background = field(default_factory=Background)
    _apis: dict[str, SlackApi] = field(default_factory=dict)

    def api(self, token: str | None) -> SlackApi:
        """The Web API under a token."""
        key = token or ""
        if key not in self._apis:
            self._apis[key] = SlackApi(web_client(self.base_url, self.session, key))
        return self._apis[key]

    def posting(self, token: str | None) -> Posting:
        """What posts under a token."""
        return Posting(self.api(token), self.pace, self.router.services.clock)

    async def asker(self, source: Source, token: str | None) -> Asker:
        """Who speaks, and where."""
        return await self.people.asker(source, self.api(token))

    async def in_public(self, asker: Asker, source: Source, token: str | None) -> Asker:
        """Who asks for an answer that all will see: at a place of the team only if that is certain."""
        is_ours = await self.people.is_private_to_team(source, self.api(token))
        return asker._replace(place=asker.place._replace(is_unsure=not is_ours))

    def speech(self, reply: Reply) -> Speech:
        """The language in which a reply is written."""
        return Speech(choose(reply.language, self.router.services.locale))

    def speech_to(self, asker: Asker) -> Speech:
        """The language of a person, for what is said without a reply."""
        return Speech(choose(asker.user.locale, self.router.services.locale))

    def broken(self, error: Exception, what: str, *, is_late: bool = False) -> Reply:
        """What somebody hears when nothing better can be said: the reference of what was logged.

        `is_late`: it broke when the effect was stored.
        """
        said = late_crash_reply if is_late else crash_reply
        return said(logged(error, what), Speech(choose(self.router.services.locale)))

    async def drawn(self, reply: Reply, user: str, token: str | None, *, is_private: bool) -> Json:
        """The reply as a message; a long file in it goes to the person's direct messages."""
        speech = self.speech(reply)
        if any(isinstance(block, File) for block in reply.blocks):
            reply = await Files(self.api(token), self.session).privately(reply, user, speech)
        return message(reply, speech, is_private=is_private)

    async def respond(self, url: str, message: Mapping[str, Any]) -> Taken:
        """Answer through a `response_url`, which is used as Slack gave it."""
        client = AsyncWebhookClient(url, session=self.session, retry_handlers=[], logger=quiet_logger())
        try:
            status = (await client.send_dict(dict(message))).status_code
        except aiohttp.ClientConnectorError:
            status = 0
        except (TimeoutError, aiohttp.ClientError):
            status = 500
        if status != 200:
            log.info("response_url_refused", status=status)
        return Taken.YES if status == 200 else Taken.UNCLEAR if status >= 500 else Taken.NO
