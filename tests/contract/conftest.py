"""One conversation suite, every adapter: `chat` is each platform's driver in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.router import Router
from tests.contract.console_driver import ConsoleDriver
from tests.contract.databases import ana, database
from tests.contract.driver import Driver
from tests.contract.slack_driver import SlackDriver
from tests.slack.logs import assert_ids_only, watched

__all__ = ["ana", "chat", "database"]


@pytest.fixture(params=["console", "slack"])
def chat(request: pytest.FixtureRequest, bot: Router) -> Iterator[Driver]:
    """A platform to talk on; no log may hold what anybody typed there."""
    drivers: dict[str, Callable[[Router], Driver]] = {"console": ConsoleDriver, "slack": SlackDriver}
    driver = drivers[str(request.param)](bot)
    with watched() as logs:
        yield driver
        assert_ids_only(logs.lines, getattr(driver, "typed", ()))
