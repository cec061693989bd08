"""`chao doctor` asks Slack and Discord whether the tokens are good, and says where to find better ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from adapters import doctor
from adapters.discord import doctor as discord
from adapters.discord.parse import ADMINISTRATOR
from adapters.slack import doctor as slack
from adapters.slack.manifest import SCOPES
from bot.settings import Settings
from tests.adapters.near import near

Finding = tuple[bool, str, str]


@asynccontextmanager
async def answering(
    body: Mapping[str, Any], headers: Mapping[str, str] | None = None, status: int = 200, servers: Any = None
) -> AsyncIterator[str]:
    """A server that answers everything the same, but the list of servers; its address."""

    async def answer(request: web.Request) -> web.Response:
        said = servers if request.path.endswith("/guilds") and servers is not None else dict(body)
        return web.json_response(said, headers=headers, status=status)

    async with near(answer) as address:
        yield address


def settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return Settings(_env_file=None)


async def of_slack(monkeypatch: pytest.MonkeyPatch, url: str, **values: str) -> list[Finding]:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": f"{url}api/", **values}
    return [finding async for finding in slack.findings(settings(monkeypatch, **tokens))]


async def of_discord(monkeypatch: pytest.MonkeyPatch, url: str) -> list[Finding]:
    made = settings(monkeypatch, DISCORD_TOKEN="t", DISCORD_API_URL=url)  # noqa: S106 - a made-up one
    return [finding async for finding in discord.findings(made)]


async def test_good_slack_tokens_with_every_scope_are_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering({"ok": True, "team_id": "T1"}, {"x-oauth-scopes": ",".join(SCOPES)}) as url:
        found = await of_slack(monkeypatch, url)
    assert [is_good for is_good, _, _ in found] == [True] * 3
    assert "T1" in found[0][1]


async def test_scopes_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    given = ",".join(scope for scope in SCOPES if scope != "chat:write")
    async with answering({"ok": True}, {"x-oauth-scopes": given}) as url:
        found = await of_slack(monkeypatch, url)
    assert (found[1][0], "add chat:write under" in found[1][2]) == (False, True)


async def test_refused_slack_tokens_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering({"ok": False, "error": "invalid_auth"}) as url:
        found = await of_slack(monkeypatch, url)
    assert [(is_good, advice) for is_good, _, advice in found] == [(False, slack.BOT_TOKEN), (False, slack.APP_TOKEN)]


async def test_slack_that_can_not_be_reached_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await of_slack(monkeypatch, "http://127.0.0.1:9/")
    assert [("can't be reached" in what, advice) for _, what, advice in found] == [(True, slack.NETWORK)] * 2


async def test_a_slack_in_trouble_is_not_taken_for_a_wrong_token(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering({"ok": False, "error": "internal_error"}, status=500) as url:
        found = await of_slack(monkeypatch, url)
    assert ["trouble" in advice for _, _, advice in found] == [True] * 2


async def test_a_token_without_a_mode_is_said_before_anything_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await of_slack(monkeypatch, "http://127.0.0.1:9/", SLACK_APP_TOKEN="")
    assert len(found) == 1
    assert "SLACK_SIGNING_SECRET" in found[0][2]


FOR_OAUTH = "“Basic Information”, App Credentials"


@pytest.mark.parametrize(
    ("name", "missing", "where"),
    [
        ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "“OAuth & Permissions”"),
        ("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "“OAuth & Permissions”"),
        ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "App Credentials"),
        ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", FOR_OAUTH),
        ("SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID", FOR_OAUTH),
    ],
)
async def test_half_of_slacks_settings_is_said_to_lack_the_other_half(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, missing: str, where: str
) -> None:
    assert await doctor.run(settings(monkeypatch, DATABASE_URL="sqlite:///none.db", **{name: "x"})) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "Slack" in line]
    assert line.startswith("FAIL  Slack: ")
    assert f"{missing} " in line
    assert where in line


@pytest.mark.parametrize("name", ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"])
async def test_half_of_an_install_by_oauth_is_said_beside_a_bot_that_can_serve(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with answering({"ok": True, "team_id": "T1"}, {"x-oauth-scopes": ",".join(SCOPES)}) as url:
        found = await of_slack(monkeypatch, url, **{name: "x"})
    ((_, what, advice),) = [finding for finding in found if not finding[0]]
    assert what == "Slack's installs by OAuth"
    assert FOR_OAUTH in advice


async def test_a_good_discord_token_gets_the_invite_link_and_hears_of_needless_intents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering({"id": "77", "flags": 1 << 19}) as url:
        found = await of_discord(monkeypatch, url)
    assert [is_good for is_good, _, _ in found] == [True] * 3
    assert "message content" in found[1][2]
    assert found[2][2] == discord.invite("77")
    assert "permissions=274878024704" in found[2][2]


async def test_what_the_bot_may_not_do_on_a_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    embeds = 1 << 14
    servers = [
        {"id": "1", "permissions": str(discord.PERMISSIONS)},
        {"id": "2", "permissions": str(discord.PERMISSIONS & ~embeds)},
        {"id": "3", "permissions": str(ADMINISTRATOR)},
    ]
    async with answering({"id": "77"}, servers=servers) as url:
        found = await of_discord(monkeypatch, url)
    assert [(what, advice) for is_good, what, advice in found if not is_good] == [
        ("Discord server 2", "give the bot's role there: embed links")
    ]


async def test_interactions_that_go_elsewhere_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering({"id": "77", "interactions_endpoint_url": "https://x.test"}) as url:
        found = await of_discord(monkeypatch, url)
    assert (False, "Discord's interactions", discord.ENDPOINT) in found


async def test_shards_that_serving_refuses_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_SHARD_IDS", "7")
    monkeypatch.setenv("DISCORD_SHARD_COUNT", "4")
    async with answering({"id": "77"}) as url:
        found = await of_discord(monkeypatch, url)
    ((what, advice),) = [(what, advice) for is_good, what, advice in found if not is_good]
    assert (what, "DISCORD_SHARD_IDS are numbers below" in advice) == ("Discord's shards", True)


async def test_a_refused_discord_token_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering({"message": "401: Unauthorized"}, status=401) as url:
        assert await of_discord(monkeypatch, url) == [(False, "Discord's token", discord.WRONG)]


@pytest.mark.parametrize("status", [429, 500])
async def test_a_discord_that_is_broken_is_not_taken_for_a_wrong_token(
    monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    async with answering({}, status=status) as url:
        [(is_good, _, advice)] = await of_discord(monkeypatch, url)
    assert (is_good, "can't be reached" in advice) == (False, True)


async def test_discord_that_can_not_be_reached_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    [(is_good, _, advice)] = await of_discord(monkeypatch, "http://127.0.0.1:9/")
    assert (is_good, "can't be reached" in advice) == (False, True)
