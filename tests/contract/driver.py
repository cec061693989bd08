"""What a conversation test may do on any platform, and what it sees. No blocks, no embeds: words, privacy, buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as one person sees it."""

    text: str
    is_private: bool
    thread: str = ""
    buttons: tuple[str, ...] = field(default=())


class Driver(Protocol):
    """A platform with a fake transport that stores its messages. `lacks` names what the platform can't do."""

    name: str
    lacks: frozenset[str]

    async def runs(self, user: str, command: str, **args: str) -> None:
        """A slash command with its arguments, as the platform sends it."""

    async def types(self, user: str, line: str) -> None:
        """What follows `/client `, typed as one line."""

    async def says(self, user: str, text: str, thread: str = "") -> None:
        """A message that addresses the bot."""

    async def presses(self, user: str, label: str) -> None:
        """Press the newest button with this label that the user can see."""

    async def redelivers(self) -> None:
        """Deliver the last inbound event again, under the same id."""

    def sees(self, user: str) -> list[Seen]:
        """Every message that this user can see, oldest first."""
