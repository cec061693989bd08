"""A Slack that keeps what it is sent: messages, views and calls; what a person sees is decided here, as Slack does."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from adapters.slack.manifest import SCOPES
from tests.slack.contracts import check_blocks, check_call, check_view, scopes_of

Json = dict[str, Any]
BASE, TEAM, BOT, CHANNEL = "https://slack.test/api/", "T1", "UBOT", "C1"
RESPONSES, UPLOADS = "https://hooks.slack.test/", "https://files.slack.test/"


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
    """What Slack answers to the next call of a method, instead of doing it; `is_done`: it does it all the same.

    Without an `error` a status over 499 comes with a page, as from a proxy; `raises` is what the connection does.
    """

    status: int = 200
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_done: bool = False
    raises: BaseException | None = None


NO_FAULT = Fault()


@dataclass
class FakeSlack:
    """One workspace: profiles and channels by id, `threads` in which people wrote, what happens `when_called`."""

    people: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    views: dict[str, Json] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    urls: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    used_scopes: set[str] = field(default_factory=set)
    uploads: list[bytes] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    unjoined: set[str] = field(default_factory=set)
    threads: set[tuple[str, str]] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    when_called: dict[str, Callable[[], object]] = field(default_factory=dict)
    is_down: bool = False
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def number(self) -> int:
        """A new number."""
        return next(self._numbers)

    def ts(self) -> str:
        """A new time stamp, which is a message's id in its channel."""
        return f"1795543200.{self.number():06d}"

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

    def refuse(self, method: str, error: str, times: int = 1) -> None:
        """Answer the next calls of a method with an error."""
        self.faults.setdefault(method, []).extend(Fault(error=error) for _ in range(times))

    def visible(self, user: str) -> list[Message]:
        """The messages that a person sees, in the order in which they came."""
        return [m for m in self.messages if not m.is_gone and m.only_for in ("", user) and _is_theirs(m, user)]

    def answer(self, method: str, params: Json) -> tuple[int, Mapping[str, str], Json | str]:
        """A call of the Web API: status, headers and body."""
        self.calls.append((method, params))
        check_call(method, params)
        self.when_called.get(method, lambda: None)()
        self.used_scopes |= self._scopes(method, params)
        assert self.used_scopes <= set(SCOPES), method
        fault = self._next_fault(method)
        if fault is None or fault.is_done:
            body = {"ok": True, **self._do(method, params)}
        if fault is None:
            return 200, {}, {**body, "ok": "error" not in body}
        if fault.raises:
            raise fault.raises
        page = "<html>Service Unavailable</html>"
        return fault.status, fault.headers, {"ok": False, "error": fault.error} if fault.error else page

    def _next_fault(self, method: str) -> Fault | None:
        fault = self.faults[method].pop(0) if self.faults.get(method) else None
        return None if fault == NO_FAULT else fault

    def responded(self, url: str, body: Json) -> int:
        """An answer through a response URL, which may be used five times; its status."""
        fault = self.faults["response_url"].pop(0) if self.faults.get("response_url") else None
        if fault and fault.raises:
            raise fault.raises
        self.used[url] = self.used.get(url, 0) + 1
        if url not in self.urls or self.used[url] > 5 or (fault and not fault.is_done):
            return fault.status if fault else 404
        self._respond(url, body)
        return fault.status if fault else 200

    def uploaded(self, content: bytes) -> int:
        """Bytes sent to an upload URL; the status."""
        fault = self._next_fault("upload")
        if fault and fault.raises:
            raise fault.raises
        if fault is None:
            self.uploads.append(content)
        return fault.status if fault else 200

    def _respond(self, url: str, body: Json) -> None:
        user, channel, thread, ts = self.urls[url]
        check_blocks(body.get("blocks", []))
        original = next((m for m in self.messages if m.ts == ts and m.channel == channel), None)
        if body.get("replace_original") and original:
            original.body = body
            self.messages.remove(original)
            self.messages.append(original)
            return
        only_for = "" if body.get("response_type") == "in_channel" else user
        self._show(Message(self.ts(), channel, body.get("thread_ts", thread), body, only_for))

    def _show(self, message: Message) -> None:
        """Slack takes a message for one person in a thread in which nobody wrote, and shows it to nobody."""
        wrote = {(said.channel, said.thread) for said in self.messages if not said.only_for} | self.threads
        is_lost = bool(message.only_for and message.thread) and (message.channel, message.thread) not in wrote
        self.messages.append(replace(message, is_gone=is_lost))

    def _scopes(self, method: str, params: Json) -> set[str]:
        """The scope that a call needs: where several would do, the one of the kind of conversation."""
        needed = set(scopes_of(method))
        if len(needed) < 2:
            return needed
        channel = str(params.get("channel") or "D")
        is_private = self.channels.get(channel, {}).get("is_private")
        kind = "im" if channel.startswith("D") else "groups" if is_private else "channels"
        return {scope for scope in needed if scope.startswith(f"{kind}:")}

    def _do(self, method: str, params: Json) -> Json:
        """What a method does and answers; one without a function of its own answers that all is well."""
        handler = getattr(self, f"_{method.replace('.', '_').lower()}", None)
        return dict(handler(params)) if handler else {}

    def _chat_postmessage(self, params: Json) -> Json:
        check_blocks(params.get("blocks", []))
        shown = [block["slack_file"]["id"] for block in params.get("blocks", []) if "slack_file" in block]
        if not set(shown) <= set(self.pictures):
            return {"error": "invalid_blocks"}
        channel = f"D{params['channel']}" if params["channel"].startswith("U") else params["channel"]
        if channel in self.unjoined:
            return {"error": "not_in_channel"}
        made = Message(self.ts(), channel, params.get("thread_ts", ""), params)
        self.messages.append(made)
        return {"ts": made.ts, "channel": channel}

    def _chat_postephemeral(self, params: Json) -> Json:
        check_blocks(params.get("blocks", []))
        if params["channel"] in self.unjoined or not params["channel"]:
            return {"error": "channel_not_found"}
        thread = params.get("thread_ts", "")
        self._show(Message(self.ts(), params["channel"], thread, params, params["user"]))
        return {"message_ts": self.ts()}

    def _users_info(self, params: Json) -> Json:
        return {"user": self.people.get(params["user"], {"id": params["user"], "locale": "en-US"})}

    def _conversations_info(self, params: Json) -> Json:
        if params["channel"] in self.unjoined:
            return {"error": "channel_not_found"}
        return {"channel": self.channels.get(params["channel"], {"id": params["channel"]})}

    def _conversations_replies(self, params: Json) -> Json:
        return self._page(params, lambda message: message.thread == params["ts"])

    def _conversations_history(self, params: Json) -> Json:
        return self._page(params, lambda message: not message.thread, is_newest_first=True)

    def _page(self, params: Json, belongs: Callable[[Message], bool], *, is_newest_first: bool = False) -> Json:
        oldest, start, most = str(params.get("oldest", "")), int(params.get("cursor", 0)), int(params["limit"])
        here = [m for m in self.messages if m.channel == params["channel"] and not m.only_for]
        said = [m for m in here if belongs(m) and m.ts > oldest]
        page = [*reversed(said)] if is_newest_first else said
        cursor = str(start + most) if start + most < len(page) else ""
        found = [{"ts": m.ts, "metadata": m.body.get("metadata", {})} for m in page[start : start + most]]
        return {"messages": found, "response_metadata": {"next_cursor": cursor}}

    def _files_getuploadurlexternal(self, params: Json) -> Json:
        return {"upload_url": f"{UPLOADS}F{self.number()}", "file_id": f"F{params['length']}"}

    def _files_completeuploadexternal(self, params: Json) -> Json:
        content = self.uploads.pop()
        if "channel_id" not in params:
            self.pictures[params["files"][0]["id"]] = content
            return {}
        body = {"text": params["files"][0]["title"], "blocks": [], "file": content}
        self.messages.append(Message(self.ts(), params["channel_id"], params.get("thread_ts", ""), body))
        return {}

    def _conversations_open(self, params: Json) -> Json:
        return {"channel": {"id": f"D{params['users']}"}}

    def _chat_getpermalink(self, params: Json) -> Json:
        ts = params["message_ts"]
        if ts in self.deleted:
            return {"error": "message_not_found"}
        if params["channel"] in self.unjoined:
            return {"error": "channel_not_found"}
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
