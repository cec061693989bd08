"""Generated lines (PARTS x CONVERSATIONS x LINES) through the real console adapter: each gets a clear answer.

The default is 2,000 lines; `make bench` sends 20,000.

Lines are grammar-like and hostile by turns; every example is a conversation on the same database.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.console.render import Renderer
from adapters.console.session import Session
from bot.events import Place, User
from bot.features.registry import commands, router
from bot.i18n.speech import Speech
from bot.router import Router, Services
from bot.storage.postgres import PostgresDatabase
from tests.postgres import Shared
from tests.support import Clock, our_knowledge, reader, running_bot

PARTS, CONVERSATIONS, LINES = 4, int(os.environ.get("CHAO_TEST_CONVERSATIONS", "5")), 100
HOSTILE = (
    *("@everyone", "<!channel>", "<@U1>", "'; DROP TABLE clients; --", "{0.__class__} %s %(x)s", "-5%", "%n%n", "``"),
    *(
        "\u202egnp.exe",
        "🙃🔥",
        "\x00\x1b[2J",
        "\ud800",
        "“acme”",
        "«Ñandú»",
        "「宏达」",
        "'open",
        '"',
        "acme",
        "Acme, C.A.",
    ),
    *("mala-paga", "拖欠款", "abusive", "now", "宏达"),
)
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.sampled_from(["1", "2", "7", "99"]))
NAMES = st.sampled_from([*commands(), "flga", "标记", "ayuda", ""])
LINE = st.one_of(
    st.builds(lambda name, words: " ".join(["/client", name, *words]), NAMES, st.lists(WORDS, max_size=5)),
    st.builds(" ".join, st.lists(WORDS, max_size=8)),
    st.sampled_from(["1", "2", "3", "8", "x" * 40_000, "/client flag acme mala-paga " + "y" * 40_000, "/client undo"]),
)
CRASHED = "Something broke on our side"


Talk = Callable[[list[str]], list[str]]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    path: Path = tmp_path_factory.mktemp("lines") / "chao.db"
    yield from talking(running_bot(path))


@pytest.fixture(scope="module")
def talk_on_a_server(shared_postgres: Shared) -> Iterator[Talk]:
    yield from talking(served_bot(shared_postgres))


@asynccontextmanager
async def served_bot(shared: Shared) -> AsyncIterator[Router]:
    database = PostgresDatabase(await shared.emptied())
    yield router(Services(database, our_knowledge(), reader(), Clock()))
    await database.close()


def talking(context: AbstractAsyncContextManager[Router]) -> Iterator[Talk]:
    with asyncio.Runner() as runner:
        bot = runner.run(context.__aenter__())
        session = Session(bot, User("me", is_manager=True), Place("console:t", "console", "console"))

        async def answers(lines: list[str]) -> list[str]:
            replies = [await session.answer(line) for line in lines]
            renderer = Renderer(Speech("en"))
            return [renderer.render(found[0], is_private=found[1]) for found in replies if found]

        yield lambda lines: runner.run(answers(lines))
        runner.run(context.__aexit__(None, None, None))


@pytest.mark.parametrize("part", range(PARTS))
@settings(max_examples=CONVERSATIONS)
@given(lines=st.lists(LINE, min_size=LINES, max_size=LINES))
def test_every_generated_line_gets_a_clear_answer(talk: Talk, lines: list[str], part: int) -> None:
    assert part < PARTS
    _are_clear(talk(lines))


@settings(max_examples=6)
@given(lines=st.lists(LINE, min_size=LINES, max_size=LINES))
def test_on_a_server_too(talk_on_a_server: Talk, lines: list[str]) -> None:
    _are_clear(talk_on_a_server(lines))


def _are_clear(answers: list[str]) -> None:
    for text in answers:
        assert text.strip()
        assert CRASHED not in text
        assert "Traceback" not in text
        assert "\x1b" not in text
