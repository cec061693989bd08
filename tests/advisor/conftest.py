"""A model's server on loopback, and a team that has switched the model on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.advisor.server import KEY, ModelServer, Team, running_server, running_team
from tests.slack.logs import Logs, watched


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    """What answers as the test tells it."""
    async with running_server() as running:
        yield running


@pytest.fixture
async def team(tmp_path: Path, server: ModelServer) -> AsyncIterator[Team]:
    """A workspace with the model on."""
    async with running_team(tmp_path / "chao.db", server.url) as running:
        await running.runs("settings model on")
        yield running


@pytest.fixture
def logs() -> Iterator[Logs]:
    """Everything that is logged; the key never is."""
    with watched() as seen:
        yield seen
        assert KEY not in "".join(seen.lines)
