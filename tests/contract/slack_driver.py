"""Slack as a driver: raw payloads through Bolt's own dispatch, real clients on a transport that keeps messages."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast
from urllib.parse import urlencode

import aiohttp
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.app import Entry, slack_app
from adapters.slack.installations import OneWorkspace
from adapters.slack.lifecycle import Lifecycle
from adapters.slack.office import BUDGET, Office
from adapters.slack.posting import Pace
from adapters.slack.slash import Slash
from bot.router import Router
from tests.contract.driver import Seen
from tests.slack import fake
from tests.slack.contracts import check_blocks, sample, schema
from tests.slack.fake import BASE, BOT, CHANNEL, TEAM, FakeSlack, Message
from tests.slack.transport import FakeSession

Json = dict[str, Any]
MANAGERS = ("ana",)


class SlackDriver:
    """One channel of one workspace; user `ana` is `Uana` there."""

    name = "slack"
    lacks: frozenset[str] = frozenset()

    def __init__(self, router: Router, budget: float = BUDGET) -> None:
        self.slack = FakeSlack()
        for name in MANAGERS:
            self.slack.people[f"U{name}"] = {"id": f"U{name}", "is_admin": True, "locale": "en-US"}
        session = cast("aiohttp.ClientSession", FakeSession(self.slack))
        self.office = Office(router, BASE, session, budget, pace=Pace(every=0))
        entry = Entry(OneWorkspace("xoxb-test"))
        self.slash = Slash(self.office, entry.authorize)
        self.app = slack_app(entry, self.office, Lifecycle(router.services, None))
        self.channel = CHANNEL
        self.last: Json = {}
        self.typed: list[str] = []
        self.heard: set[str] = set()

    async def runs(self, user: str, command: str, **args: str) -> None:
        """A slash command, with every argument but the last in quotes."""
        values = list(args.values())
        quoted = [f'"{value}"' for value in values[:-1]] + values[-1:]
        await self.types(user, " ".join([command, *quoted]))

    async def types(self, user: str, line: str) -> None:
        """A `/client` line; the acknowledgement is a message to who typed it."""
        slack = self.slack
        self.typed.append(line)
        body = {
            **sample("SlashCommandPayload"), "team_id": TEAM, "user_id": f"U{user}", "channel_id": self.channel,
            "command": "/client", "text": fake_escaped(line), "trigger_id": slack.trigger(f"U{user}"),
            "response_url": slack.response_url(f"U{user}", self.channel), "is_enterprise_install": "false",
        }  # fmt: skip
        schema("SlashCommandBody").validate(body)
        acknowledged: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        async def acknowledge(answer: Json) -> None:
            if answer:
                self._keep_ack(answer, f"U{user}")
            acknowledged.set_result(None)

        # As a server would: what takes longer goes on after the acknowledgement.
        answering = self.office.background.start(self.slash.answer(body, acknowledge), "slash_command")
        await asyncio.wait({answering, acknowledged}, return_when=asyncio.FIRST_COMPLETED)
        if answering.done():
            answering.result()

    async def says(self, user: str, text: str, thread: str = "") -> None:
        """A mention in the channel, or in a thread of it."""
        ts = self.slack.ts()
        self.typed.append(text)
        event = {
            **sample("AppMentionPayload")["event"], "type": "app_mention", "user": f"U{user}", "channel": self.channel,
            "text": f"<@{BOT}> {fake_escaped(text)}", "ts": ts, "event_ts": ts, "team": TEAM, "thread_ts": thread,
            "blocks": [], "attachments": [], "files": [], "bot_id": "", "bot_profile": "",
        }  # fmt: skip
        await self.sends_event({name: value for name, value in event.items() if value not in ("", [])})
        schema("AppMentionEnvelope").validate(self.last)

    async def sends_event(self, event: Json, **outer: object) -> None:
        """An event of the Events API."""
        installed = {
            "enterprise_id": None,
            "team_id": TEAM,
            "user_id": BOT,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        self.last = {
            "type": "event_callback", "team_id": TEAM, "event_id": f"Ev{self.slack.number()}", "event": event,
            "authorizations": [installed], "token": "", "api_app_id": "A1", "event_time": 1795543200, **outer,
        }  # fmt: skip
        if event.get("thread_ts"):
            self.slack.threads.add((event["channel"], event["thread_ts"]))
        kind = event.get("channel_type") if event["type"] == "message" else ""
        self.heard.add(f"{event['type']}.{kind}" if kind else event["type"])
        await self._sends_json(self.last)

    async def presses(self, user: str, label: str) -> None:
        """The newest control with this label among all that the user sees."""
        body = self.press(user, label)
        if body["actions"][0]["type"] == "button" and "view" not in body:
            schema("BlockActionsBody").validate(body)
        await self.interacts(body)

    def press(self, user: str, label: str) -> Json:
        """What Slack sends for a press."""
        body = self._pressed_in_message(f"U{user}", label) or self._pressed_in_view(f"U{user}", label)
        if body is None:
            raise AssertionError(f"no button {label!r}")
        return body

    async def interacts(self, body: Json) -> BoltResponse:
        """Any interactive payload."""
        answer = await self.send(urlencode({"payload": json.dumps(body)}), "application/x-www-form-urlencoded")
        await self.office.background.finish()
        return answer

    async def redelivers(self) -> None:
        """The last event again."""
        await self._sends_json(self.last)

    def sees(self, user: str) -> list[Seen]:
        """Messages and modals, as this person sees them."""
        seen = [_seen(message) for message in self.slack.visible(f"U{user}")]
        views = [view for key, view in self.slack.views.items() if self.slack.owners[key] == f"U{user}"]
        return seen + [Seen(fake.shown(view["blocks"]), True, "", _labels(view["blocks"])) for view in views]

    async def send(self, body: str, content_type: str) -> BoltResponse:
        """One request, as it comes after its signature was checked."""
        answer = await self.dispatches(body, content_type)
        assert answer.status == 200, answer.body
        return answer

    async def dispatches(self, body: str, content_type: str) -> BoltResponse:
        """The same, whatever the answer's status is."""
        return await self.app.async_dispatch(AsyncBoltRequest(body=body, headers={"content-type": [content_type]}))

    async def _sends_json(self, body: Json) -> None:
        await self.send(json.dumps(body), "application/json")
        await self.office.background.finish()

    def _keep_ack(self, body: Json, user: str) -> None:
        check_blocks(body["blocks"])
        assert body["response_type"] == "ephemeral"
        self.slack.messages.append(Message(self.slack.ts(), self.channel, "", body, user))

    def _pressed_in_message(self, user: str, label: str) -> Json | None:
        for message in reversed(self.slack.visible(user)):
            for text, element in fake.controls(message.body.get("blocks", [])):
                if text == label:
                    return self._block_actions(user, element, message)
        return None

    def _block_actions(self, user: str, element: Json, message: Message) -> Json:
        container = {"type": "message", "message_ts": message.ts, "channel_id": message.channel,
            "is_ephemeral": bool(message.only_for), "thread_ts": message.thread}  # fmt: skip
        url = self.slack.response_url(user, message.channel, message.thread, message.ts)
        return self._interaction(user, element) | {
            "container": {name: value for name, value in container.items() if value != ""},
            "channel": {"id": message.channel, "name": "general"}, "response_url": url,
        }  # fmt: skip

    def _pressed_in_view(self, user: str, label: str) -> Json | None:
        owned = {key: view for key, view in self.slack.views.items() if self.slack.owners[key] == user}
        for key, view in reversed(
            [*owned.items(), *([("H1", self.slack.homes[user])] if user in self.slack.homes else [])]
        ):
            for text, element in fake.controls(view["blocks"]):
                if text == label:
                    return self._interaction(user, element) | {
                        "container": {"type": "view", "view_id": key}, "view": {**view, "id": key, "hash": "1"},
                    }  # fmt: skip
        return None

    def _interaction(self, user: str, element: Json) -> Json:
        person = {"id": user, "team_id": TEAM, "username": user, "name": user}
        return {
            "type": "block_actions", "team": {"id": TEAM, "domain": "t"}, "user": person, "api_app_id": "A1",
            "token": "", "trigger_id": self.slack.trigger(user),
            "actions": [{**element, "action_ts": self.slack.ts(), "block_id": "b"}],
        }  # fmt: skip


def fake_escaped(text: str) -> str:
    """Text as Slack sends what a person typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _seen(message: Message) -> Seen:
    blocks = message.body.get("blocks", [])
    is_private = bool(message.only_for) or message.channel.startswith("D")
    return Seen(fake.shown(blocks), is_private, message.thread, _labels(blocks))


def _labels(blocks: list[Json]) -> tuple[str, ...]:
    return tuple(label for label, _ in fake.controls(blocks))
