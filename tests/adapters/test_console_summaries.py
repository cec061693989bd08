"""Weekly summaries in a terminal: printed between the lines, once, and only what belongs to this team."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import timedelta

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.console import terminal
from adapters.console.poster import ConsolePoster
from adapters.console.render import Renderer
from adapters.console.session import Session
from adapters.wiring import deliveries
from bot.delivery.deliveries import Deliveries
from bot.delivery.poster import RetryLaterError
from bot.events import Place, User
from bot.i18n.speech import Speech
from bot.reply import Reply
from bot.router import Router
from tests.support import Clock

RENDERER = Renderer(Speech("en"))


@pytest.fixture
def session(bot: Router) -> Session:
    return Session(bot, User("me", is_manager=True), Place("console:t", "console", "console"))


def sender(session: Session, clock: Clock) -> Deliveries:
    made = deliveries(session.router.services, {"console": ConsolePoster(session.place.workspace, RENDERER)})
    made.sending.clock = lambda _session: clock()
    return made


async def test_a_summary_that_is_due_is_printed_once_with_its_details(
    session: Session, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    await session.answer("/client flag acme mala-paga inv 104")
    await session.answer("/client summary weekly monday 09:00")
    clock.now += timedelta(days=5, hours=15)
    for _ in range(2):
        await sender(session, clock).once()
    out = capsys.readouterr().out
    assert out.count("The week from 23 November 2026 to 30 November 2026") == 1
    assert out.count("The week in detail") == 1
    assert "only you can see this" not in out
    answered = await session.answer("/client summary status")
    assert answered is not None
    assert "The last one, of 30 November 2026, was posted." in RENDERER.render(answered[0], is_private=True)


async def test_another_teams_summary_is_left_to_their_chat(
    session: Session, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    await session.answer("/client summary weekly monday 09:00")
    clock.now += timedelta(days=5, hours=15)
    other = Session(session.router, session.user, Place("console:other", "console", "console"))
    await sender(other, clock).once()
    assert capsys.readouterr().out == ""
    clock.advance(minutes=2)
    await sender(session, clock).once()
    assert "The week from" in capsys.readouterr().out


async def test_a_notice_is_printed_as_private(capsys: pytest.CaptureFixture[str]) -> None:
    poster = ConsolePoster("console:t", RENDERER)
    await poster.tell("console:t", "me", Reply("No."))
    assert capsys.readouterr().out == "No.\n(only you can see this)\n\n"
    assert await poster.find(Place("console:t"), "m") is None
    with pytest.raises(RetryLaterError):
        await poster.tell("console:other", "me", Reply("No."))


async def test_what_runs_beside_a_conversation_ends_with_it(session: Session) -> None:
    ended = asyncio.Event()

    async def beside() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("\x04")
        await terminal.converse(session, RENDERER, beside())
    assert ended.is_set()


def test_a_start_loads_nothing_that_draws() -> None:
    code = "import sys, adapters.cli, bot.features.registry; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
