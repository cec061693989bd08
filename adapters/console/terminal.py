"""The conversation on a terminal: prompt, completion, history and colour."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.patch_stdout import patch_stdout

from adapters.console.render import Renderer
from adapters.console.session import PREFIX, Session
from bot.completion import suggestions
from bot.events import Asker
from bot.i18n.messages import N

SHOWN = 40


class CommandCompleter(Completer):
    """Completes commands, client names and archetypes of the line so far."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(self, _document: Document, _complete_event: CompleteEvent) -> Iterable[Completion]:
        """Nothing without a loop: names come from the database."""
        return ()

    async def get_completions_async(self, document: Document, _event: CompleteEvent) -> AsyncIterator[Completion]:  # type: ignore[override]  # an async generator, as the base declares it
        """The words that could follow, each replacing the word that was begun."""
        before = document.text_before_cursor
        if not before.startswith("/"):
            return
        if not before.startswith(f"{PREFIX} "):
            yield Completion(f"{PREFIX} ", start_position=-len(before))
            return
        asker = Asker(self._session.user, self._session.place)
        begun, words = await suggestions(self._session.router, asker, before.removeprefix(f"{PREFIX} "))
        for word in words[:SHOWN]:
            yield Completion(word, start_position=-len(begun))


async def converse(session: Session, renderer: Renderer, beside: Coroutine[object, object, object]) -> None:
    """Ask and answer until end of file (Ctrl-D); what runs `beside` may print above the prompt meanwhile.

    The lines before can be had again with the arrow keys until then, and are kept nowhere: nobody could forget them.
    """
    running = asyncio.create_task(beside)
    try:
        await _converse(session, renderer)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def erase_history(folder: Path) -> None:
    """Remove the file in which versions before this one kept what was typed."""
    (folder / "history").unlink(missing_ok=True)


async def _converse(session: Session, renderer: Renderer) -> None:
    say = renderer.speech
    sys.stdout.write(f"{greeting(renderer)}\n\n")
    prompt: PromptSession[str] = PromptSession(completer=CommandCompleter(session), complete_while_typing=True)
    while True:
        try:
            with patch_stdout(raw=True):
                line = await prompt.prompt_async("chao> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            sys.stdout.write(say(N("Chao. Set your limits.")) + "\n")
            return
        if line.strip() in ("/quit", "/exit"):
            return
        answered = await session.answer(line)
        if answered:
            sys.stdout.write(renderer.render(answered[0], is_private=answered[1]) + "\n\n")


def greeting(renderer: Renderer) -> str:
    """What a newcomer reads first: three things to try."""
    say = renderer.speech
    lines = (
        say(N("I am Chao. I help teams with difficult clients. Try:")),
        f'  {PREFIX} flag acme mala-paga "inv 104, 20 days late"',
        f"  {PREFIX} advice acme",
        "  " + say(N("Acme has not paid in two months and wants another project")),
        say(N("Tab completes, a number presses a button, {prefix} help lists everything, Ctrl-D ends.", prefix=PREFIX)),
    )
    return "\n".join(lines)
