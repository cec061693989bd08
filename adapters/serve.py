"""`chao serve`: every platform whose tokens are set, in one event loop, each from the moment that it is opened."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from adapters.failure import CommandFailedError
from adapters.housekeeping import housekeeping
from adapters.http.metrics import Metrics, Now
from adapters.running import Platform, Running, log_retries, say
from adapters.start import loading
from adapters.wiring import deliveries, running_router
from bot.crashes import logged
from bot.features.registry import actions, commands
from bot.knowledge.schema import Language
from bot.retention import Retention
from bot.router import Router, Services
from bot.settings import Settings
from bot.storage.database import StorageError, is_alive

if TYPE_CHECKING:
    # Imported where it is opened: whoever serves Discord alone needs no HTTP server.
    from adapters.http.server import HttpServer
    from bot.delivery.sending import Sending


async def serve(settings: Settings, language: Language) -> int:
    """Run until SIGTERM or SIGINT; who is told to stop while starting stops too."""
    stopped = _on_signals()
    log_retries()
    metrics = Metrics(frozenset(commands()) | frozenset(actions()))
    async with AsyncExitStack() as stack:
        router = await stack.enter_async_context(running_router(settings, language, metrics.watch))
        async with Running(sum(is_wanted(settings) for _, is_wanted, _ in _KNOWN)) as running:
            platforms = await _started(router, settings, stack, running)
            sender = deliveries(router.services, {platform.name: platform.poster for platform in platforms})
            measured = partial(_measured, metrics, router.services, platforms, sender.sending)
            server = _server(settings, router.services, platforms, measured)
            await stack.enter_async_context(housekeeping(router.services, Retention.of(settings)))
            await _run(running, server, sender.run(), stopped)
    return 0


async def _started(router: Router, settings: Settings, stack: AsyncExitStack, running: Running) -> list[Platform]:
    """The platforms whose tokens are set, each running while the next one is opened; why others are not is said."""
    found: list[Platform] = []
    refusals: list[CommandFailedError] = []
    for name, is_wanted, opened in _KNOWN:
        if not is_wanted(settings):
            say(f"not {name}: no token is set")
            continue
        try:
            with loading():
                found.append(await stack.enter_async_context(opened(router, settings)))
            running.start(found[-1])
        except CommandFailedError as error:
            refusals.append(error)
    if not found:
        raise refusals[0] if refusals else CommandFailedError(NO_TOKENS)
    for refusal in refusals:
        if running.lose_one():
            raise refusal
        say(str(refusal))
    say(f"serving {', '.join(platform.name for platform in found if platform.name not in running.refused)}")
    return found


def _server(
    settings: Settings, services: Services, platforms: Sequence[Platform], measured: Callable[[], Awaitable[bytes]]
) -> HttpServer | None:
    """The HTTP server, when a platform needs one or its port is set."""
    routes = [route for platform in platforms for route in platform.routes]
    if not routes and settings.http_port is None:
        return None
    from adapters.http.server import DEFAULT_PORT, HttpServer, Probes, http_app

    port = DEFAULT_PORT if settings.http_port is None else settings.http_port
    probes = Probes(partial(_readiness, services, platforms), measured)
    server = HttpServer(http_app(probes, routes), settings.http_host, port)
    host = f"[{settings.http_host}]" if ":" in settings.http_host else settings.http_host
    say(f"listening on http://{host}:{server.port}")
    return server


async def _run(
    running: Running, server: HttpServer | None, sending: Coroutine[Any, Any, None], stopped: asyncio.Event
) -> None:
    """Until a signal, or until no platform can be served any more; then everything finishes at the same time."""
    serving: list[asyncio.Task[object]] = [
        asyncio.create_task(stopped.wait()),
        asyncio.create_task(running.ended()),
        asyncio.create_task(_delivering(sending)),
    ]
    http = [asyncio.create_task(server.run())] if server else []
    done, _ = await asyncio.wait([*serving, *http], return_when=asyncio.FIRST_COMPLETED)
    if server:
        server.stop()
    for task in serving:
        task.cancel()
    await asyncio.gather(*serving, *http, return_exceptions=True)
    for task in done:
        task.result()


async def _delivering(sending: Coroutine[Any, Any, None]) -> None:
    """Until cancelled: nobody would notice a process that looks well and sends no summaries."""
    try:
        await sending
    except Exception as error:
        raise CommandFailedError(f"{NO_SUMMARIES}, reference {logged(error, 'deliveries')}") from error
    raise CommandFailedError(NO_SUMMARIES)


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


@asynccontextmanager
async def _open_slack(router: Router, settings: Settings) -> AsyncIterator[Platform]:
    def loaded() -> Callable[[Router, Settings], AbstractAsyncContextManager[Platform]]:
        # Imported late: whoever serves another platform need not load this one.
        from adapters.slack.platform import slack_platform

        return slack_platform

    # It is the slowest to load, on a thread of its own so that the others serve meanwhile.
    opened = await asyncio.to_thread(loaded)
    async with opened(router, settings) as platform:
        yield platform


def _open_discord(router: Router, settings: Settings) -> AbstractAsyncContextManager[Platform]:
    # Imported late, as above.
    from adapters.discord.platform import discord_platform

    return discord_platform(router, settings)


Opened = Callable[[Router, Settings], AbstractAsyncContextManager[Platform]]
# In the order in which they are opened: Discord is a conversation of many steps before it serves, Slack a long import.
_KNOWN: tuple[tuple[str, Callable[[Settings], bool], Opened], ...] = (
    ("Discord", attrgetter("has_discord"), _open_discord),
    ("Slack", attrgetter("has_slack"), _open_slack),
)
NO_SUMMARIES = "the weekly summaries are sent no more: start Chao again, and report it"
NO_TOKENS = (
    "no platform can be served: set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, or DISCORD_TOKEN; "
    "`chao chat` needs no token"
)
