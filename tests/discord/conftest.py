"""A Discord server with the bot in it."""

from __future__ import annotations

import pytest

from bot.router import Router
from tests.discord.world import World
from tests.support import our_knowledge, reader


@pytest.fixture(autouse=True, scope="session")
def learned() -> None:
    """The reader has learnt its examples, as some seconds after a start."""
    reader().read("the client does not pay", our_knowledge().current())


@pytest.fixture
def world(bot: Router) -> World:
    """One server with one bot, which ana manages."""
    return World(bot)
