"""One conversation in a terminal or a pipe: lines become events, replies become text."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from bot.events import NO_BUTTON, Action, Command, Event, Place, Question, Said, User
from bot.reply import Button, Reply, controls
from bot.router import Router
from bot.validation import shortened

PREFIX = "/client"
MENTION = "@chao"
_DIGITS = 4


@dataclass
class Session:
    """Who talks, where, and the buttons that the last reply offered (a number presses one)."""

    router: Router
    user: User
    place: Place
    offered: tuple[Button, ...] = field(default=())

    def parse(self, line: str) -> Event | None:
        """The event that a line stands for; None for an empty one."""
        text = line.strip()
        if not text:
            return None
        if text.isascii() and text.isdigit():
            return self._pressed(text)
        name = self._command(text)
        if name is not None:
            return Command(_event_id(), self.user, self.place, *name, said=Said(_without_address(text)))
        command, text = Command(_event_id(), self.user, self.place, ""), _without_address(text)
        return Question(_event_id(), self.user, self.place, text, as_command=command)

    async def answer(self, line: str) -> tuple[Reply, bool] | None:
        """The reply to a line and whether it is private; None for an empty line."""
        parsed = self.parse(line)
        event = await self.router.heard(parsed) if parsed else None
        reply = await self.router.dispatch(event) if event else None
        if event is None or reply is None:
            return None
        # What was on offer stays so after a number that was not.
        if not (isinstance(event, Action) and event.name == NO_BUTTON):
            self.offered = controls(reply)
        return reply, self.router.is_private(event)

    def _pressed(self, digits: str) -> Action:
        number, last = int(digits[:_DIGITS]), len(self.offered)
        if len(digits) <= _DIGITS and 0 < number <= last:
            pressed = self.offered[number - 1]
            return Action(_event_id(), self.user, self.place, pressed.action, pressed.value)
        return Action(_event_id(), self.user, self.place, NO_BUTTON, f"{shortened(digits)}:{last}")

    def _command(self, text: str) -> tuple[str, dict[str, str]] | None:
        head, rest = text[: len(PREFIX)], text[len(PREFIX) :]
        if head.casefold() == PREFIX and (not rest or rest[0].isspace()):
            name, args = self.router.command(rest)
            return name, dict(args)
        if text.startswith("/"):
            name, args = self.router.command(text[1:])
            return name, dict(args)
        # Nobody but the bot is spoken to here: a line that reads as a command is one, as after a mention elsewhere.
        spoken = self.router.spoken(_without_address(text))
        return (spoken[0], dict(spoken[1])) if spoken else None


def _without_address(text: str) -> str:
    """A line without what only says that it is for the bot."""
    return text.removeprefix(MENTION).removeprefix("/").strip()


def _event_id() -> str:
    return f"console:{uuid4().hex}"
