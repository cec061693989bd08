"""The conversation on a terminal: greeting, completion, history, end of file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.console import terminal
from adapters.console.render import Renderer
from adapters.console.session import Session
from bot.events import Place, User
from bot.i18n.speech import Speech
from bot.router import Router


@pytest.fixture
def session(bot: Router) -> Session:
    return Session(bot, User("me", is_manager=True), Place("console:t", "console", "console"))


async def completions(session: Session, text: str) -> list[str]:
    completer = terminal.CommandCompleter(session)
    assert list(completer.get_completions(Document(text), CompleteEvent())) == []
    return [found.text async for found in completer.get_completions_async(Document(text), CompleteEvent())]


async def test_commands_clients_and_archetypes_are_completed(session: Session) -> None:
    await session.answer('/client flag "Ácme Studio" mala-paga')
    assert await completions(session, "/cl") == ["/client "]
    assert await completions(session, "/client fl") == ["flag"]
    assert await completions(session, "/client show acm") == ['"Ácme Studio"']
    assert await completions(session, '/client flag "Ácme Studio" mala') == ["mala-paga"]
    assert await completions(session, "/client advice ") == [
        '"Ácme Studio"',
        *session.router.services.knowledge.current().archetypes,
    ]
    assert await completions(session, "/client summary w") == ["weekly"]
    assert await completions(session, "/client help fo") == ["forget"]
    assert await completions(session, "/client undo x") == []
    assert await completions(session, "hello") == []


async def test_a_conversation_on_a_terminal(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("/client flag acme mala-paga\r\r\x03\x04")
        await terminal.converse(session, Renderer(Speech("en"), has_colour=True), asyncio.Event().wait())
    out = capsys.readouterr().out
    assert "I am Chao. I help teams with difficult clients." in out
    assert "acme is flagged mala-paga" in out
    assert out.rstrip().endswith("Chao. Set your limits.")
    assert _kept(tmp_path) == []


def _kept(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if not path.name.startswith("chao.db")]


def test_what_an_earlier_version_kept_of_what_was_typed_is_erased(tmp_path: Path) -> None:
    (tmp_path / "history").write_text("+/client flag SECRET mala-paga\n")
    terminal.erase_history(tmp_path)
    terminal.erase_history(tmp_path)
    assert _kept(tmp_path) == []


async def test_quit_ends_it_too(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("/quit\r")
        await terminal.converse(session, Renderer(Speech("zh")), asyncio.Event().wait())
    assert "Chao" in capsys.readouterr().out
