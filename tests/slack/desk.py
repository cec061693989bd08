"""What a person does on Slack beyond commands and mentions: direct messages, the pane, the front page, windows."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from adapters.slack.parse import Origin, origin_of
from tests.contract.driver import Seen
from tests.contract.slack_driver import SlackDriver, fake_escaped
from tests.slack import fake
from tests.slack.contracts import check_view, sample, schema
from tests.slack.fake import TEAM, Json

FORM = "application/x-www-form-urlencoded"


class Desk(SlackDriver):
    """The same workspace, with all that a person can reach."""

    async def writes(self, who: str, text: str, thread: str = "", **other: Any) -> None:
        """A direct message to the bot; in a thread it is one in the assistant's pane."""
        ts = self.slack.ts()
        self.typed.append(text)
        event = {
            "type": "message", "channel_type": "im", "channel": f"DU{who}", "user": f"U{who}", "team": TEAM,
            "text": fake_escaped(text), "ts": ts, "event_ts": ts, **({"thread_ts": thread} if thread else {}), **other,
        }  # fmt: skip
        await self.sends_event(event)
        if not other:
            schema("MessageEnvelope").validate(self.last)

    async def opens_pane(self, user: str) -> str:
        """The assistant's pane; its thread."""
        ts = self.slack.ts()
        context = {"channel_id": self.channel, "team_id": TEAM, "enterprise_id": ""}
        thread = {"user_id": f"U{user}", "context": context, "channel_id": f"DU{user}", "thread_ts": ts}
        await self.sends_event({"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": ts})
        return ts

    async def opens_home(self, user: str, tab: str = "home") -> None:
        """The bot's own page."""
        event = {**sample("AppHomeOpenedPayload")["event"], "user": f"U{user}", "channel": f"DU{user}", "tab": tab}
        await self.sends_event(event)

    def home(self, user: str) -> str:
        """The front page as this person reads it."""
        return fake.shown(self.slack.homes[f"U{user}"]["blocks"])

    async def uses_shortcut(self, user: str, text: str, **other: Any) -> None:
        """“Flag client…” in the menu of a message."""
        ts = self.slack.ts()
        self.typed.append(text)
        body = self._by(user, "MessageShortcutPayload") | {
            "callback_id": "flag_client", "message_ts": ts, "action_ts": self.slack.ts(),
            "response_url": self.slack.response_url(f"U{user}", self.channel),
            "channel": {"id": self.channel, "name": "general"},
            "message": {"type": "message", "user": "Ubob", "ts": ts, "text": fake_escaped(text)}, **other,
        }  # fmt: skip
        schema("MessageShortcutBody").validate(body)
        await self.interacts(body)

    async def looks_up(self, user: str, typed: str) -> list[tuple[str, str]]:
        """The type-ahead of the newest window: labels and values."""
        self.typed.append(typed)
        view_id, view = self.window(user)
        body = self._by(user, "ViewSubmissionPayload") | {
            "type": "block_suggestion", "action_id": "value", "block_id": "client", "value": typed,
            "view": _sent(view, view_id, {}), "container": {"type": "view", "view_id": view_id},
        }  # fmt: skip
        answer = json.loads((await self.interacts(body)).body)
        assert len(answer["options"]) <= 100
        for option in answer["options"]:
            assert len(option["text"]["text"]) <= 75
            assert len(option["value"]) <= 150
        return [(option["text"]["text"], option["value"]) for option in answer["options"]]

    def window(self, user: str) -> tuple[str, Json]:
        """The newest window that this person has open: its id and what it shows."""
        views = [(key, view) for key, view in self.slack.views.items() if self.slack.owners[key] == f"U{user}"]
        return views[-1]

    def modal(self, user: str) -> Seen:
        """The newest window as this person reads it."""
        return self.sees(user)[-1]

    def origin(self, user: str) -> Origin:
        """What the newest window remembers."""
        return origin_of(self.window(user)[1])

    async def history(self, user: str, client: str) -> str:
        """What `/client show` answers."""
        await self.runs(user, "show", client=client)
        return fake.shown(self.slack.visible(f"U{user}")[-1].body["blocks"])

    async def sends_window(self, user: str, **fields: str) -> dict[str, str]:
        """Fill the newest window in and send it; what is wrong, by field."""
        body = self.submission(user, **fields)
        schema("ViewSubmissionBody").validate(body)
        return self.takes(user, await self.interacts(body))

    async def send_submission(self, user: str, **fields: str) -> Json:
        """Send the newest window; the answer that Slack gets, which it has before anything else happens."""
        body = urlencode({"payload": json.dumps(self.submission(user, **fields))})
        answer: Json = json.loads((await self.send(body, FORM)).body)
        self.slack.views[self.window(user)[0]] = answer["view"]
        return answer

    def submission(self, user: str, **fields: str) -> Json:
        """What Slack sends when the newest window is filled in and sent."""
        view_id, view = self.window(user)
        self.typed.extend(fields.values())
        return self._by(user, "ViewSubmissionPayload") | {"view": _sent(view, view_id, fields)}

    def takes(self, user: str, response: Any) -> dict[str, str]:
        """Do with the windows what the answer to a sent one says; what is wrong, by field."""
        answer: Json = json.loads(response.body) if response.body else {"response_action": "clear"}
        view_id, view = self.window(user)
        match answer["response_action"]:
            case "errors":
                fields = {block["block_id"] for block in view["blocks"]}
                assert set(answer["errors"]) <= fields
                assert all(0 < len(text) <= 2_000 for text in answer["errors"].values())
                return dict(answer["errors"])
            case "update":
                check_view(answer["view"])
                self.slack.views[view_id] = answer["view"]
            case _:
                del self.slack.views[view_id]
        return {}

    async def interacts_raw(self, body: object) -> int:
        """The status of any interactive payload's answer, whatever it is."""
        answer = await self.dispatches(urlencode({"payload": json.dumps(body)}), FORM)
        await self.office.background.finish()
        return int(answer.status)

    def _by(self, user: str, name: str) -> Json:
        """A payload's shape, filled in as far as all payloads have the same."""
        person = {"id": f"U{user}", "username": user, "name": user, "team_id": TEAM}
        body = sample(name) | {
            "team": {"id": TEAM, "domain": "t"}, "user": person, "trigger_id": self.slack.trigger(f"U{user}"),
            "api_app_id": "A1", "is_enterprise_install": False,
        }  # fmt: skip
        return {key: value for key, value in body.items() if key not in ("enterprise", "function_data")}


def _sent(view: Json, view_id: str, fields: dict[str, str]) -> Json:
    """A view as Slack sends it back, with what was typed and chosen."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    values = {block["block_id"]: {"value": _state(block["element"], fields, block["block_id"])} for block in inputs}
    rest = {"team_id": TEAM, "app_id": "A1", "bot_id": "B1", "root_view_id": view_id, "previous_view_id": None}
    return {"close": None, "submit": None, "callback_id": "", "private_metadata": "", **view, **rest,
        "id": view_id, "hash": "1", "state": {"values": values}, "clear_on_close": False, "notify_on_close": False,
        "app_installed_team_id": TEAM, "external_id": ""}  # fmt: skip


def _state(element: Json, fields: dict[str, str], name: str) -> Json:
    kind, typed = element["type"], fields.get(name)
    if kind == "plain_text_input":
        return {"type": kind, "value": typed or element.get("initial_value")}
    if typed is None:
        return {"type": kind, "selected_option": element.get("initial_option")}
    made = {"text": {"type": "plain_text", "text": typed[:75]}, "value": typed}
    known = [option for option in element.get("options", ()) if option["value"] == typed]
    return {"type": kind, "selected_option": (known or [made])[0]}
