"""Installs by OAuth: who may end one, what is kept of it, and whose token serves whom."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import structlog
from cryptography.fernet import Fernet

from adapters.cli import main
from adapters.slack.manifest import SCOPES
from tests.slack.loopback import Loopback, loopback
from tests.slack.payloads import mention_body
from tests.slack.site import KEY, Site, bytes_of, org_install, site, team_install
from tests.support import Clock

# Slack's SDK signs the exchange of the code with a helper that aiohttp will drop in its next major version.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def slack() -> AsyncIterator[Loopback]:
    """Slack, near by."""
    async with loopback() as running:
        yield running


@pytest.fixture
async def bot(tmp_path: Path, slack: Loopback, clock: Clock) -> AsyncIterator[Site]:
    """A bot that nobody has installed yet."""
    async with site(tmp_path, slack, clock) as running:
        yield running


async def test_the_install_page_leads_to_slack_with_a_state_and_the_scopes(bot: Site, slack: Loopback) -> None:
    page = await bot.get("/slack/install")
    assert page.status == 302
    link = urlsplit(page.headers["location"])
    assert link.geturl().startswith(slack.api_url.replace("/api/", "/oauth/v2/authorize?"))
    asked = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert (asked["client_id"], set(asked["scope"].split(","))) == ("1.2", set(SCOPES))
    assert page.cookie.endswith(f"={asked['state']}")
    assert {"httponly", "secure"} <= {part.strip().casefold() for part in page.headers["set-cookie"].split(";")}


async def test_an_install_is_kept_sealed_and_its_token_serves_the_workspace(bot: Site, slack: Loopback) -> None:
    assert (await bot.install(team_install("xoxb-one"), slack)).status == 200
    assert (await bot.install(team_install("xoxb-two", "T2"), slack)).status == 200
    assert b"xoxb" not in bytes_of(bot.database)
    for team, token in (("T1", "xoxb-one"), ("T2", "xoxb-two")):
        assert "acme" in (await bot.slash(f"flag acme mala-paga {team}", team_id=team)).shown
        assert {used for _, used in slack.tokens[-2:]} == {token}
        await bot.event(mention_body("archetypes", "1795539700.000100", team=team))
        assert slack.tokens[-1] == ("chat.postEphemeral", token)
    assert "T2" not in (await bot.slash("show acme", team_id="T1")).shown


async def test_a_workspace_without_the_bot_is_told_so(bot: Site) -> None:
    answer = await bot.slash("flag acme mala-paga", team_id="T9")
    assert answer.status == 200
    assert "I am not installed in this workspace. Ask an administrator to install me." in answer.text
    assert "any more" not in answer.text
    assert (await bot.event(mention_body("archetypes", "1795539700.000100", team="T9"))).status == 200


async def test_a_state_is_good_once_for_its_own_browser_and_ten_minutes(
    bot: Site, slack: Loopback, clock: Clock
) -> None:
    slack.slack.installed = team_install("xoxb-one")

    async def ended(cookie: str, state: str) -> int:
        return (await bot.get("/slack/oauth_redirect", cookie, code="c0de", state=state)).status

    page = await bot.get("/slack/install")
    name = page.cookie.partition("=")[0]
    assert await ended(f"{name}=wrong", "wrong") == 401
    assert await ended("", page.state) == 400
    assert await ended(f"{name}=another", page.state) == 400
    assert await ended(page.cookie, page.state) == 200
    assert await ended(page.cookie, page.state) == 401
    late = await bot.get("/slack/install")
    clock.advance(seconds=601)
    assert await ended(late.cookie, late.state) == 401
    assert len([method for method, _ in slack.tokens if method == "oauth.v2.access"]) == 1


async def test_a_refused_code_installs_nothing_and_says_so(bot: Site, slack: Loopback) -> None:
    page = await bot.install({"error": "invalid_code"}, slack)
    assert page.status == 401
    assert "invalid_code" in page.text
    assert (await bot.slash("help")).text.count("not installed") == 1


async def test_who_cancels_at_slack_reads_why_nothing_happened(bot: Site) -> None:
    page = await bot.get("/slack/oauth_redirect", error="access_denied")
    assert (page.status, "access_denied" in page.text) == (200, True)


async def test_slack_that_cannot_be_reached_during_an_install_is_a_page_with_a_reference(
    tmp_path: Path, clock: Clock, slack: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    async with site(tmp_path, slack, clock, SLACK_API_URL="http://127.0.0.1:9/api/") as bot:
        page = await bot.install({}, slack)
    assert page.status == 500
    assert re.search(r"reference:? [0-9a-f]{8}", page.text)
    assert "c0de" not in "".join(capsys.readouterr())


async def test_a_database_that_is_gone_is_said_to_who_asks_and_an_event_is_left_for_slack_to_send_again(
    bot: Site, slack: Loopback
) -> None:
    await bot.install(team_install("xoxb-one"), slack)
    await bot.router.services.database.close()
    answer = await bot.slash("flag acme mala-paga")
    assert answer.status == 200
    assert re.search(r"reference:? [0-9a-f]{8}", answer.text)
    assert (await bot.event(mention_body("archetypes", "1795539700.000100"))).status == 500


async def test_a_command_is_acknowledged_in_time_while_its_token_is_still_looked_up(bot: Site, slack: Loopback) -> None:
    await bot.install(team_install("xoxb-one"), slack)
    is_busy, is_over = threading.Event(), threading.Event()

    def held_up(_session: object) -> bool:
        is_busy.set()
        return is_over.wait()

    busy = asyncio.create_task(bot.router.services.database.read(held_up))
    await asyncio.to_thread(is_busy.wait)
    try:
        async with asyncio.timeout(3):
            answer = await bot.slash("flag acme mala-paga", response_url=slack.response_url("Uana"))
        assert answer.is_acknowledgement
    finally:
        is_over.set()
    await busy
    await slack.until(lambda seen: bool(seen.messages))
    assert "acme is flagged" in slack.slack.messages[-1].body["text"]
    assert slack.slack.messages[-1].only_for == "Uana"


async def test_an_organisation_installs_once_for_all_its_workspaces(bot: Site, slack: Loopback) -> None:
    assert (await bot.install(org_install("xoxb-org"), slack)).status == 200
    assert (await bot.install(team_install("xoxb-own", "T2"), slack)).status == 200
    for team, token in (("T1", "xoxb-org"), ("T2", "xoxb-own"), ("T3", "xoxb-org")):
        assert "acme" in (await bot.slash("flag acme mala-paga", team_id=team, enterprise_id="E1")).shown
        assert {used for _, used in slack.tokens[-2:]} == {token}
    assert "not installed" in (await bot.slash("help", team_id="T4", enterprise_id="E2")).text


async def test_a_new_key_reads_what_an_old_one_sealed_and_seals_it_anew(
    tmp_path: Path, slack: Loopback, clock: Clock
) -> None:
    newer = Fernet.generate_key().decode()
    async with site(tmp_path, slack, clock) as bot:
        await bot.install(team_install("xoxb-one"), slack)
    both = {"CHAO_SECRET_KEY": f"{newer},{KEY}", "SLACK_APP_TOKEN": "xapp-1"}
    async with site(tmp_path, slack, clock, **both) as bot:
        assert "/client" in (await bot.slash("help")).shown
        running = asyncio.create_task(bot.platform.run())
        await slack.socket()
        running.cancel()
        await asyncio.wait([running])
    async with site(tmp_path, slack, clock, CHAO_SECRET_KEY=newer) as bot:
        assert "/client" in (await bot.slash("help")).shown
    async with site(tmp_path, slack, clock, CHAO_SECRET_KEY=KEY) as bot:
        assert "not installed" in (await bot.slash("help")).text


@pytest.mark.parametrize("key", ["", "not a key", "KEY short"])
def test_installs_without_a_good_key_end_with_one_line(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "hush", "SLACK_SIGNING_SECRET": "s",
        "CHAO_SECRET_KEY": key.replace("KEY", KEY), "DATABASE_URL": f"sqlite:///{tmp_path / 'chao.db'}"}  # fmt: skip
    monkeypatch.chdir(tmp_path)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    try:
        assert main(["serve"]) == 1
    finally:
        structlog.reset_defaults()
    said = capsys.readouterr().err
    first, second = said.splitlines()
    assert first == "chao: not Discord: no token is set"
    assert second.startswith("chao: CHAO_SECRET_KEY is needed")
