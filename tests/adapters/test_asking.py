"""`chao ask` ends as what failed where the answer is only that something did."""

from __future__ import annotations

from adapters.asking import answer_once
from bot.commands import Turn
from bot.events import Command
from bot.reply import Reply
from bot.router import Router
from bot.storage.database import FULL, StorageError
from tests.core.test_router import broken


def _full(_command: Command, _turn: Turn) -> Reply:
    raise StorageError(FULL)


async def test_an_answer_that_only_says_what_failed_is_an_error(bot: Router) -> None:
    assert (await answer_once(broken(bot, _full, "ask"), "Acme does not pay", "en")).is_error


async def test_an_answer_that_says_that_it_does_not_know_is_none(bot: Router) -> None:
    assert not (await answer_once(bot, "what's the weather in Lisbon", "en")).is_error
