"""Where buttons are pressed by their numbers: a number that is not on offer."""

from __future__ import annotations

from bot.commands import ActionSpec, Turn
from bot.errors import UserError
from bot.events import NO_BUTTON, Action
from bot.i18n.messages import Message, N
from bot.reply import Reply


def no_such_button(action: Action, _turn: Turn) -> Reply:
    """Never taken for a question: it would be answered with what was answered before. `value`: pressed:on offer."""
    number, _, offered = action.value.partition(":")
    raise UserError(N("There is no button {number} now.", number=number), _how_to_go_on(offered))


def _how_to_go_on(offered: str) -> Message:
    if offered == "0":
        return N("There are no buttons at the moment. Write your question in words.")
    if offered == "1":
        return N("Press 1, or write your question in words.")
    return N("Press a number from 1 to {last}, or write your question in words.", last=offered)


ACTIONS = (ActionSpec(NO_BUTTON, no_such_button, shows_clients=False),)
