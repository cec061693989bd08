"""One conversation suite, every adapter: `chat` is each platform's driver in turn."""

from __future__ import annotations

import pytest

from bot.router import Router
from tests.contract.console_driver import ConsoleDriver
from tests.contract.databases import ana, database, opening
from tests.contract.driver import Driver

__all__ = ["ana", "chat", "database", "opening"]


@pytest.fixture(params=["console"])
def chat(request: pytest.FixtureRequest, bot: Router) -> Driver:
    """A platform to talk on."""
    drivers = {"console": ConsoleDriver}
    return drivers[str(request.param)](bot)
