"""Slack over Socket Mode: connections that the bot opens itself, kept open and renewed as Slack asks."""

from __future__ import annotations

import asyncio

import stamina
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.failure import CommandFailedError
from adapters.slack.logs import quiet_logger

CONNECTIONS = 2
_HOPELESS = (
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "not_allowed_token_type",
    "missing_scope",
)
_MAKE_ONE = "make one with the scope connections:write under “Basic Information”, App-Level Tokens"
log = structlog.get_logger(__name__)


class Socket:
    """Several connections (https://docs.slack.dev/apis/events-api/using-socket-mode), so that one may be renewed."""

    def __init__(self, app: AsyncApp, token: str, client: AsyncWebClient) -> None:
        self._handlers = [
            AsyncSocketModeHandler(app, token, logger=quiet_logger(), web_client=client) for _ in range(CONNECTIONS)
        ]

    @property
    def is_connected(self) -> bool:
        """Whether one connection is open at least."""
        return any(handler.client.current_session is not None for handler in self._handlers)

    async def run(self) -> None:
        """Stay connected until cancelled. Raises `CommandFailedError` for a token that Slack refuses."""
        try:
            for handler in self._handlers:
                await self._connect(handler)
            await asyncio.Event().wait()
        finally:
            for handler in self._handlers:
                await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped

    async def _connect(self, handler: AsyncSocketModeHandler) -> None:
        async for attempt in stamina.retry_context(on=_may_pass, attempts=None, timeout=None, wait_max=30):
            with attempt:
                try:
                    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
                except SlackApiError as error:
                    if (code := str(error.response.get("error", ""))) in _HOPELESS:
                        msg = f"Slack refused SLACK_APP_TOKEN ({code}): {_MAKE_ONE}"
                        raise CommandFailedError(msg) from error
                    raise


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, Exception) and not isinstance(error, CommandFailedError)
