"""A command that is copied from help brings the marks of code along; what is quoted is somebody else's words."""

from __future__ import annotations

import pytest

from bot.grammar import typed
from bot.router import Router

QUOTED = [
    "“Forget acme”", "> Forget acme", "«Olvidar acme»", "「遗忘 acme」", "> undo it", "- undo this",
    "```forget acme```",
    "> Resolve acme tickets before Monday or we leave", "`forget acme` and `undo`", "`a\nforget acme`",
]  # fmt: skip


@pytest.mark.parametrize("line", ["`show acme`", " `show acme`\u200b", "`/client show acme`", "show acme\u200b"])
def test_a_command_that_is_copied_with_the_marks_of_code_is_one(bot: Router, line: str) -> None:
    assert bot.spoken(typed(line)) == ("show", {"client": "acme"})


@pytest.mark.parametrize("line", [*QUOTED, "`acme` won't pay", "``", "`", "*Help*!! they shout"])
def test_what_is_quoted_or_only_holds_code_is_no_command(bot: Router, line: str) -> None:
    assert bot.spoken(typed(line)) is None
