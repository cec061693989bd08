"""The HTTP server of `chao serve`: what containers and load balancers ask, and a platform's own routes."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.failure import CommandFailedError
from adapters.http.packets import GatheringProtocol

DEFAULT_PORT = 3000
# As long as what Slack was told of has to be finished: a command that takes longer than Slack waits is answered here.
STOP_SECONDS = 8


@dataclass(frozen=True)
class Probes:
    """What the process tells of itself."""

    readiness: Callable[[], Awaitable[dict[str, bool]]]
    metrics: Callable[[], Awaitable[bytes]]


class Doors:
    """Starlette's router, past which goes what is posted to the platforms' own applications."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._router = Router(routes=routes)
        posted = (route for route in routes if isinstance(route, Route) and route.methods == {"POST"})
        self._posted = {route.path: route.app for route in posted}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A fault is answered with 500 by uvicorn, as it would be by Starlette's own middleware."""
        own = self._posted.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "POST" else None
        await (own or self._router)(scope, receive, send)


def http_app(probes: Probes, routes: Sequence[BaseRoute]) -> ASGIApp:
    """`/healthz` (the process), `/readyz` (database and platforms), `/metrics`, and the platforms' routes."""

    async def healthy(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        parts = await probes.readiness()
        return JSONResponse(parts, 200 if all(parts.values()) else 503)

    async def metrics(_request: Request) -> Response:
        return Response(await probes.metrics(), media_type="text/plain; version=0.0.4")

    own = [Route("/healthz", healthy), Route("/readyz", ready), Route("/metrics", metrics)]
    return Doors([*routes, *own])


class HttpServer:
    """uvicorn on a socket that is bound at once, so that a taken port is said in one line."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._socket = _bound(host, port)
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", server_header=False, date_header=False,
            proxy_headers=False, http=GatheringProtocol,
            timeout_graceful_shutdown=STOP_SECONDS,
        )  # fmt: skip
        self._server = _Server(config)

    async def run(self) -> None:
        """Serve until `stop`."""
        await self._server.serve(sockets=[self._socket])

    def stop(self) -> None:
        """Take no more connections and finish what was accepted."""
        self._server.should_exit = True


class _Server(uvicorn.Server):
    """Signals belong to the whole process, not to its HTTP part."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        msg = f"can't listen on {host}:{port} ({error.strerror}): set CHAO_HTTP_HOST and CHAO_HTTP_PORT"
        raise CommandFailedError(msg) from error
    made.listen(2048)
    return made
