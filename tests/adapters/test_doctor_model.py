"""`chao doctor` asks the model what a person might, and the settings that name one are checked at the start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web

from adapters import model_doctor
from adapters.failure import CommandFailedError
from adapters.llm import NO_NAME, WRONG, host_of
from adapters.wiring import running_router
from bot.settings import Settings
from tests.advisor.server import KEY, Json, ModelServer, opinion, running_server, says

Finding = tuple[bool, str, str]


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    """What answers as the test tells it."""
    async with running_server() as running:
        yield running


def settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return Settings(_env_file=None)


async def found(monkeypatch: pytest.MonkeyPatch, url: str, seconds: float = 4.0) -> Finding:
    made = settings(monkeypatch, CHAO_LLM_URL=url, CHAO_LLM_MODEL="small-model", CHAO_LLM_KEY=KEY)
    [finding] = [finding async for finding in model_doctor.findings(made, seconds)]
    return finding


async def test_a_model_that_answers_as_asked_is_in_order(monkeypatch: pytest.MonkeyPatch, server: ModelServer) -> None:
    is_good, what, advice = await found(monkeypatch, server.url)
    assert is_good
    assert what == f"model small-model at {host_of(server.url)}"
    assert advice.startswith("answered in ")
    assert server.data["question"] == model_doctor.QUESTION


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda _: web.Response(status=401), "CHAO_LLM_KEY"),
        (lambda _: web.Response(status=404), "CHAO_LLM_URL"),
        (lambda _: web.Response(status=500), "status 500"),
        (lambda _: says("Hello!"), "JSON"),
        (lambda _: says(opinion(kinds=("robber",))), "JSON"),
        (lambda _: web.json_response({}), "/chat/completions"),
    ],
)
async def test_what_is_wrong_with_a_model_is_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, server: ModelServer, answer: Callable[[Json], web.Response], words: str
) -> None:
    server.answer = answer
    is_good, _, advice = await found(monkeypatch, server.url)
    assert not is_good
    assert words in advice
    assert KEY not in advice


async def test_a_model_that_is_too_slow_or_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, server: ModelServer
) -> None:
    server.waits = asyncio.Event()
    assert "too slow" in (await found(monkeypatch, server.url, 0.05))[2]
    assert "not reached" in (await found(monkeypatch, "http://127.0.0.1:9/v1"))[2]


async def test_settings_that_name_no_model_are_refused_at_the_start_and_by_the_doctor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for url, name, said in (
        ("localhost:11434/v1", "m", WRONG),
        ("ftp://x/v1", "m", WRONG),
        ("https://user:secret@models.test/v1", "m", WRONG),
        ("http://x:99999/v1", "m", WRONG),
        ("http://x/v1", "", NO_NAME),
    ):
        made = settings(monkeypatch, CHAO_LLM_URL=url, CHAO_LLM_MODEL=name)
        with pytest.raises(CommandFailedError) as refused:
            async with running_router(made, "en"):
                pass
        assert str(refused.value) == said
        assert [finding async for finding in model_doctor.findings(made)] == [(False, "model", said)]


async def test_a_model_that_is_set_up_is_what_the_bot_asks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object, server: ModelServer
) -> None:
    url = f"sqlite:///{tmp_path}/chao.db"
    made = settings(monkeypatch, CHAO_LLM_URL=server.url, CHAO_LLM_MODEL="m", DATABASE_URL=url)
    async with running_router(made, "en") as router:
        assert router.services.advisor is not None
        assert router.services.advisor.model.host == host_of(server.url)
    async with running_router(settings(monkeypatch, CHAO_LLM_URL="", DATABASE_URL=url), "en") as router:
        assert router.services.advisor is None
