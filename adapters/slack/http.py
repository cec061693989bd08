"""Slack over HTTP: the signature is checked before anything is read, then Bolt gets the payload."""

from __future__ import annotations

import structlog
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler, to_async_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response

MOST_BYTES = 1_000_000
log = structlog.get_logger(__name__)


class Endpoint:
    """`POST /slack/events` and the pages of an install (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._pages = AsyncSlackRequestHandler(app)

    async def events(self, request: Request) -> Response:
        """Events, commands and interactivity; 401 for a signature that is wrong or older than five minutes."""
        body = await _body(request)
        if body is None:
            return Response("too large", 413)
        if not self._is_signed(body, request):
            log.warning("signature_refused", bytes=len(body))
            return Response("invalid signature", 401)
        try:
            payload = to_async_bolt_request(request, body)
        except (AttributeError, TypeError, ValueError):
            # Bolt finds no JSON in it, or none of a form that Slack sends.
            log.warning("payload_not_understood", bytes=len(body))
            return Response("not understood", 400)
        return _response(await self._app.async_dispatch(payload))

    async def oauth(self, request: Request) -> Response:
        """The install page and where Slack sends people back."""
        return await self._pages.handle(request)

    def _is_signed(self, body: bytes, request: Request) -> bool:
        given = request.headers
        try:
            return self._verifier.is_valid(
                body.decode(), given.get("x-slack-request-timestamp", ""), given.get("x-slack-signature", "")
            )
        except ValueError:
            # The timestamp is no number, or the body is no UTF-8.
            return False


async def _body(request: Request) -> bytes | None:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


def _response(answer: BoltResponse) -> Response:
    return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())
