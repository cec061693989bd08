"""Discord's REST at any address: discord.py's client with its rate limits, and the interactions' own endpoints.

Interactions are answered past the rate limits: each has a token of its own, and would leave a bucket of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.request import getproxies, proxy_bypass

import aiohttp
import discord
from discord.http import HTTPClient, Route, json_or_text
from yarl import URL

from adapters.discord.components import Payload
from adapters.discord.render import Attachment, Message

# One encoder for all: `json.dumps` would make another each time.
_as_json = json.JSONEncoder(separators=(",", ":")).encode
TIMEOUT = aiohttp.ClientTimeout(total=10)


class Rest(HTTPClient):
    """`api` as `https://discord.com/api/v10`, `gateway` as `wss://gateway.discord.gg`; empty: Discord's own."""

    def __init__(self, api: str = "", gateway: str = "", *, connector: aiohttp.BaseConnector | None = None) -> None:
        self._api = api.rstrip("/") or Route.BASE
        super().__init__(discord.utils.MISSING, connector, proxy=_proxy_for(self._api))
        self._gateway = URL(gateway) if gateway else None
        self._session: aiohttp.ClientSession | None = None

    async def static_login(self, token: str) -> Any:
        """Open the connections and ask who the token is. Raises `discord.LoginFailure` when it is none."""
        data = await super().static_login(token)
        self._session = aiohttp.ClientSession(
            connector=self.connector, connector_owner=False, cookie_jar=aiohttp.DummyCookieJar(), timeout=TIMEOUT,
            headers={"User-Agent": self.user_agent}, proxy=self.proxy,
        )  # fmt: skip
        return data

    async def close(self) -> None:
        """Close every connection."""
        if self._session:
            await self._session.close()
        await super().close()

    async def request(
        self, route: Route, *, files: Sequence[discord.File] | None = None,
        form: Iterable[dict[str, Any]] | None = None, **options: Any,
    ) -> Any:  # fmt: skip
        """A request under discord.py's rate limits, sent to `api`."""
        route.url = self._api + route.url.removeprefix(Route.BASE)
        return await super().request(route, files=files, form=form, **options)

    async def ws_connect(self, url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        """The gateway's socket; a configured gateway stands for every address that Discord names."""
        address = self._gateway.with_query(URL(url).query) if self._gateway else url
        return await super().ws_connect(str(address), compress=compress)

    async def post(self, channel: str, message: Message, **more: object) -> Payload:
        """Write a message into a channel."""
        payload, form = with_files({**message.payload, **more}, message.files)
        body = {"form": form} if form else {"json": payload}
        sent: Payload = await self.request(Route("POST", "/channels/{channel_id}/messages", channel_id=channel), **body)
        return sent

    async def tell(self, user: str, message: Message) -> None:
        """Write to one person in a direct message."""
        channel = await self.request(Route("POST", "/users/@me/channels"), json={"recipient_id": user})
        await self.post(channel["id"], message)

    async def interact(
        self, method: str, path: str, payload: Payload | None = None, files: Sequence[Attachment] = ()
    ) -> None:
        """A request to an interaction's own endpoint. Raises `discord.HTTPException`, or what aiohttp raises."""
        if self._session is None:
            raise discord.ClientException("not logged in")
        body, headers = (None, {}) if payload is None else _encoded(payload, files)
        async with self._session.request(method, self._api + path, data=body, headers=headers) as response:
            if response.status >= 300:
                raise refused(response, await json_or_text(response))


def refused(response: aiohttp.ClientResponse, said: Any) -> discord.HTTPException:
    """What discord.py raises for such a response."""
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    server = discord.DiscordServerError if response.status >= 500 else discord.HTTPException
    return kinds.get(response.status, server)(response, said)


def _encoded(payload: Payload, files: Sequence[Attachment]) -> tuple[str | aiohttp.FormData, dict[str, str]]:
    whole, form = with_files(payload, files)
    if not form:
        return _as_json(whole), {"Content-Type": "application/json"}
    data = aiohttp.FormData(quote_fields=False)
    for part in form:
        data.add_field(**part)
    return data, {}


def with_files(payload: Payload, files: Sequence[Attachment]) -> tuple[Payload, list[dict[str, Any]]]:
    """The payload that names its files, and the form that carries both; no form without files."""
    if not files:
        return payload, []
    named = [{"id": str(number), "filename": file.name} | _alt(file) for number, file in enumerate(files)]
    inner = payload.get("data", payload)
    listed = {**inner, "attachments": named}
    whole = {**payload, "data": listed} if "data" in payload else listed
    parts = [
        {"name": f"files[{number}]", "value": file.content, "filename": file.name,
         "content_type": "application/octet-stream"}
        for number, file in enumerate(files)
    ]  # fmt: skip
    text = _as_json(whole)
    return whole, [{"name": "payload_json", "value": text, "content_type": "application/json"}, *parts]


def _alt(file: Attachment) -> Payload:
    return {"description": file.alt} if file.alt else {}


def _proxy_for(address: str) -> str | None:
    """The environment's proxy for an address; discord.py looks for none by itself."""
    url = URL(address)
    return None if proxy_bypass(url.host or "") else getproxies().get(url.scheme)
