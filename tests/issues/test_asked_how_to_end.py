"""`chao ask "how do I fire a client?"` broke: what a command asks was to be remembered in a workspace without a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.events import Command, Place, Question, User
from bot.reply import Reply
from tests.support import running_bot

PLACE = Place("console:t", "c")


@pytest.mark.parametrize(
    "text",
    [
        "how do I fire a client?", "fire the client now, I can't stand him",
        "quiero despedir a este cliente, estoy harta", "这个客户我受不了了，想炒掉",
    ],
)  # fmt: skip
async def test_who_asks_how_to_end_it_hears_how_whatever_the_trouble(text: str, tmp_path: Path) -> None:
    async with running_bot(tmp_path / "chao.db") as bot:
        asked = await bot.dispatch(Command("1", User("ana"), PLACE, "ask", {"question": text}))
        said = await bot.dispatch(Question("2", User("ana"), PLACE._replace(thread="t1"), text))
    assert isinstance(asked, Reply)
    assert isinstance(said, Reply)
    assert "exit_checklist.record" in asked.sources
    assert said.sources == asked.sources
