"""Slack's part of a bot in this process: its pages without a socket, Slack on this machine, its clock set by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.fernet import Fernet
from starlette.types import ASGIApp

from adapters.http.server import Doors
from adapters.slack.platform import SlackPlatform, slack_platform
from bot.router import Router
from bot.settings import Settings
from tests.slack.loopback import Loopback
from tests.slack.payloads import SIGNING, as_json, form, signature, slash_body
from tests.slack.process import Answer
from tests.support import Clock, running_bot

Json = dict[str, Any]
KEY = Fernet.generate_key().decode()


@dataclass(frozen=True)
class Page(Answer):
    """What a browser gets."""

    headers: Mapping[str, str]

    @property
    def cookie(self) -> str:
        """The cookie that it was told to keep."""
        return self.headers["set-cookie"].partition(";")[0]

    @property
    def state(self) -> str:
        """The state in the link to Slack."""
        return parse_qs(urlsplit(self.headers["location"]).query)["state"][0]


@dataclass(frozen=True)
class Site:
    """A running bot."""

    app: ASGIApp
    router: Router
    platform: SlackPlatform
    database: Path
    _working: set[asyncio.Future[None]] = field(default_factory=set)

    async def get(self, path: str, cookie: str = "", **query: str) -> Page:
        """Read a page."""
        return await self._ask("GET", path, urlencode(query).encode(), b"", {"cookie": cookie} if cookie else {})

    async def slash(self, text: str, user: str = "Uana", **where: str | None) -> Page:
        """Send a signed `/client` line from a workspace."""
        named = {name: value or "" for name, value in where.items()}
        return await self._post(*form({**slash_body(text, user), **named}))

    async def event(self, body: Json) -> Page:
        """Send a signed event, and wait for what it set off."""
        answer = await self._post(*as_json(body))
        await self.platform.finish()
        return answer

    async def install(self, answer: Json, loopback: Loopback) -> Page:
        """Install the bot: Slack answers the exchange of the code with `answer`."""
        loopback.slack.installed = answer
        page = await self.get("/slack/install")
        return await self.get("/slack/oauth_redirect", page.cookie, code="c0de", state=page.state)

    async def _post(self, body: str, kind: str) -> Page:
        return await self._ask("POST", "/slack/events", b"", body.encode(), {"content-type": kind, **signature(body)})

    async def _ask(self, method: str, path: str, query: bytes, body: bytes, headers: Mapping[str, str]) -> Page:
        sent, answered = list[Any](), asyncio.get_running_loop().create_future()

        async def receive() -> Json:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                answered.set_result(None)

        given = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": given,
            "scheme": "https", "server": ("chao.test", 443), "http_version": "1.1", "root_path": ""}  # fmt: skip
        # What was acknowledged may still be worked on.
        working = asyncio.ensure_future(self.app(scope, receive, send))
        self._working.add(working)
        working.add_done_callback(self._working.discard)
        await asyncio.wait({working, answered}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
        begin, content = sent[0], b"".join(message.get("body", b"") for message in sent[1:])
        return Page(begin["status"], content.decode(), {k.decode(): v.decode() for k, v in begin["headers"]})


@asynccontextmanager
async def site(folder: Path, slack: Loopback, clock: Clock, **settings: str) -> AsyncIterator[Site]:
    """A bot that any workspace may install, unless the settings say otherwise."""
    database = folder / "chao.db"
    values = {
        "SLACK_SIGNING_SECRET": SIGNING, "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "hush",
        "CHAO_SECRET_KEY": KEY, "SLACK_API_URL": slack.api_url, **settings,
    }  # fmt: skip
    async with (
        running_bot(database, clock) as router,
        slack_platform(router, Settings.model_validate(values)) as platform,
    ):
        yield Site(Doors(platform.routes), router, platform, database)


def bytes_of(database: Path) -> bytes:
    """All that is in the files of a database."""
    return b"".join(part.read_bytes() for part in database.parent.iterdir() if part.is_file())


def team_install(token: str, team: str = "T1") -> Json:
    """Slack's answer when a workspace installed the bot (https://docs.slack.dev/reference/methods/oauth.v2.access)."""
    return {
        "access_token": token, "token_type": "bot", "scope": "commands,chat:write", "bot_user_id": "UBOT",
        "app_id": "A1", "team": {"id": team, "name": f"Team {team}"}, "enterprise": None,
        "is_enterprise_install": False, "authed_user": {"id": "Uana"},
    }  # fmt: skip


def org_install(token: str, enterprise: str = "E1") -> Json:
    """Slack's answer when an organisation installed the bot for all its workspaces."""
    return {
        **team_install(token),
        "team": None,
        "enterprise": {"id": enterprise, "name": "Org"},
        "is_enterprise_install": True,
    }
