"""A command that is pasted from help or a card brings marks along, and is a command all the same."""

from __future__ import annotations

import pytest

from bot.router import Router

PASTED = [
    "`show acme`", "```show acme```", "*show acme*", "**show acme**", "_show acme_", "“show acme”", "- show acme",
    "• `show acme`", "`/client show acme`", "\u200bshow acme", "> show acme",
]  # fmt: skip


@pytest.mark.parametrize("line", PASTED)
def test_a_pasted_command_is_a_command(bot: Router, line: str) -> None:
    assert bot.spoken(line) == ("show", {"client": "acme"})


@pytest.mark.parametrize("line", ["`acme` won't pay", "*Help*!! they shout", "``", "*", "`", "> they don't pay"])
def test_marks_make_no_sentence_a_command(bot: Router, line: str) -> None:
    assert bot.spoken(line) is None
