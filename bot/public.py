"""What a public reply leaves out: reasons and notes, which the person who presses a button sees alone."""

from __future__ import annotations

from bot.commands import Turn
from bot.i18n.messages import N
from bot.reply import Button


def the_rest(turn: Turn, action: str, value: str) -> tuple[Button, ...]:
    """The button that shows the rest, on a public reply; `action` answers privately."""
    return (Button(turn.speech(N("Show me the rest")), action, value),) if turn.is_public else ()
