"""Faults that a user can mend. Anything else is a bug: the router logs it under a reference."""

from __future__ import annotations

from bot.i18n.messages import Message


class UserError(Exception):
    """Shown as it is: what is wrong, what to do about it, and the argument (`field`) that it concerns, if one.

    `in_form`: what to do about it in a form, where that is not what to do about a typed line.
    """

    def __init__(
        self, text: Message, hint: Message | None = None, field: str = "", in_form: Message | None = None
    ) -> None:
        super().__init__(text.key)
        self.in_form = in_form or hint
        self.text = text
        self.hint = hint
        self.field = field


class Misuse(UserError):
    """The command's words are off; the reply adds the command's usage and example."""


class TooSoonError(Exception):
    """An event came again while its answer may still be on its way."""
