"""Deliveries on every database."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.contract.databases import database, openings
from tests.delivery.fakes import FakePlatform, Team
from tests.support import Clock

__all__ = ["database", "openings", "team"]


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """A team in slack:T1, on Tuesday 24 November 2026."""
    return Team(database, clock, FakePlatform())
