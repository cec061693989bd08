"""Weekly summaries in a terminal: they are printed between the lines of the conversation."""

from __future__ import annotations

import sys
from uuid import uuid4

from adapters.console.render import Renderer
from bot.delivery.poster import RetryLaterError
from bot.events import Place
from bot.reply import Reply

ANOTHER_CHAT_SECONDS = 60.0


class ConsolePoster:
    """Prints what belongs to one workspace; what belongs to another is left to a chat with that one."""

    def __init__(self, workspace: str, renderer: Renderer) -> None:
        self._workspace, self._renderer = workspace, renderer

    async def post(self, place: Place, reply: Reply, marker: str) -> str:
        """Print for whoever sits there; the id is as good as any, as nobody can look back for it."""
        self._print(place.workspace, reply, is_private=False)
        return f"{marker}:{uuid4().hex}"

    async def find(self, _place: Place, _marker: str) -> str | None:
        """A terminal remembers nothing: one that was closed in mid-print prints again."""
        return None

    async def tell(self, workspace: str, _user: str, reply: Reply) -> None:
        """Print, marked as private."""
        self._print(workspace, reply, is_private=True)

    def _print(self, workspace: str, reply: Reply, *, is_private: bool) -> None:
        if workspace != self._workspace:
            raise RetryLaterError(ANOTHER_CHAT_SECONDS)
        sys.stdout.write(self._renderer.render(reply, is_private=is_private) + "\n\n")
