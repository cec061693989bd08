"""One conversation suite, every adapter: `chat` is each platform's driver in turn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.router import Router
from tests.contract.console_driver import ConsoleDriver
from tests.contract.databases import ana, database
from tests.contract.discord_driver import DiscordDriver
from tests.contract.driver import Driver
from tests.contract.slack_driver import SlackDriver

__all__ = ["ana", "chat", "database"]
DRIVERS: dict[str, Callable[[Router], Driver]] = {
    "console": ConsoleDriver,
    "slack": SlackDriver,
    "discord": DiscordDriver,
}


@pytest.fixture(params=list(DRIVERS))
def chat(request: pytest.FixtureRequest, bot: Router) -> Driver:
    """A platform to talk on."""
    return DRIVERS[str(request.param)](bot)
