"""`chao serve`: every platform whose tokens are set, in one event loop; one that fails takes no other down."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any, Protocol

import stamina
import structlog
from stamina.instrumentation import RetryDetails, set_on_retry_hooks
from starlette.routing import BaseRoute

from adapters.failure import CommandFailedError
from adapters.housekeeping import housekeeping
from adapters.http.metrics import Metrics, Now
from adapters.http.server import DEFAULT_PORT, HttpServer, Probes, http_app
from adapters.start import loading
from adapters.wiring import deliveries, running_router
from bot.crashes import logged
from bot.delivery.poster import Poster
from bot.delivery.sending import Sending
from bot.features.registry import actions, commands
from bot.knowledge.schema import Language
from bot.retention import Retention
from bot.router import Router, Services
from bot.settings import Settings
from bot.storage.database import StorageError, is_alive

log = structlog.get_logger(__name__)


class Platform(Protocol):
    """What runs until it is cancelled."""

    @property
    def name(self) -> str:
        """As people write it."""

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Its part of the HTTP server."""

    @property
    def is_ready(self) -> bool:
        """Whether people reach the bot there."""

    @property
    def poster(self) -> Poster:
        """What posts weekly summaries there."""

    async def run(self) -> None:
        """Serve. Raises `CommandFailedError` for what only the operator can mend."""


async def serve(settings: Settings, language: Language) -> int:
    """Run until SIGTERM or SIGINT; who is told to stop while starting stops too."""
    stopped = _on_signals()
    set_on_retry_hooks([_retried])
    metrics = Metrics(frozenset(commands()) | frozenset(actions()))
    async with AsyncExitStack() as stack:
        router = await stack.enter_async_context(running_router(settings, language, metrics.watch))
        platforms = await _platforms(router, settings, stack)
        sender = deliveries(router.services, {platform.name: platform.poster for platform in platforms})
        probes = Probes(
            lambda: _readiness(router.services, platforms),
            lambda: _measured(metrics, router.services, platforms, sender.sending),
        )
        server = _server(settings, platforms, probes)
        await stack.enter_async_context(housekeeping(router.services, Retention.of(settings)))
        await _run(platforms, server, sender.run(), stopped)
    return 0


async def _platforms(router: Router, settings: Settings, stack: AsyncExitStack) -> list[Platform]:
    """The platforms whose tokens are set; why the others are not served is said."""
    found: list[Platform] = []
    refusals: list[CommandFailedError] = []
    for name, is_wanted, opened in _KNOWN:
        if not is_wanted(settings):
            _say(f"not {name}: no token is set")
            continue
        try:
            with loading():
                found.append(await stack.enter_async_context(opened(router, settings)))
        except CommandFailedError as error:
            refusals.append(error)
    if not found:
        raise refusals[0] if refusals else CommandFailedError(NO_TOKENS)
    for refusal in refusals:
        _say(str(refusal))
    _say(f"serving {', '.join(platform.name for platform in found)}")
    return found


def _server(settings: Settings, platforms: Sequence[Platform], probes: Probes) -> HttpServer | None:
    """The HTTP server, when a platform needs one or its port is set."""
    routes = [route for platform in platforms for route in platform.routes]
    if not routes and settings.http_port is None:
        return None
    port = DEFAULT_PORT if settings.http_port is None else settings.http_port
    server = HttpServer(http_app(probes, routes), settings.http_host, port)
    _say(f"listening on http://{settings.http_host}:{server.port}")
    return server


async def _run(
    platforms: Sequence[Platform],
    server: HttpServer | None,
    sending: Coroutine[Any, Any, None],
    stopped: asyncio.Event,
) -> None:
    """Until a signal, or until no platform can be served any more; then everything finishes at the same time."""
    serving: list[asyncio.Task[object]] = [
        asyncio.create_task(stopped.wait()),
        asyncio.create_task(_served(platforms)),
        *([asyncio.create_task(server.run())] if server else []),
    ]
    delivering = asyncio.create_task(sending)
    done, _ = await asyncio.wait(serving, return_when=asyncio.FIRST_COMPLETED)
    if server:
        server.stop()
    for task in (*serving[:2], delivering):
        task.cancel()
    await asyncio.gather(*serving, delivering, return_exceptions=True)
    for task in done:
        task.result()


async def _served(platforms: Sequence[Platform]) -> None:
    """Serve all that can be served; raises what ended the last of them."""
    left = {platform.name for platform in platforms}
    outcomes = await asyncio.gather(*(_kept_up(platform, left) for platform in platforms), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome


async def _kept_up(platform: Platform, left: set[str]) -> None:
    """A platform that fails is reported and tried again; what only the operator can mend stops it, not the others."""
    async for attempt in stamina.retry_context(on=_may_pass, attempts=None, timeout=None, wait_max=60):
        with attempt:
            try:
                await platform.run()
            except CommandFailedError as error:
                left.discard(platform.name)
                if not left:
                    raise
                _say(f"{platform.name} can't be served: {error}")
            except Exception as error:
                logged(error, platform.name)
                raise


def _retried(details: RetryDetails) -> None:
    """Stamina's own log line would quote the error and what was sent."""
    log.warning("again", error=type(details.caused_by).__name__, number=details.retry_num, seconds=details.wait_for)


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, Exception) and not isinstance(error, CommandFailedError)


def _on_signals() -> asyncio.Event:
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped


async def _readiness(services: Services, platforms: Sequence[Platform]) -> dict[str, bool]:
    return {"database": await is_alive(services.database), **_ready(platforms)}


async def _measured(metrics: Metrics, services: Services, platforms: Sequence[Platform], sending: Sending) -> bytes:
    try:
        waited = await sending.waited()
    except StorageError:
        waited = None
    return metrics.text(Now(_ready(platforms), services.knowledge.current().version, sending.counts, waited))


def _ready(platforms: Sequence[Platform]) -> dict[str, bool]:
    return {platform.name: platform.is_ready for platform in platforms}


def _say(line: str) -> None:
    sys.stderr.write(f"chao: {line}\n")
    sys.stderr.flush()


def _wants_slack(settings: Settings) -> bool:
    return any(settings.secret(name) for name in ("slack_bot_token", "slack_signing_secret", "slack_client_id"))


def _open_slack(router: Router, settings: Settings) -> AbstractAsyncContextManager[Platform]:
    # Imported late: whoever serves another platform need not load this one.
    from adapters.slack.platform import slack_platform

    return slack_platform(router, settings)


def _wants_discord(settings: Settings) -> bool:
    return bool(settings.secret("discord_token"))


def _open_discord(router: Router, settings: Settings) -> AbstractAsyncContextManager[Platform]:
    # Imported late, as above.
    from adapters.discord.platform import discord_platform

    return discord_platform(router, settings)


Opened = Callable[[Router, Settings], AbstractAsyncContextManager[Platform]]
_KNOWN: tuple[tuple[str, Callable[[Settings], bool], Opened], ...] = (
    ("Slack", _wants_slack, _open_slack),
    ("Discord", _wants_discord, _open_discord),
)
NO_TOKENS = (
    "no platform can be served: set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, or DISCORD_TOKEN; "
    "`chao chat` needs no token"
)
