"""What the handlers of Slack share: the router, who is who, each workspace's Web API, and the work under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.api import SlackApi
from adapters.slack.background import Background
from adapters.slack.files import Files
from adapters.slack.parse import Source
from adapters.slack.people import People
from adapters.slack.posting import Pace, Posting
from adapters.slack.render import message
from bot.events import Asker
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from bot.reply import File, Reply
from bot.router import Router

BUDGET = 1.5
Json = dict[str, Any]


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
            # The SDK's own retries would repeat what may have happened.
            client = AsyncWebClient(key, base_url=self.base_url, session=self.session, retry_handlers=[])
            self._apis[key] = SlackApi(client)
        return self._apis[key]

    def posting(self, token: str | None) -> Posting:
        """What posts under a token."""
        return Posting(self.api(token), self.pace)

    async def asker(self, source: Source, token: str | None) -> Asker:
        """Who speaks, and where."""
        return await self.people.asker(source, self.api(token))

    def speech(self, reply: Reply) -> Speech:
        """The language in which a reply is written."""
        return Speech(choose(reply.language, self.router.services.locale))

    async def drawn(self, reply: Reply, user: str, token: str | None, *, is_private: bool) -> Json:
        """The reply as a message; a long file in it goes to the person's direct messages."""
        speech = self.speech(reply)
        if any(isinstance(block, File) for block in reply.blocks):
            reply = await Files(self.api(token), self.session).privately(reply, user, speech)
        return message(reply, speech, is_private=is_private)

    async def respond(self, url: str, message: Mapping[str, Any]) -> bool:
        """Answer through a `response_url`, which is used as Slack gave it; whether Slack took it."""
        answer = await AsyncWebhookClient(url, session=self.session, retry_handlers=[]).send_dict(dict(message))
        return bool(answer.status_code == 200)
