"""A Slack that keeps what it is sent: messages, views and calls; what a person sees is decided here, as Slack does."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Self

from tests.slack.contracts import check_blocks, check_call, check_view

Json = dict[str, Any]
BASE, TEAM, BOT, CHANNEL = "https://slack.test/api/", "T1", "UBOT", "C1"
RESPONSES = "https://hooks.slack.test/"


@dataclass
class Message:
    """A message in a channel; `only_for`: an ephemeral one, seen by that person only."""

    ts: str
    channel: str
    thread: str
    body: Json
    only_for: str = ""
    is_gone: bool = False


@dataclass
class Fault:
    """What Slack answers to the next call of a method, instead of doing it; `is_done`: it does it all the same."""

    status: int = 200
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_done: bool = False


@dataclass
class FakeSlack:
    """One workspace. `people` holds profiles by user id, `channels` their objects by id."""

    people: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    views: dict[str, Json] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    urls: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    is_down: bool = False
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def number(self) -> int:
        """A new number."""
        return next(self._numbers)

    def ts(self) -> str:
        """A new time stamp, which is a message's id in its channel."""
        return f"1795539600.{self.number():06d}"

    def response_url(self, user: str, channel: str, thread: str = "", ts: str = "") -> str:
        """A new URL through which an interaction may be answered."""
        url = f"{RESPONSES}{self.number()}"
        self.urls[url] = (user, channel, thread, ts)
        return url

    def trigger(self, user: str) -> str:
        """A new trigger id."""
        trigger = f"{self.number()}.1.trigger"
        self.triggers[trigger] = user
        return trigger

    def visible(self, user: str) -> list[Message]:
        """The messages that a person sees, in the order in which they came."""
        return [m for m in self.messages if not m.is_gone and m.only_for in ("", user) and _is_theirs(m, user)]

    def answer(self, method: str, params: Json) -> tuple[int, Mapping[str, str], Json]:
        """A call of the Web API: status, headers and body."""
        self.calls.append((method, params))
        check_call(method, params)
        fault = self.faults[method].pop(0) if self.faults.get(method) else None
        if fault and not fault.is_done:
            return fault.status, fault.headers, {"ok": False, "error": fault.error}
        body = {"ok": True, **self._do(method, params)}
        if "error" in body:
            body["ok"] = False
        return (fault.status, fault.headers, {"ok": False, "error": fault.error}) if fault else (200, {}, body)

    def responded(self, url: str, body: Json) -> int:
        """An answer through a response URL; its status."""
        if url not in self.urls:
            return 404
        user, channel, thread, ts = self.urls[url]
        check_blocks(body.get("blocks", []))
        original = next((m for m in self.messages if m.ts == ts and m.channel == channel), None)
        if body.get("replace_original") and original:
            original.body = body
            self.messages.remove(original)
            self.messages.append(original)
            return 200
        only_for = "" if body.get("response_type") == "in_channel" else user
        self.messages.append(Message(self.ts(), channel, body.get("thread_ts", thread), body, only_for))
        return 200

    def _do(self, method: str, params: Json) -> Json:
        """What a method does and answers; one without a function of its own answers that all is well."""
        handler = getattr(self, f"_{method.replace('.', '_').lower()}", None)
        return dict(handler(params)) if handler else {}

    def _chat_postmessage(self, params: Json) -> Json:
        check_blocks(params.get("blocks", []))
        channel = f"D{params['channel']}" if params["channel"].startswith("U") else params["channel"]
        made = Message(self.ts(), channel, params.get("thread_ts", ""), params)
        self.messages.append(made)
        return {"ts": made.ts, "channel": channel}

    def _chat_postephemeral(self, params: Json) -> Json:
        check_blocks(params.get("blocks", []))
        thread = params.get("thread_ts", "")
        self.messages.append(Message(self.ts(), params["channel"], thread, params, params["user"]))
        return {"message_ts": self.ts()}

    def _users_info(self, params: Json) -> Json:
        return {"user": self.people.get(params["user"], {"id": params["user"], "locale": "en-US"})}

    def _conversations_info(self, params: Json) -> Json:
        return {"channel": self.channels.get(params["channel"], {"id": params["channel"]})}

    def _conversations_replies(self, params: Json) -> Json:
        said = [m for m in self.messages if m.channel == params["channel"] and not m.only_for]
        return {"messages": [{"ts": m.ts, "metadata": m.body.get("metadata", {})} for m in said]}

    def _conversations_history(self, params: Json) -> Json:
        return self._conversations_replies(params)

    def _chat_getpermalink(self, params: Json) -> Json:
        ts = params["message_ts"]
        return {"permalink": f"https://t.slack.com/archives/{params['channel']}/p{ts.replace('.', '')}"}

    def _views_open(self, params: Json) -> Json:
        user = self.triggers.pop(params["trigger_id"], None)
        if user is None:
            return {"error": "expired_trigger_id"}
        check_view(params["view"])
        view_id = f"V{self.number()}"
        self.views[view_id], self.owners[view_id] = params["view"], user
        return {"view": {"id": view_id}}

    def _views_update(self, params: Json) -> Json:
        check_view(params["view"])
        if params["view_id"] not in self.views:
            return {"error": "not_found"}
        self.views[params["view_id"]] = params["view"]
        return {"view": {"id": params["view_id"]}}

    def _views_publish(self, params: Json) -> Json:
        check_view(params["view"])
        self.homes[params["user_id"]] = params["view"]
        return {"view": {"id": "H1"}}


def _is_theirs(message: Message, user: str) -> bool:
    return not message.channel.startswith("D") or message.channel == f"D{user}"


def shown(blocks: list[Json]) -> str:
    """Blocks as a person reads them, without their controls."""
    return "\n".join(part for block in blocks if (part := _text(block)))


def controls(blocks: list[Json]) -> list[tuple[str, Json]]:
    """What can be pressed: label and action, each option of a menu included."""
    found: list[tuple[str, Json]] = []
    for block in blocks:
        for element in block.get("elements", ()) if block["type"] == "actions" else ():
            if element["type"] == "button":
                found.append((element["text"]["text"], element))
            options = element.get("options", ())
            found.extend((option["text"]["text"], {**element, "selected_option": option}) for option in options)
    return found


def _text(block: Json) -> str:
    match block["type"]:
        case "rich_text":
            return "".join(part["text"] for box in block["elements"] for part in box["elements"])
        case "context":
            return "\n".join(unescape(element["text"]) for element in block["elements"])
        case "input":
            return str(block["label"]["text"])
        case _:
            texts = [block["text"]] if "text" in block else block.get("fields", [])
            return "\n".join(_plain(text) for text in texts)


def _plain(text: Json) -> str:
    said = str(text["text"])
    return "\n".join(line.strip("*") for line in unescape(said).split("\n")) if text["type"] == "mrkdwn" else said


class _Response:
    """What aiohttp gives back."""

    def __init__(self, status: int, headers: Mapping[str, str], body: Json | str) -> None:
        self.status, self.headers, self._body = status, dict(headers), body
        self.content_type = "application/json" if isinstance(body, dict) else "text/html"

    async def json(self) -> Json:
        """The body of a Web API answer."""
        assert isinstance(self._body, dict)
        return self._body

    async def text(self) -> str:
        """The body of a response URL's answer."""
        return self._body if isinstance(self._body, str) else json.dumps(self._body)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass


class FakeSession:
    """Stands in for `aiohttp.ClientSession` under the real clients."""

    closed = False

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack

    def request(self, _method: str, url: str, **given: Any) -> _Response:
        """Send one request."""
        if self._slack.is_down:
            raise TimeoutError
        if url.startswith(RESPONSES):
            return _Response(self._slack.responded(url, json.loads(given["data"])), {}, "ok")
        params = given.get("json") or given.get("params") or given.get("data") or {}
        return _Response(*self._slack.answer(url.removeprefix(BASE), dict(params)))
