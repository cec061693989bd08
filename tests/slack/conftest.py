"""Fixtures of Slack's own tests: a workspace with everything a person can reach, whose logs are watched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from adapters.slack.api import ATTEMPTS
from bot.router import Router
from tests.slack.desk import Desk
from tests.slack.logs import Logs, assert_ids_only, watched


@pytest.fixture
def slack(bot: Router, logs: Logs) -> Iterator[Desk]:
    """One workspace; `ana` is its administrator. Attempts follow at once, and no log may hold what anybody typed."""
    desk = Desk(bot)
    with stamina.set_testing(True, attempts=ATTEMPTS):
        yield desk
    assert_ids_only(logs.lines, desk.typed)


@pytest.fixture
def logs() -> Iterator[Logs]:
    """Everything that is logged."""
    with watched() as seen:
        yield seen
