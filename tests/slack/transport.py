"""Stands in for aiohttp under Slack's own clients."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self

import aiohttp
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from tests.slack.fake import BASE, RESPONSES, UPLOADS, FakeSlack, Json


class _Response:
    """What aiohttp gives back."""

    def __init__(self, status: int, headers: Mapping[str, str], body: Json | str) -> None:
        self.status, self.headers, self._body = status, dict(headers), body
        self.content_type = "application/json" if isinstance(body, dict) else "text/html"

    async def json(self) -> Json:
        """The body of a Web API answer."""
        if isinstance(self._body, str):
            about = aiohttp.RequestInfo(URL(BASE), "POST", CIMultiDictProxy(CIMultiDict()), URL(BASE))
            raise aiohttp.ContentTypeError(about, ())
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
        if url.startswith(UPLOADS):
            return _Response(self._slack.uploaded(bytes(given["data"])), {}, "OK")
        params = given.get("json") or given.get("params") or given.get("data") or {}
        return _Response(*self._slack.answer(url.removeprefix(BASE), dict(params)))
