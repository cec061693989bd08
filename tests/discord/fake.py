"""A Discord that keeps messages: what REST would answer, who sees what, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

import aiohttp
from discord.http import Route
from multidict import CIMultiDict

from adapters.discord.render import Attachment
from adapters.discord.rest import Rest, refused, with_files
from tests.discord.contracts import check

Json = dict[str, Any]
Reply = tuple[int, Any]
APP, BOT, GUILD = "900", "901", "100"
EPHEMERAL = 64


@dataclass
class Posted:
    """A message: whom it is for (all when empty), and what it answers."""

    id: str
    channel: str
    payload: Json
    files: dict[str, bytes]
    only_for: str = ""
    answers: str = ""
    author: str = BOT


@dataclass
class Open:
    """An interaction that may be answered."""

    id: str
    token: str
    user: str
    channel: str
    message: Posted | None = None
    kind: int = 0
    posted: Posted | None = None


@dataclass
class FakeDiscord:
    """Answers requests as Discord does. `faults`: how the next requests end, whose method and path end so."""

    posted: list[Posted] = field(default_factory=list)
    opened: dict[str, Open] = field(default_factory=dict)
    modals: dict[str, Json] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    rules: list[Json] = field(default_factory=list)
    channels: dict[str, Json] = field(default_factory=dict)
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    lists: list[list[Json]] = field(default_factory=list)
    faults: list[tuple[str, int, Json]] = field(default_factory=list)
    query: dict[str, str] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(10_000))

    def snowflake(self) -> str:
        """A new id."""
        return str(next(self.numbers))

    def restart_numbers(self, first: int) -> None:
        """Ids from here on."""
        self.numbers = count(first)

    def opens(self, user: str, channel: str, message: Posted | None = None) -> Open:
        """Somebody uses an interaction."""
        opened = Open(self.snowflake(), f"token-{self.snowflake()}", user, channel, message)
        self.opened[opened.token] = opened
        return opened

    def visible(self, user: str) -> list[Posted]:
        """What a person sees, oldest first."""
        return [message for message in self.posted if message.only_for in ("", user)]

    def handle(self, method: str, path: str, payload: Any = None, files: dict[str, bytes] | None = None) -> Reply:
        """One request, checked against the published contract."""
        bare, _, query = path.partition("?")
        self.query = dict(parse_qsl(query))
        if "//" in bare:  # an id was empty
            return 404, {"code": 0, "message": "404: Not Found"}
        check(method, bare, payload)
        self.requests.append((method, bare, payload))
        for number, (end, status, body) in enumerate(self.faults):
            if f"{method} {bare}".endswith(end):
                del self.faults[number]
                return status, body
        parts = bare.strip("/").split("/")
        if bare in FIXED:
            return 200, FIXED[bare]
        return self._routes()[f"{method} {parts[0]} {parts[-1] if parts[0] == 'applications' else ''}".strip()](
            parts, payload, files or {}
        )

    def _routes(self) -> dict[str, Callable[[list[str], Any, dict[str, bytes]], Reply]]:
        return {
            "POST interactions": self._callback,
            "PATCH webhooks": self._edit,
            "DELETE webhooks": self._delete,
            "POST webhooks": self._follow,
            "POST channels": self._post,
            "GET channels": self._channel,
            "GET applications commands": lambda _parts, _p, _f: (200, self.commands),
            "PUT applications commands": self._register,
            "GET applications permissions": lambda _parts, _p, _f: (200, self.rules),
            "POST users": lambda _parts, p, _f: (200, {"id": f"5{p['recipient_id']}", "type": 1}),
        }

    def _callback(self, parts: list[str], payload: Json, files: dict[str, bytes]) -> Reply:
        opened = self.opened.get(parts[2])
        if opened is None:
            return 404, {"code": 10062, "message": "Unknown interaction"}
        if opened.kind:
            return 400, {"code": 40060, "message": "Interaction has already been acknowledged."}
        data, kind = payload.get("data") or {}, payload["type"]
        if kind in (6, 7) and opened.message not in self.posted:
            return 404, {"code": 10008, "message": "Unknown Message"}
        opened.kind = kind
        if kind in (4, 5):
            opened.posted = self._add(opened, data, files, is_shown=kind == 4)
        elif kind == 7 and opened.message:
            opened.message.payload, opened.message.files = data, files
        elif kind == 8:
            self.lists.append(data["choices"])
        elif kind == 9:
            self.modals[opened.user] = data
        return 204, None

    def _edit(self, parts: list[str], payload: Json, files: dict[str, bytes]) -> Reply:
        opened = self.opened.get(parts[2])
        target = (opened.message if opened.kind == 6 else opened.posted) if opened else None
        if opened is None or target is None:
            return 404, {"code": 10015, "message": "Unknown Webhook"}
        if opened.kind != 5 and target not in self.posted:
            return 404, {"code": 10008, "message": "Unknown Message"}
        target.payload, target.files = payload, files
        if target not in self.posted:
            self.posted.append(target)
        return 200, {"id": target.id}

    def _follow(self, parts: list[str], payload: Json, files: dict[str, bytes]) -> Reply:
        opened = self.opened.get(parts[2])
        if opened is None or not opened.kind:
            return 404, {"code": 10015, "message": "Unknown Webhook"}
        if opened.kind == 5 and opened.posted and opened.posted not in self.posted:
            return self._edit(parts, payload, files)  # what was announced, and as privately; flags count for nothing
        return 200, {"id": self._add(opened, payload, files).id}

    def _delete(self, parts: list[str], _payload: Json, _files: dict[str, bytes]) -> Reply:
        opened = self.opened.get(parts[2])
        if opened is None or opened.posted is None:
            return 404, {"code": 10008, "message": "Unknown Message"}
        self.posted = [message for message in self.posted if message is not opened.posted]
        opened.posted = None
        return 204, None

    def _add(self, opened: Open, data: Json, files: dict[str, bytes], *, is_shown: bool = True) -> Posted:
        only_for = opened.user if data.get("flags", 0) & EPHEMERAL else ""
        posted = Posted(self.snowflake(), opened.channel, data, files, only_for, opened.token)
        if is_shown:
            self.posted.append(posted)
        return posted

    def _post(self, parts: list[str], payload: Json, files: dict[str, bytes]) -> Reply:
        nonce = payload.get("nonce", "")
        known = [message for message in self.posted if nonce and message.payload.get("nonce") == nonce]
        if known:
            return 200, {"id": known[0].id}
        only_for = parts[1][1:] if parts[1].startswith("5") else ""
        posted = Posted(self.snowflake(), parts[1], payload, files, only_for, nonce.partition(".")[0])
        self.posted.append(posted)
        return 200, {"id": posted.id}

    def _channel(self, parts: list[str], _payload: Json, _files: dict[str, bytes]) -> Reply:
        """What a channel is, or its newest messages."""
        if parts[-1] != "messages":
            return _found(self.channels.get(parts[1]), 10003)
        before, limit = int(self.query.get("before", 1 << 62)), int(self.query["limit"])
        there = [m for m in reversed(self.posted) if m.channel == parts[1] and int(m.id) < before][:limit]
        return 200, [{"id": m.id, "author": {"id": m.author}, "embeds": m.payload.get("embeds", [])} for m in there]

    def _register(self, _parts: list[str], payload: list[Json], _files: dict[str, bytes]) -> Reply:
        self.commands = [{**command, "id": self.snowflake(), "version": "1"} for command in payload]
        return 200, self.commands


class FakeRest(Rest):
    """The bot's REST client without a network: its two doors lead to a `FakeDiscord`."""

    def __init__(self, fake: FakeDiscord) -> None:
        super().__init__()
        self._fake = fake

    async def request(self, route: Route, **options: Any) -> Any:
        """The door of discord.py's calls."""
        payload, files = options.get("json"), {}
        if form := options.get("form"):
            payload = json.loads(form[0]["value"])
            files = {part["filename"]: part["value"] for part in form[1:]}
        path = f"{route.url.removeprefix(Route.BASE)}?{urlencode(options.get('params', {}))}"
        return self._answered(route.method, path, payload, files)

    async def interact(
        self, method: str, path: str, payload: Json | None = None, files: Sequence[Attachment] = ()
    ) -> None:
        """The door of interactions."""
        whole = None if payload is None else with_files(payload, files)[0]
        self._answered(method, path, json.loads(json.dumps(whole)), {file.name: file.content for file in files})

    def _answered(self, method: str, path: str, payload: Any, files: dict[str, bytes]) -> Any:
        status, body = self._fake.handle(method, path, payload, files)
        if status >= 300:
            raise refused(cast("aiohttp.ClientResponse", Refusal(status, body)), body)
        return body


@dataclass(frozen=True)
class Refusal:
    """As much of a response as an exception looks at."""

    status: int
    body: Json

    @property
    def reason(self) -> str:
        """Nothing."""
        return ""

    @property
    def headers(self) -> CIMultiDict[str]:
        """What Discord asks to wait for."""
        return CIMultiDict({"Retry-After": str(self.body["retry_after"])} if "retry_after" in self.body else {})


def _found(body: Json | None, code: int) -> Reply:
    return (200, body) if body else (404, {"code": code, "message": "Unknown"})


FIXED: dict[str, Any] = {
    "/users/@me": {"id": BOT, "username": "chao", "discriminator": "0", "avatar": None, "bot": True},
    "/users/@me/guilds": [{"id": GUILD, "name": "g", "permissions": "0"}],
    "/applications/@me": {"id": APP, "flags": 0, "name": "Chao"},
    "/oauth2/applications/@me": {
        "id": APP, "name": "Chao", "icon": None, "description": "", "bot_public": True, "bot_require_code_grant": False,
        "verify_key": "", "flags": 0, "hook": True, "summary": "",
        "owner": {"id": "1", "username": "o", "discriminator": "0", "avatar": None},
    },
    "/gateway/bot": {
        "url": "wss://gateway.discord.gg", "shards": 1,
        "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1},
    },
}  # fmt: skip
