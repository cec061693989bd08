"""Bolt's app: which payload goes to which handler. Bolt matches; handlers never see it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.response import BoltResponse

from adapters.slack import parse
from adapters.slack.home import Home
from adapters.slack.installations import Authorize
from adapters.slack.interactions import Interactions
from adapters.slack.lifecycle import Lifecycle
from adapters.slack.logs import quiet_logger
from adapters.slack.messages import Messages
from adapters.slack.modals import Modals
from adapters.slack.office import Office
from adapters.slack.render import Json
from bot.crashes import logged
from bot.errors import TooSoonError
from bot.storage.database import StorageError

Ack = Callable[..., Awaitable[Any]]
Handler = Callable[[parse.Payload, str | None], Awaitable[None]]


@dataclass(frozen=True)
class Entry:
    """Whose token serves a payload, and installs by OAuth. Signatures are checked before a payload gets here."""

    authorize: Authorize
    oauth: AsyncOAuthFlow | None = None


def slack_app(entry: Entry, office: Office, lifecycle: Lifecycle) -> AsyncApp:
    """The app with every handler but that of commands (`Slash`); it runs handlers before it responds, because what a
    window answers rides in the acknowledgement.
    """
    app = AsyncApp(
        logger=quiet_logger(),
        name="chao",
        authorize=cast("Callable[..., Awaitable[AuthorizeResult]]", entry.authorize),
        oauth_flow=entry.oauth,
        process_before_response=True,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    _events(app, office, lifecycle)
    _interactions(app, Interactions(office), Modals(office))
    _failures(app)
    return app


def _events(app: AsyncApp, office: Office, lifecycle: Lifecycle) -> None:
    messages, home = Messages(office), Home(office)
    handlers: dict[str, Handler] = {
        "app_mention": messages.mention,
        "message": messages.direct,
        "app_home_opened": home.opened,
        "assistant_thread_started": messages.opened,
        "assistant_thread_context_changed": _nothing,
        "app_uninstalled": lambda body, _token: lifecycle.uninstalled(body),
        "team_access_granted": lambda body, _token: lifecycle.access_granted(body),
        "team_access_revoked": lambda body, _token: lifecycle.access_revoked(body),
        "tokens_revoked": lambda body, _token: lifecycle.revoked(body),
    }
    for name, handler in handlers.items():
        app.event(name)(_listener(handler))


def _interactions(app: AsyncApp, interactions: Interactions, modals: Modals) -> None:
    anything = re.compile(".*", re.DOTALL)
    app.action(anything)(_listener(interactions.pressed))
    app.shortcut(anything)(_listener(interactions.shortcut))

    @app.view(anything)
    async def view(ack: Ack, body: Json, context: AsyncBoltContext) -> None:
        await ack(**await modals.submitted(body, context.bot_token))

    @app.options(anything)
    async def options(ack: Ack, body: Json, context: AsyncBoltContext) -> None:
        await ack(**await modals.suggested(body, context.bot_token))


def _failures(app: AsyncApp) -> None:
    """What nobody handles is 404; what a handler breaks on is logged by its place, and not asked for again."""

    @app.error
    async def failed(error: Exception, body: Json) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            event = body.get("event")
            kind = (event.get("type") if isinstance(event, dict) else None) or body.get("type") or body.get("command")
            structlog.get_logger(__name__).warning("not_handled", kind=str(kind)[:80])
            return BoltResponse(status=404, body={"error": "unhandled request"})
        if isinstance(error, TooSoonError):
            return BoltResponse(status=503, body="")  # whether it was answered shows when Slack sends it again
        logged(error, "slack")
        if isinstance(error, StorageError):
            return BoltResponse(status=500, body="")  # nothing was stored: Slack sends an event again
        return BoltResponse(status=200 if body.get("type") == "event_callback" else 400, body="")


def _listener(handler: Handler) -> Callable[..., Awaitable[None]]:
    async def listener(ack: Ack, body: Json, context: AsyncBoltContext) -> None:
        await handler(body, context.bot_token)
        await ack()

    return listener


async def _nothing(_body: parse.Payload, _token: str | None) -> None:
    """The assistant's pane moved to another channel: what a thread is about does not change."""
