"""Slack's Web API for one token: what failed and how, obedience to 429, and repeats where they do no harm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable
from functools import partial
from typing import Any

import aiohttp
import stamina
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.logs import quiet_logger

Call = Callable[[], Awaitable[dict[str, Any]]]
ATTEMPTS = 5
PATIENCE = 120.0
_INSTANT = 0.01


class SlackError(Exception):
    """A call that did not succeed; `code` is Slack's own word for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RefusedError(SlackError):
    """Slack said no: nothing happened, and the same call will be refused again."""


class RateLimitedError(SlackError):
    """Too many calls: nothing happened; again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


class UnreachableError(SlackError):
    """No connection was made: nothing happened."""


class UnclearError(SlackError):
    """No answer, or a broken one: it may have happened."""


class LostError(SlackError):
    """It may have happened, and there is no way to know: it is not tried again."""


class SlackApi:
    """Calls one workspace's Web API; errors are `SlackError`s. A method that Slack limits is left alone meanwhile."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._free_at: dict[str, float] = {}

    async def call(self, method: str, params: dict[str, Any], *, is_safe: bool = False) -> dict[str, Any]:
        """Call a method, again after a 429 or when nothing was sent; if it `is_safe` to repeat, after any fault."""
        try:
            return await self.once(method, params)
        except SlackError as error:
            failed = error
        return await self._repeated(partial(self.once, method, params), failed, is_safe=is_safe)

    async def _repeated(self, call: Call, failed: SlackError, *, is_safe: bool) -> dict[str, Any]:
        """Go on after a first failure, which counts: to begin with stamina costs half of what a call does."""
        async for attempt in attempts(is_safe=is_safe):
            with attempt:
                if attempt.num == 1:
                    raise failed
                return await call()
        raise AssertionError("stamina returns or raises")

    async def once(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Call a method a single time; not at all while Slack has limited it."""
        now = asyncio.get_running_loop().time()
        if (wait := self._free_at.get(method, 0.0) - now) > _INSTANT:
            raise RateLimitedError(wait)
        try:
            response = await self._send(method, params)
        except SlackApiError as error:
            meaning = _meaning(error)
            if isinstance(meaning, RateLimitedError):
                self._free_at[method] = now + meaning.seconds
            raise meaning from error
        except aiohttp.ClientConnectorError as error:
            raise UnreachableError("unreachable") from error
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            raise UnclearError("unclear") from error
        return response.data if isinstance(response.data, dict) else {}

    async def _send(self, method: str, params: dict[str, Any]) -> AsyncSlackResponse:
        if method in _READING:
            return await self._client.api_call(method, http_verb="GET", params=params)
        return await self._client.api_call(method, json=params)


# The methods that read take no JSON (https://docs.slack.dev/reference/methods).
_READING = ("users.info", "conversations.info", "conversations.history", "conversations.replies", "chat.getPermalink",
    "files.getUploadURLExternal")  # fmt: skip


def web_client(base_url: str, session: aiohttp.ClientSession, token: str | None = None) -> AsyncWebClient:
    """The SDK's client without its own retries, which would repeat what may have happened."""
    return AsyncWebClient(token, base_url=base_url, session=session, retry_handlers=[], logger=quiet_logger())


def attempts(*, is_safe: bool) -> AsyncIterable[stamina.Attempt]:
    """A few attempts at a call that may be repeated; if it `is_safe`, after any fault."""
    return stamina.retry_context(
        on=lambda error: _again(error, is_safe=is_safe), attempts=ATTEMPTS, timeout=PATIENCE, wait_initial=0.3
    )


def _again(error: BaseException, *, is_safe: bool) -> bool | float:
    """Whether a call may be repeated, and after how many seconds when Slack says so."""
    if isinstance(error, RateLimitedError):
        return error.seconds
    return isinstance(error, UnreachableError) or (is_safe and isinstance(error, UnclearError))


def _meaning(error: SlackApiError) -> SlackError:
    response = error.response
    status = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return RateLimitedError(_seconds(response.headers.get("Retry-After", "")))
    is_broken = status >= 500 or not code or code in ("internal_error", "fatal_error", "service_unavailable")
    return UnclearError(code or f"http_{status}") if is_broken else RefusedError(code)


def _seconds(header: str) -> float:
    """Slack's `Retry-After`; a second when it gives none that can be read."""
    return float(header) if header.isdecimal() else 1.0
