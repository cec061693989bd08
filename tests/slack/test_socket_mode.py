"""`chao serve` as a process over Socket Mode, with Slack's end on this machine."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.slack.fake import CHANNEL
from tests.slack.loopback import Loopback, Socket, loopback
from tests.slack.payloads import mention_body, slash_body
from tests.slack.process import Chao, serving, started

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def slack() -> AsyncIterator[Loopback]:
    """Slack, near by."""
    async with loopback() as running:
        yield running


def tokens(slack: Loopback, **settings: str) -> dict[str, str]:
    """The settings of a bot in Socket Mode."""
    return {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": slack.api_url, **settings}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chao(slack: Loopback, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Chao]:
    """One process; it also listens over HTTP, for its probes."""
    async with serving(tmp_path_factory.mktemp("socket"), **tokens(slack)) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both(slack: Loopback, chao: Chao) -> list[Socket]:
    """The two connections; a test puts back what it took."""
    assert chao.url
    return [await slack.socket(), await slack.socket()]


def shown(answer: dict[str, Any]) -> str:
    """What the person reads who typed a command, and nobody else."""
    assert answer["payload"]["response_type"] == "ephemeral"
    return str(answer["payload"]["text"])


async def test_two_connections_are_opened_with_the_app_token(chao: Chao, slack: Loopback, both: list[Socket]) -> None:
    assert [token for method, token in slack.tokens if method == "apps.connections.open"][:2] == ["xapp-1"] * 2
    assert len(both) == 2
    assert (await chao.get("/readyz")).body == {"database": True, "slack": True}


async def test_a_command_is_answered_in_its_acknowledgement_on_either_connection(both: list[Socket]) -> None:
    assert "acme" in shown(await both[0].asks("slash_commands", slash_body('flag acme mala-paga "inv 104"')))
    assert "inv 104" in shown(await both[1].asks("slash_commands", slash_body("show acme")))


async def test_a_command_by_mention_is_acknowledged_without_a_payload_and_answered_once_in_the_channel(
    slack: Loopback, both: list[Socket]
) -> None:
    body = mention_body("archetypes", "1795539700.000100")
    assert await both[0].asks("events_api", body) == {}
    assert await both[1].asks("events_api", body) == {}
    await slack.until(lambda seen: bool(seen.messages))
    await both[0].asks("slash_commands", slash_body("help"))
    said = [(message.channel, message.thread, message.only_for) for message in slack.slack.messages]
    assert said == [(CHANNEL, "", "Uana")]


async def test_slack_asks_for_another_connection_and_gets_it(slack: Loopback, both: list[Socket]) -> None:
    old = both[0]
    await old.ws.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
    both[0] = await slack.socket()
    await old.closed()
    assert "/client flag" in shown(await both[0].asks("slash_commands", slash_body("help")))


async def test_a_broken_connection_is_opened_again_and_the_other_one_serves_meanwhile(
    chao: Chao, slack: Loopback, both: list[Socket]
) -> None:
    both[1].drop()
    assert "/client flag" in shown(await both[0].asks("slash_commands", slash_body("help")))
    assert (await chao.get("/readyz")).status == 200
    both[1] = await slack.socket()
    assert "/client flag" in shown(await both[1].asks("slash_commands", slash_body("help")))


async def test_an_answer_whose_connection_broke_comes_through_the_response_url(
    chao: Chao, slack: Loopback, both: list[Socket]
) -> None:
    with sqlite3.connect(chao.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        await both[0].send(
            "slash_commands", slash_body("flag hooli pichirre", "Ucut", response_url=slack.response_url("Ucut"))
        )
        await both[0].asks("slash_commands", slash_body("help", "Ubea"))
        both[0].drop()
        both[0] = await slack.socket()
        other.execute("ROLLBACK")
    other.close()
    await slack.until(lambda seen: any("hooli" in m.body["text"] for m in seen.messages if m.only_for == "Ucut"))


async def test_when_told_to_stop_it_answers_what_came_and_closes_its_connections(
    chao: Chao, both: list[Socket]
) -> None:
    with sqlite3.connect(chao.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        await both[0].send("slash_commands", slash_body("flag umbrella abusivo"))
        await both[0].asks("slash_commands", slash_body("help", "Ubea"))
        chao.terminate()
        await both[1].closed()
        other.execute("ROLLBACK")
    other.close()
    async with asyncio.timeout(10):
        assert "umbrella" in shown(await both[0].answers.get())
    code, said = await chao.ended()
    assert (code, "umbrella" in said, "hooli" in said) == (0, False, False)


async def test_a_refused_app_token_ends_with_one_clear_line(slack: Loopback, tmp_path: Path) -> None:
    slack.slack.apps.extend([{"error": "invalid_auth"}] * 2)
    process = await started(tmp_path, **tokens(slack))
    async with asyncio.timeout(60):
        _, said = await process.communicate()
    assert process.returncode == 1
    refusal = (
        "chao: Slack refused SLACK_APP_TOKEN (invalid_auth): make one with the scope connections:write "
        "under “Basic Information”, App-Level Tokens"
    )
    assert said.decode().splitlines() == ["chao: not Discord: no token is set", "chao: serving slack", refusal]
