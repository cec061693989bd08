"""One conversation suite, every adapter: `chat` is each platform's driver in turn, the console on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio

from bot.features.registry import router
from bot.router import Router, Services
from tests.contract.console_driver import ConsoleDriver
from tests.contract.databases import Openings, ana, database
from tests.contract.discord_driver import DiscordDriver
from tests.contract.driver import Driver
from tests.contract.slack_driver import SlackDriver
from tests.slack.logs import assert_ids_only, watched
from tests.support import Clock, our_knowledge, reader

__all__ = ["ana", "chat", "database"]

DRIVERS: dict[str, Callable[[Router], Driver]] = {
    "console": ConsoleDriver,
    "slack": SlackDriver,
    "discord": DiscordDriver,
}


def declared() -> dict[str, set[str]]:
    """What each platform lacks."""
    return {name: set(getattr(driver, "lacks", ())) for name, driver in DRIVERS.items()}


@pytest.fixture(params=["console on sqlite", "console on postgresql", "slack on sqlite", "discord on sqlite"])
def stage(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A platform to talk on, and the kind of database behind it."""
    platform, _, kind = str(request.param).partition(" on ")
    return platform, kind


@pytest_asyncio.fixture(loop_scope="session")
async def bot(stage: tuple[str, str], openings: Openings, clock: Clock) -> AsyncIterator[Router]:
    """A bot that speaks English by default."""
    async with openings[stage[1]]() as database:
        yield router(Services(database, our_knowledge(), reader(), clock, "en"))


@pytest.fixture
def chat(stage: tuple[str, str], bot: Router) -> Iterator[Driver]:
    """A platform to talk on; no log may hold what anybody typed there."""
    driver = DRIVERS[stage[0]](bot)
    with watched() as logs:
        yield driver
        assert_ids_only(logs.lines, getattr(driver, "typed", ()))
