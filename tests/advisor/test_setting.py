"""A team decides, knowing where its questions would go; until then nothing is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.events import Place, User
from bot.reply import plain_text
from bot.router import Router
from tests.advisor.server import ANA, BOB, Doubtful, ModelServer, Team, running_team
from tests.advisor.test_opinions import ASKED


def host(server: ModelServer) -> str:
    return server.url.removeprefix("http://").removesuffix("/v1")


@pytest.fixture
async def undecided(tmp_path: Path, server: ModelServer) -> AsyncIterator[Team]:
    """A team that has decided nothing."""
    async with running_team(tmp_path / "undecided.db", server.url) as team:
        yield team


async def test_it_is_off_until_a_manager_switches_it_on(undecided: Team, server: ModelServer) -> None:
    await undecided.asks(ASKED)
    assert "Only managers" in plain_text(await undecided.runs("settings model on", BOB))
    await undecided.asks(ASKED)
    assert server.bodies == []
    assert f"`model` is now `on {host(server)}`" in plain_text(await undecided.runs("settings model on"))
    await undecided.asks(ASKED)
    assert len(server.bodies) == 1
    for off in ("off", "default"):
        await undecided.runs("settings model on")
        await undecided.runs(f"settings model {off}")
        await undecided.asks(ASKED)
    assert len(server.bodies) == 1


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (
            "en",
            "are sent, with entries of the playbook, to the language model at {host} after your clients' names were",
        ),
        (
            "es",
            "se envían, junto con entradas de la guía, al modelo de lenguaje de {host}, con los nombres de tus",
        ),
        ("zh", "连同手册条目发给 {host} 上的语言模型；发送前会替换掉客户名称"),
    ],
)
async def test_the_settings_say_what_is_sent_where(
    undecided: Team, server: ModelServer, locale: str, words: str
) -> None:
    user = User("ana", locale=locale, is_manager=True)
    wanted = words.format(host=host(server))
    for line in ("settings", "settings model", "settings model on"):
        assert wanted in plain_text(await undecided.runs(line, user))


async def test_another_team_decides_for_itself(team: Team, server: ModelServer) -> None:
    await team.asks(ASKED, ANA, Place("slack:T2", "C1", "t1"))
    assert server.bodies == []


async def test_consent_to_one_server_is_none_to_another(tmp_path: Path, server: ModelServer) -> None:
    """The address was changed since: nobody here knows of the new one yet."""
    path = tmp_path / "moved.db"
    async with running_team(path, "http://models.test:8080/v1") as before:
        await before.runs("settings model on")
    async with running_team(path, server.url) as moved:
        await moved.asks(ASKED)
        assert server.bodies == []
        assert "on models.test:8080" in plain_text(await moved.runs("settings model"))
        assert host(server) in plain_text(await moved.runs("settings model"))


async def test_where_no_model_is_set_up_the_setting_says_so_and_can_not_be_switched_on(bot: Router) -> None:
    team = Team(bot, Doubtful())
    assert "none is set up here, so nothing is sent anywhere" in plain_text(await team.runs("settings model"))
    refused = await team.runs("settings model on")
    assert refused.is_error
    assert "CHAO_LLM_URL" in plain_text(refused)
    assert "`model` is now `off`" in plain_text(await team.runs("settings model off"))


async def test_a_value_that_is_neither_is_explained(team: Team) -> None:
    assert "It takes on or off" in plain_text(await team.runs("settings model gpt"))


async def test_where_no_team_can_be_known_nothing_is_sent(team: Team, server: ModelServer) -> None:
    await team.asks(ASKED, ANA, Place("discord:dm", "D1", has_team=False))
    assert server.bodies == []
