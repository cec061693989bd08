"""Slack over HTTP: the signature is checked before anything is read, then the payload is handed on.

A slash command goes to its handler without Bolt's middleware and Starlette's requests, which would double the time to
its answer (`make bench`).
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping
from functools import partial
from urllib.parse import unquote

import orjson
import structlog
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler, to_async_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from adapters.slack.render import Json
from adapters.slack.slash import Slash
from bot.crashes import logged
from bot.reply import plain_text

MOST_BYTES = 1_000_000
OLD_SECONDS = 300
_JSON = (b"content-type", b"application/json")
log = structlog.get_logger(__name__)


class Endpoint:
    """`POST /slack/events` and the pages of an install (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""

    def __init__(self, app: AsyncApp, slash: Slash, signing_secret: str) -> None:
        self._app, self._slash = app, slash
        self._signing = hmac.new(signing_secret.encode(), digestmod="sha256") if signing_secret else None
        self._pages = AsyncSlackRequestHandler(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Events, commands and interactivity; 401 for a signature that is wrong or older than five minutes."""
        body = await _body(receive)
        if body is not None and _is_command(body) and self._is_signed(body, scope):
            await self._slash.answer(_form(body), partial(_acknowledge, send))
        else:
            await (await self._other(body, Request(scope, receive)))(scope, receive, send)

    async def _other(self, body: bytes | None, request: Request) -> Response:
        if body is None:
            return Response("too large", 413)
        if not self._is_signed(body, request.scope):
            log.warning("signature_refused", bytes=len(body))
            return Response("invalid signature", 401)
        try:
            return _response(await self._app.async_dispatch(to_async_bolt_request(request, body)))
        except Exception as error:  # noqa: BLE001 - Bolt breaks on what is not JSON, or of a form that Slack never sends
            logged(error, "payload")
            return Response("not understood", 400)

    async def oauth(self, request: Request) -> Response:
        """The install page and where Slack sends people back."""
        try:
            return await self._pages.handle(request)
        except Exception as error:  # noqa: BLE001 - who installs gets a reference, not a blank page
            return Response(plain_text(self._slash.broken(error, "install")), 500)

    def _is_signed(self, body: bytes, scope: Scope) -> bool:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        at, given = headers.get(b"x-slack-request-timestamp", b""), headers.get(b"x-slack-signature", b"")
        if not (self._signing and at.isdigit() and abs(time.time() - int(at[:12])) <= OLD_SECONDS):
            return False
        made = self._signing.copy()
        made.update(b"v0:%b:%b" % (at, body))
        return hmac.compare_digest(b"v0=" + made.hexdigest().encode(), given)


def _is_command(body: bytes) -> bool:
    """Whether a form is a slash command; events are JSON, interactions are a form with one field."""
    is_form = body[:1] != b"{" and not body.startswith(b"payload=")
    return is_form and (b"&command=" in body or body.startswith(b"command="))


def _form(body: bytes) -> Mapping[str, str]:
    """The fields of a slash command, whose names are plain words: as `parse_qsl` reads them, in a third of the time."""
    fields = (field.partition("=") for field in body.decode(errors="replace").replace("+", " ").split("&"))
    return {name: unquote(value) if "%" in value else value for name, _, value in fields}


async def _body(receive: Receive) -> bytes | None:
    """What was sent; None where it is more than Slack ever sends, or its sender went away meanwhile."""
    body, is_more = b"", True
    while is_more:
        part = await receive()
        body += part.get("body", b"")
        if len(body) > MOST_BYTES:
            log.warning("body_refused", bytes=len(body))
            return None
        if part["type"] == "http.disconnect":
            return None
        is_more = part.get("more_body", False)
    return body


async def _acknowledge(send: Send, answer: Json) -> None:
    body = orjson.dumps(answer) if answer else b""
    headers = [(b"content-length", b"%d" % len(body)), _JSON]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _response(answer: BoltResponse) -> Response:
    return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())
