"""Faults that a user can mend. Anything else is a bug: the router logs it under a reference."""

from __future__ import annotations

from bot.i18n.messages import Message


class UserError(Exception):
    """Shown as it is: what is wrong, and what to do about it. Both are messages, said in the reader's language."""

    def __init__(self, text: Message, hint: Message | None = None) -> None:
        super().__init__(text.key)
        self.text = text
        self.hint = hint


class Misuse(UserError):
    """The command's words are off; the reply adds the command's usage and example."""
