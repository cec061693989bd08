"""`chao doctor` where workspaces install the bot themselves: how many did, and whether it can serve each of them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from cryptography.fernet import Fernet

from adapters import doctor
from adapters.slack import doctor as slack
from adapters.slack.manifest import SCOPES
from adapters.slack.secrets import Vault
from bot.settings import Settings
from bot.storage.installations import save_installation
from tests.adapters.near import near
from tests.support import START, new_database

Finding = tuple[bool, str, str]
KEY, OTHER = (Fernet.generate_key().decode() for _ in range(2))
ALL = ",".join(SCOPES)


@asynccontextmanager
async def answering(scopes: Mapping[str, str]) -> AsyncIterator[str]:
    """A Slack that knows these tokens, by their scopes; its address."""

    async def answer(request: web.Request) -> web.Response:
        given = scopes.get(request.headers["Authorization"].removeprefix("Bearer "))
        if given is None:
            return web.json_response({"ok": False, "error": "token_revoked"})
        body = {"ok": True, "team_id": "T1", "team": "Zeppelin Ltd", "user": "zeppelin"}
        return web.json_response(body, headers={"x-oauth-scopes": given})

    async with near(answer) as address:
        yield f"{address}api/"


def settings(database: Path | str, url: str) -> Settings:
    where = f"sqlite:///{database}" if isinstance(database, Path) else database
    return Settings.model_validate(
        {
            "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "hush", "SLACK_SIGNING_SECRET": "s",
            "CHAO_SECRET_KEY": KEY, "DATABASE_URL": where, "SLACK_API_URL": url,
        }
    )  # fmt: skip


async def installed(path: Path, tokens: Mapping[str, str], key: str = KEY) -> None:
    """Workspaces that installed the bot, by their key, with their tokens."""
    database = new_database(path)
    for name, token in tokens.items():
        sealed = Vault(key).seal(json.dumps({"bot_token": token, "team_id": name}))
        await database.write(partial(save_installation, key=name, sealed=sealed, now=START))
    await database.close()


async def found(database: Path | str, url: str) -> list[Finding]:
    """What the doctor finds of the installs; the line on HTTP is of another test."""
    return [one async for one in slack.findings(settings(database, url)) if one[1] != "Slack over HTTP"]


async def test_every_workspace_is_asked_for_whether_its_token_works_and_what_it_may(tmp_path: Path) -> None:
    tokens = {"slack:T1": "xoxb-good", "slack:T2": "xoxb-less", "slack:T3": "xoxb-gone", "slack:E4": "xoxb-good"}
    await installed(tmp_path / "chao.db", tokens)
    less = ",".join(scope for scope in SCOPES if scope not in ("chat:write", "users:read"))
    async with answering({"xoxb-good": ALL, "xoxb-less": less}) as url:
        seen = await found(tmp_path / "chao.db", url)
    again = "install it there again, at /slack/install of your public address"
    assert seen == [
        (True, "Slack's installs by OAuth (4)", ""),
        (True, "Slack's organisation E4", ""),
        (True, "Slack's workspace T1", ""),
        (False, "Slack's workspace T2", f"it lacks chat:write, users:read: {again}"),
        (False, "Slack's workspace T3 (token_revoked)", again),
    ]
    assert "xoxb" not in str(seen)
    assert "eppelin" not in str(seen)


async def test_of_many_workspaces_twenty_are_asked_for_and_that_is_said(tmp_path: Path) -> None:
    await installed(tmp_path / "chao.db", {f"slack:T{number}": "xoxb-good" for number in range(23)})
    async with answering({"xoxb-good": ALL}) as url:
        first, *rest = await found(tmp_path / "chao.db", url)
    assert first == (True, "Slack's installs by OAuth (23)", "20 of them are looked at below")
    assert len(rest) == 20


async def test_a_token_that_no_key_opens_says_which_workspace_and_what_to_do(tmp_path: Path) -> None:
    await installed(tmp_path / "chao.db", {"slack:T1": "xoxb-good"})
    await installed(tmp_path / "chao.db", {"slack:T2": "xoxb-good"}, OTHER)
    async with answering({"xoxb-good": ALL}) as url:
        bad = [one for one in await found(tmp_path / "chao.db", url) if not one[0]]
    assert [what for _, what, _ in bad] == ["Slack's workspace T2 (its token can't be opened)"]
    assert "put the key that sealed it behind the others in CHAO_SECRET_KEY" in bad[0][2]


@pytest.mark.parametrize("has_tables", [True, False])
async def test_where_nobody_installed_the_bot_yet_it_says_where_to(tmp_path: Path, *, has_tables: bool) -> None:
    if has_tables:
        await installed(tmp_path / "chao.db", {})
    seen = await found(tmp_path / "chao.db", "http://127.0.0.1:9/api/")
    assert seen == [(True, "Slack's installs by OAuth (none yet)", "open /slack/install of your public address")]
    assert (tmp_path / "chao.db").exists() is has_tables


@pytest.mark.parametrize("database", ["postgresql://chao@127.0.0.1:9/chao", "mysql://x", "sqlite:///{folder}"])
async def test_a_database_out_of_reach_leaves_the_installs_unknown(tmp_path: Path, database: str) -> None:
    seen = await found(database.format(folder=tmp_path), "http://127.0.0.1:9/api/")
    assert [(is_good, what) for is_good, what, _ in seen] == [(False, "Slack's installs by OAuth")]
    assert "what is wrong with the database stands above" in seen[0][2]


async def test_slack_out_of_reach_is_said_once_for_all_workspaces(tmp_path: Path) -> None:
    await installed(tmp_path / "chao.db", {"slack:T1": "xoxb-good", "slack:T2": "xoxb-good"})
    seen = await found(tmp_path / "chao.db", "http://127.0.0.1:9/api/")
    assert seen == [
        (True, "Slack's installs by OAuth (2)", ""),
        (False, "Slack's workspaces (Slack can't be reached)", slack.NETWORK),
    ]


async def test_no_line_on_platforms_is_in_order_while_one_of_them_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await installed(tmp_path / "chao.db", {"slack:T3": "xoxb-gone"})
    async with answering({}) as url:
        assert await doctor.run(settings(tmp_path / "chao.db", url)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert not [line for line in lines if line[6:].startswith("platforms")]
    assert [line.partition(":")[0] for line in lines if line.startswith("FAIL")] == [
        "FAIL  Slack's workspace T3 (token_revoked)"
    ]


async def test_where_no_platform_is_set_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await doctor.run(Settings.model_validate({"DATABASE_URL": f"sqlite:///{tmp_path / 'chao.db'}"}))
    assert "ok    platforms: no platform's token is set" in capsys.readouterr().out
