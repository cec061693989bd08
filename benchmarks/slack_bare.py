"""A bare Bolt app that only acknowledges `/client`, on the same server: what the transport alone costs."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable

import uvloop
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.http.server import HttpServer


def bare(*, is_before: bool) -> Starlette:
    """The app; `is_before`: with `process_before_response`."""
    secret = os.environ["SLACK_SIGNING_SECRET"]
    app = AsyncApp(authorize=_authorized, signing_secret=secret, process_before_response=is_before)
    handler = AsyncSlackRequestHandler(app)

    @app.command("/client")
    async def client_command(ack: Callable[[], Awaitable[object]]) -> None:
        await ack()

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


async def _authorized(**_who: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token=os.environ["SLACK_BOT_TOKEN"])


def main() -> None:
    """Serve until killed; says where, as `chao serve` does."""
    server = HttpServer(bare(is_before="before" in sys.argv), "127.0.0.1", 0)
    sys.stderr.write(f"chao: listening on http://127.0.0.1:{server.port}\n")
    sys.stderr.flush()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(server.run())


if __name__ == "__main__":
    main()
