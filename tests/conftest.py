"""Fixtures for every test: a clock, and a bot on a real SQLite file."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import AsyncIterator, Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_asyncio import is_async_test
from sqlalchemy import event
from sqlalchemy.pool import Pool

from adapters import doctor, knowledge_cli, model_doctor
from adapters.start import loading
from bot.knowledge import source, sources
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import OURS, load
from bot.knowledge.nodes import parse
from bot.router import Router
from tests.contract.databases import kept, kept_file, openings
from tests.contract.wordings import repeated_wordings
from tests.postgres import Server, Shared, server
from tests.support import EXAMPLES, TRIES_ALL, Clock, running_bot

__all__ = ["kept", "kept_file", "openings"]

settings.register_profile("chao", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=EXAMPLES)
settings.load_profile("chao")


@event.listens_for(Pool, "checkout")
def _waits_for_no_disk(connection: object, *_: object) -> None:
    """What a process wrote outlives it all the same; only a machine without power would lose it."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """All modules and tests are there to stay, and looking through them again and again is a tenth of the time."""
    with loading():
        yield
    gc.set_threshold(10_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say where the platforms differ, as the conversation suite pins it."""
    from tests.contract.conftest import declared

    terminalreporter.section("what a platform lacks")
    for name, lacks in declared().items():
        terminalreporter.line(f"{name}: {', '.join(sorted(lacks)) or 'nothing'}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One event loop for all tests that run on every database, so that connections can be kept; wordings once."""
    if repeated := [] if TRIES_ALL else repeated_wordings(items):
        items[:] = [item for item in items if item not in set(repeated)]
        config.hook.pytest_deselected(items=repeated)
    for item in items:
        if isinstance(item, pytest.Function) and "openings" in item.fixturenames and is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(autouse=True, scope="session")
def parsed_once() -> Iterator[None]:
    """Each of our knowledge files is parsed by the first test that loads it; all, as they are, are checked once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sources, "parse", lru_cache(maxsize=256)(parse))
        for user in (source, doctor, knowledge_cli, model_doctor):
            patched.setattr(user, "load", _load)
        yield


def _load(team: Path | None = None, ours: Path = OURS, *, examples: bool = True) -> Knowledge:
    return load(team, ours, examples=examples) if team or ours != OURS else _loaded(examples=examples)


@cache
def _loaded(*, examples: bool) -> Knowledge:
    return load(examples=examples)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at Tuesday 24 November 2026, 18:00 UTC."""
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, started by the first test that asks for one."""
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def shared_postgres(postgres: Server) -> Shared:
    """A database on it that tests use in turn."""
    return Shared(postgres)


@pytest.fixture
async def bot(tmp_path: Path, clock: Clock) -> AsyncIterator[Router]:
    """A bot that speaks English by default."""
    async with running_bot(tmp_path / "chao.db", clock) as router:
        yield router
