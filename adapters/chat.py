"""`chao chat`: talk to the bot here, on a terminal or line by line from a pipe."""

from __future__ import annotations

import os
import shutil
import sys

from adapters import wiring
from adapters.console import pipe
from adapters.console.poster import ConsolePoster
from adapters.console.render import Renderer
from adapters.console.session import Session
from bot.delivery.deliveries import Deliveries
from bot.events import Place, User
from bot.i18n.speech import Speech
from bot.settings import Settings


async def chat(workspace: str, locale: str, settings: Settings) -> int:
    """Talk until the input ends; weekly summaries of this workspace are shown meanwhile."""
    language = wiring.default_language(settings, locale)
    async with wiring.running_router(settings, language) as router:
        user = User("console", locale=locale, is_manager=True)
        session = Session(router, user, Place(f"console:{workspace}", "console", "console", is_direct=True))
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            renderer = Renderer(Speech(language))
            await pipe.converse(session, renderer, sys.stdin.buffer, sys.stdout)
            await _summaries(session, renderer).once()
            return 0
        # Imported late: a pipe needs no line editor.
        from adapters.console import terminal

        has_colour, width = "NO_COLOR" not in os.environ, shutil.get_terminal_size().columns
        renderer = Renderer(Speech(language), has_colour, width)
        terminal.erase_history(settings.data_folder)
        await terminal.converse(session, renderer, _summaries(session, renderer).run())
    return 0


def _summaries(session: Session, renderer: Renderer) -> Deliveries:
    poster = ConsolePoster(session.place.workspace, renderer)
    return wiring.deliveries(session.router.services, {"console": poster})
