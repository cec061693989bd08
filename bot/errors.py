"""Faults that a user can mend. Anything else is a bug: the router logs it under a reference."""

from __future__ import annotations

from bot.i18n.messages import Message


class UserError(Exception):
    """Shown as it is: what is wrong, what to do about it, and the argument (`field`) that it concerns, if one."""

    def __init__(self, text: Message, hint: Message | None = None, field: str = "") -> None:
        super().__init__(text.key)
        self.text = text
        self.hint = hint
        self.field = field


class Misuse(UserError):
    """The command's words are off; the reply adds the command's usage and example."""


class TooSoonError(Exception):
    """An event came again while its answer may still be on its way."""
