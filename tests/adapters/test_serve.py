"""`chao serve` in this process: how it starts, what ends it, and that one platform takes no other down."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from adapters import serve as serving
from adapters.discord import platform as discord
from adapters.failure import CommandFailedError
from adapters.http import server as http
from adapters.serve import serve
from adapters.slack import platform as slack
from adapters.slack import socket as slack_socket
from bot.delivery import deliveries
from bot.router import Router
from bot.settings import Settings


@dataclass
class Stage:
    """A platform that does what the test says; `fails` are the ends of its runs, in order.

    Once `after` has run it is opened; unless it `opens`, it says then that it can't be.
    """

    name: str
    fails: list[Exception] = field(default_factory=list)
    runs: int = 0
    routes: tuple[BaseRoute, ...] = ()
    is_ready: bool = True
    poster: None = None
    is_running: asyncio.Event = field(default_factory=asyncio.Event)
    was_run: asyncio.Event = field(default_factory=asyncio.Event)
    after: Stage | None = None
    opens: bool = False

    async def run(self) -> None:
        """Fail as planned, then serve."""
        self.runs += 1
        self.was_run.set()
        if self.fails:
            raise self.fails.pop(0)
        self.is_running.set()
        await asyncio.Event().wait()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Settings of a bot on a file of its own."""
    monkeypatch.chdir(tmp_path)

    def made(**values: str) -> Settings:
        return Settings.model_validate({"DATABASE_URL": f"sqlite:///{tmp_path / 'chao.db'}", **values})

    return made


@pytest.fixture
def signals() -> Iterator[list[int]]:
    """What reaches this process when nobody else has asked for signals."""
    caught: list[int] = []
    before = {number: signal.signal(number, lambda got, _: caught.append(got)) for number in (2, 15)}
    yield caught
    for number, handler in before.items():
        signal.signal(number, handler)


def staged(monkeypatch: pytest.MonkeyPatch, *platforms: Stage) -> None:
    """Serve these instead of the real ones."""

    def opened(platform: Stage) -> Callable[[Router, Settings], object]:
        @asynccontextmanager
        async def opening(_router: Router, _settings: Settings) -> AsyncIterator[Stage]:
            if platform.after:
                await platform.after.was_run.wait()
            if platform.after and not platform.opens:
                msg = f"{platform.name} can't be opened"
                raise CommandFailedError(msg)
            yield platform

        return opening

    known = tuple((platform.name, lambda _settings: True, opened(platform)) for platform in platforms)
    monkeypatch.setattr(serving, "_KNOWN", known)


async def said_until(platform: Stage, settings: Settings, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of a process that is told to stop once a platform runs."""
    running = asyncio.create_task(serve(settings, "en"))
    await asyncio.wait_for(platform.is_running.wait(), 10)
    os.kill(os.getpid(), signal.SIGTERM)
    assert await running == 0
    return capsys.readouterr().err.splitlines()


def test_who_is_told_to_stop_while_starting_stops(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, signals: list[int]
) -> None:
    staged(monkeypatch, Stage("one"))

    class Teller:
        """Sends SIGTERM at the first line."""

        def write(self, _text: str) -> None:
            os.kill(os.getpid(), signal.SIGTERM)

        def flush(self) -> None:
            """Nothing is kept."""

    monkeypatch.setattr(sys, "stderr", Teller())
    assert asyncio.run(asyncio.wait_for(serve(settings(), "en"), 10)) == 0
    assert signals == []


async def test_a_taken_port_is_said_in_one_line(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    staged(monkeypatch, Stage("one"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with pytest.raises(CommandFailedError, match=f"can't listen on 127.0.0.1:{port} .*CHAO_HTTP_PORT"):
            await serve(settings(CHAO_HTTP_PORT=port), "en")


async def test_an_address_of_ipv6_is_said_as_browsers_take_it(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Stage("one")
    staged(monkeypatch, one)
    said = await said_until(one, settings(CHAO_HTTP_HOST="::1", CHAO_HTTP_PORT="0"), capsys)
    assert re.fullmatch(r"chao: listening on http://\[::1\]:\d+", said[-1])


async def test_a_platform_that_is_refused_takes_no_other_down(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = Stage("one", [CommandFailedError("ONE_TOKEN is refused")]), Stage("two")
    staged(monkeypatch, one, two)
    assert await said_until(two, settings(), capsys) == [
        "chao: serving one, two",
        "chao: one can't be served: ONE_TOKEN is refused",
    ]


async def test_what_was_refused_while_another_was_opened_is_not_said_to_be_served(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Stage("one", [CommandFailedError("ONE_TOKEN is refused")])
    two = Stage("two", after=one, opens=True)
    staged(monkeypatch, one, two)
    assert await said_until(two, settings(), capsys) == [
        "chao: one can't be served: ONE_TOKEN is refused",
        "chao: serving two",
    ]


async def test_the_last_platform_that_is_refused_ends_it(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (Stage(name, [CommandFailedError(f"{name} is refused")]) for name in ("one", "two"))
    staged(monkeypatch, one, two)
    with pytest.raises(CommandFailedError, match="two is refused"):
        await serve(settings(), "en")


async def test_one_serves_while_another_is_opened_and_after_that_one_is_refused(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Stage("one")
    staged(monkeypatch, one, Stage("two", after=one))
    assert await said_until(one, settings(), capsys) == ["chao: two can't be opened", "chao: serving one"]


async def test_one_that_can_not_be_opened_ends_it_when_no_other_is_left(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Stage("one", [CommandFailedError("one is refused")])
    staged(monkeypatch, one, Stage("two", after=one))
    with pytest.raises(CommandFailedError, match="two can't be opened"):
        await serve(settings(), "en")


async def test_a_platform_that_breaks_is_run_again_and_its_break_logged(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Stage("one", [ValueError("a name")])
    staged(monkeypatch, one)
    running = asyncio.create_task(serve(settings(), "en"))
    await asyncio.wait_for(one.is_running.wait(), 10)
    os.kill(os.getpid(), signal.SIGTERM)
    assert (await running, one.runs) == (0, 2)
    assert "a name" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("end", [None, LookupError("a name")])
async def test_a_process_that_sends_no_summaries_any_more_ends_with_an_error(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, end: Exception | None
) -> None:
    async def ends(_self: deliveries.Deliveries) -> None:
        if end:
            raise end

    monkeypatch.setattr(deliveries.Deliveries, "run", ends)
    one = Stage("one")
    staged(monkeypatch, one)
    with pytest.raises(CommandFailedError, match="weekly summaries") as error:
        await asyncio.wait_for(serve(settings(), "en"), 10)
    assert "a name" not in str(error.value)


async def test_a_request_that_never_ends_does_not_keep_a_stop_waiting(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    came = asyncio.Event()

    async def endless(_request: Request) -> Response:
        came.set()
        await asyncio.Event().wait()
        return Response()

    one = Stage("one", routes=(Route("/endless", endless),))
    staged(monkeypatch, one)
    monkeypatch.setattr(http, "STOP_SECONDS", 0)
    running = asyncio.create_task(serve(settings(CHAO_HTTP_PORT="0"), "en"))
    await asyncio.wait_for(one.is_running.wait(), 10)
    url = capsys.readouterr().err.split("listening on ")[1].strip()
    async with aiohttp.ClientSession() as client:
        async with client.get(f"{url}/metrics") as answer:
            assert "chao_queue_age_seconds 0.0" in await answer.text()
        asking = asyncio.create_task(client.get(f"{url}/endless"))
        await asyncio.wait_for(came.wait(), 10)
        os.kill(os.getpid(), signal.SIGTERM)
        assert await asyncio.wait_for(running, 10) == 0
        await asyncio.gather(asking, return_exceptions=True)


def test_all_that_a_stop_waits_for_fits_in_ten_seconds() -> None:
    closing = slack_socket._CLOSING.ws_close
    together = (
        http.STOP_SECONDS,
        deliveries.GRACE_SECONDS,
        discord.GRACE,
        slack_socket.FINISH_SECONDS + (closing or 0),
    )
    # Slack counts from the moment at which the stop began, as all of these do.
    assert max(*together, slack.FINISH_SECONDS) < 9
