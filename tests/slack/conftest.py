"""Fixtures of Slack's own tests: a workspace with everything a person can reach."""

from __future__ import annotations

import pytest

from bot.router import Router
from tests.slack.desk import Desk


@pytest.fixture
def slack(bot: Router) -> Desk:
    """One workspace; `ana` is its administrator."""
    return Desk(bot)
