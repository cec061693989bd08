"""The bot is removed from a workspace: its tokens and its data go, at once or after the grace; others keep theirs."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table as SqlTable
from sqlalchemy import func, insert, select
from sqlmodel import Session, SQLModel

from bot.leaving import purge
from bot.reply import Reply, Section
from bot.storage.installations import BY_WORKSPACE
from tests.slack import payloads
from tests.slack.loopback import Loopback, loopback
from tests.slack.site import Site, bytes_of, org_install, site, team_install
from tests.support import START, Clock

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
UNINSTALLED = {"type": "app_uninstalled"}
REVOKED = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}}
ALL = SQLModel.metadata.tables
OWNED = [table for table in SQLModel.metadata.sorted_tables if "workspace_id" in table.columns]
CANARY = "xyzzy"


@pytest.fixture
async def slack() -> AsyncIterator[Loopback]:
    """Slack, near by."""
    async with loopback() as running:
        yield running


@pytest.fixture
async def bot(tmp_path: Path, slack: Loopback, clock: Clock) -> AsyncIterator[Site]:
    """A bot that two workspaces installed, with something in every table for both."""
    async with site(tmp_path, slack, clock) as running:
        await furnished(running, slack)
        yield running


def event_body(event: dict[str, Any], team: str | None = "T1", enterprise: str | None = None) -> dict[str, Any]:
    """An event of the moment at which the tests begin."""
    return payloads.event_body(event, team, enterprise, event_time=int(START.timestamp()))


async def furnished(bot: Site, slack: Loopback) -> None:
    """Two installs, and a row of each in every table."""
    for team in ("T1", "T2"):
        await bot.install(team_install(f"xoxb-{team}", team), slack)
        await bot.slash(f"flag {CANARY}{team} mala-paga", team_id=team)
        await bot.router.services.database.write(partial(fill, key=f"slack:{team}"))


def fill(session: Session, key: str) -> None:
    """A row in every table for a workspace; what belongs to a client belongs to one of its own."""
    connection, (workspaces, clients) = session.connection(), (ALL[name].columns for name in ("workspaces", "clients"))
    owner = connection.execute(select(workspaces.id).where(workspaces.key == key)).scalar_one()
    newest = select(func.max(clients.id)).where(clients.workspace_id == owner)
    for table in OWNED:
        values = {column.name: value(column, key) for column in table.columns if column.name != "id"}
        known = {"workspace_id": owner, "client_id": connection.execute(newest).scalar()}
        values |= {name: number for name, number in known.items() if name in values}
        connection.execute(insert(table).values(values))


def value(column: Any, key: str) -> object:
    """Something of a column's type."""
    if column.nullable:
        return None
    return {str: f"{CANARY} {key}", int: 1, bool: True}.get(column.type.python_type, START)


def rows(bot: Site, key: str) -> dict[str, int]:
    """How many rows a workspace has in each table."""
    with closing(sqlite3.connect(bot.database)) as database:
        return {table.name: count(database, table, key) for table in OWNED}


def count(database: sqlite3.Connection, table: SqlTable, key: str) -> int:
    """How many rows a workspace has in a table."""
    query = f"SELECT count(*) FROM {table.name} JOIN workspaces w ON w.id = workspace_id WHERE w.key = ?"  # noqa: S608 - our own names
    return int(database.execute(query, (key,)).fetchone()[0])


def is_gone(bot: Site, key: str) -> bool:
    """Whether nothing of a workspace is left, its own row included."""
    with closing(sqlite3.connect(bot.database)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = database.execute("SELECT count(*) FROM workspaces WHERE key = ?", (key,)).fetchone()[0]
    return not kept and f"{CANARY} {key}".encode() not in bytes_of(bot.database)


async def test_every_table_with_rows_of_a_workspace_is_erased_with_it() -> None:
    assert {table.name for table in OWNED} == {model.__tablename__ for model in BY_WORKSPACE}


@pytest.mark.parametrize("events", [[UNINSTALLED, REVOKED], [REVOKED, UNINSTALLED], [REVOKED, REVOKED, UNINSTALLED]])
async def test_removing_the_bot_erases_tokens_and_data_in_whatever_order_slack_says_so(
    bot: Site, events: list[dict[str, Any]]
) -> None:
    before = rows(bot, "slack:T2")
    assert min(rows(bot, "slack:T1").values()) >= 1
    for event in events:
        assert (await bot.event(event_body(event))).status == 200
    assert is_gone(bot, "slack:T1")
    assert "not installed" in (await bot.slash("help")).text
    assert rows(bot, "slack:T2") == before
    assert "1 open flag" in (await bot.slash(f"show {CANARY}T2", team_id="T2")).shown


async def test_a_persons_revoked_token_changes_nothing(bot: Site) -> None:
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["Uana"], "bot": []}}
    assert (await bot.event(event_body(revoked))).status == 200
    assert "1 open flag" in (await bot.slash(f"show {CANARY}T1")).shown


@pytest.fixture
async def patient(tmp_path: Path, slack: Loopback, clock: Clock) -> AsyncIterator[Site]:
    """A bot whose operator keeps data for a week."""
    async with site(tmp_path, slack, clock, CHAO_GRACE_DAYS="7") as running:
        await furnished(running, slack)
        for event in (UNINSTALLED, REVOKED):
            await running.event(event_body(event))
        yield running


async def test_with_a_grace_only_the_data_stays_until_it_is_over(patient: Site, clock: Clock) -> None:
    assert "not installed" in (await patient.slash("help")).text
    clock.advance(days=6)
    assert (await purge(patient.router.services), is_gone(patient, "slack:T1")) == (0, False)
    clock.advance(days=1)
    assert (await purge(patient.router.services), is_gone(patient, "slack:T1")) == (1, True)
    assert not is_gone(patient, "slack:T2")


async def test_who_installs_again_within_the_grace_finds_everything(
    patient: Site, slack: Loopback, clock: Clock
) -> None:
    await patient.install(team_install("xoxb-again"), slack)
    clock.advance(days=30)
    assert await purge(patient.router.services) == 0
    assert "1 open flag" in (await patient.slash(f"show {CANARY}T1")).shown


@pytest.mark.parametrize("event", [UNINSTALLED, REVOKED])
async def test_news_of_a_removal_that_come_after_the_next_install_erase_nothing(
    bot: Site, slack: Loopback, clock: Clock, event: dict[str, Any]
) -> None:
    removed = event_body(event)
    await bot.event(removed)
    clock.advance(seconds=30)
    await bot.install(team_install("xoxb-again"), slack)
    await bot.slash(f"flag {CANARY} mala-paga")
    assert (await bot.event(removed)).status == 200
    assert "1 open flag" in (await bot.slash(f"show {CANARY}")).shown
    later = int(clock().timestamp())
    await bot.event({**removed, "event_time": later})
    assert is_gone(bot, "slack:T1")


async def test_who_installs_a_single_workspaces_bot_again_finds_everything(
    tmp_path: Path, slack: Loopback, clock: Clock
) -> None:
    alone = {"SLACK_CLIENT_ID": "", "SLACK_BOT_TOKEN": "xoxb-1", "CHAO_GRACE_DAYS": "7"}
    async with site(tmp_path, slack, clock, **alone) as bot:
        await bot.slash(f"flag {CANARY} mala-paga")
        await bot.event(event_body(UNINSTALLED))
    alone |= {"SLACK_BOT_TOKEN": "xoxb-2"}
    async with site(tmp_path, slack, clock, **alone) as bot:
        await bot.platform.stay()
        clock.advance(days=30)
        assert await purge(bot.router.services) == 0
        assert "1 open flag" in (await bot.slash(f"show {CANARY}")).shown


@pytest.fixture
async def organised(tmp_path: Path, slack: Loopback, clock: Clock) -> AsyncIterator[Site]:
    """A bot of an organisation with two workspaces, one of which also installed it itself, and of another team."""
    async with site(tmp_path, slack, clock) as running:
        await running.install(org_install("xoxb-org"), slack)
        await running.install(team_install("xoxb-own", "T2"), slack)
        await running.install(team_install("xoxb-else", "T3"), slack)
        for team, enterprise in (("T1", "E1"), ("T2", "E1"), ("T3", None)):
            await running.slash(f"flag {CANARY} mala-paga", team_id=team, enterprise_id=enterprise)
        yield running


@pytest.mark.parametrize("team", [None, "T1"])
async def test_an_organisation_that_removes_the_bot_leaves_nothing_of_its_workspaces(
    organised: Site, team: str | None
) -> None:
    body = event_body(UNINSTALLED, None, "E1") | {"team_id": team}
    assert (await organised.event(body)).status == 200
    assert is_gone(organised, "slack:T1")
    assert "not installed" in (await organised.slash("help", team_id="T1", enterprise_id="E1")).text
    for other, enterprise in (("T2", "E1"), ("T3", None)):
        assert "1 open flag" in (await organised.slash(f"show {CANARY}", team_id=other, enterprise_id=enterprise)).shown


async def test_a_workspace_that_removes_its_own_install_leaves_the_organisations_alone(organised: Site) -> None:
    assert (await organised.event(event_body(UNINSTALLED, "T2", "E1"))).status == 200
    assert is_gone(organised, "slack:T2")
    assert "1 open flag" in (await organised.slash(f"show {CANARY}", team_id="T1", enterprise_id="E1")).shown


async def test_a_workspace_that_is_taken_out_of_an_organisations_install_leaves_nothing(organised: Site) -> None:
    taken_out = {"type": "team_access_revoked", "team_ids": ["T1", "T2"]}
    assert (await organised.event(event_body(taken_out, None, "E1"))).status == 200
    assert is_gone(organised, "slack:T1")
    for own, enterprise in (("T2", "E1"), ("T3", None)):  # they have installs of their own
        assert "1 open flag" in (await organised.slash(f"show {CANARY}", team_id=own, enterprise_id=enterprise)).shown


async def test_late_news_that_a_workspace_was_taken_out_erase_nothing(organised: Site, clock: Clock) -> None:
    late = event_body({"type": "team_access_revoked", "team_ids": ["T1"]}, None, "E1")
    again = event_body({"type": "team_access_granted", "team_ids": ["T1"]}, None, "E1")
    await organised.event({**again, "event_time": again["event_time"] + 300})
    clock.advance(minutes=30)
    await organised.event(late)
    assert "1 open flag" in (await organised.slash(f"show {CANARY}", team_id="T1", enterprise_id="E1")).shown


async def test_a_workspace_that_comes_back_within_the_grace_keeps_its_data(
    tmp_path: Path, slack: Loopback, clock: Clock
) -> None:
    async with site(tmp_path, slack, clock, CHAO_GRACE_DAYS="1") as bot:
        await bot.install(org_install("xoxb-org", "E1"), slack)
        await bot.slash(f"flag {CANARY} mala-paga", team_id="T1", enterprise_id="E1")
        for change in ("team_access_revoked", "team_access_granted"):
            await bot.event(event_body({"type": change, "team_ids": ["T1"]}, None, "E1"))
        clock.advance(days=2)
        await purge(bot.router.services)
        assert "1 open flag" in (await bot.slash(f"show {CANARY}", team_id="T1", enterprise_id="E1")).shown


async def test_a_summary_finds_the_organisations_token_after_a_restart(
    organised: Site, tmp_path: Path, slack: Loopback, clock: Clock
) -> None:
    assert organised.database.exists()
    async with site(tmp_path, slack, clock) as again:
        await again.platform.poster.tell("slack:T1", "Uana", Reply(blocks=(Section("hello"),)))
    assert slack.tokens[-1] == ("chat.postMessage", "xoxb-org")
