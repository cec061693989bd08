"""Installs for a whole organisation: Slack names the organisation with a window, what is written is a workspace's."""

from __future__ import annotations

import json

import pytest

from adapters.slack.parse import Origin
from tests.slack.desk import Desk
from tests.slack.fake import CHANNEL, TEAM, Json

LATE = "Acme's invoice has not been paid for two months"
PERSONS = pytest.mark.parametrize(("is_named", "home"), [(True, TEAM), (True, "E1"), (False, "E1"), (False, TEAM)])


def of_organisation(body: Json, home: str, *, is_named: bool = True) -> Json:
    """A payload as of an organisation's install, where Slack may name no workspace (bolt-js#1720)."""
    team = {"id": TEAM, "domain": "t", "enterprise_id": "E1"} if is_named else None
    view = {**body["view"], "app_installed_team_id": "E1", "team_id": TEAM if is_named else "E1"}
    person = {**body["user"], "team_id": home}
    enterprise = {"id": "E1", "name": "org"}
    return {**body, "team": team, "enterprise": enterprise, "user": person, "view": view, "is_enterprise_install": True}


@PERSONS
async def test_a_window_writes_for_the_workspace_in_which_it_was_opened(
    slack: Desk, *, is_named: bool, home: str
) -> None:
    await slack.uses_shortcut("ana", LATE)
    body = slack.submission("ana", client="acme", archetype="mala-paga", reason="inv 104")
    assert slack.takes("ana", await slack.interacts(of_organisation(body, home, is_named=is_named))) == {}
    assert "inv 104" in await slack.history("bea", "acme")


@PERSONS
async def test_the_clients_offered_in_a_window_are_the_workspaces_own(
    slack: Desk, *, is_named: bool, home: str
) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.uses_shortcut("ana", LATE)
    typed = {"type": "block_suggestion", "action_id": "value", "block_id": "client", "value": "ac"}
    body = of_organisation(slack.submission("ana") | typed, home, is_named=is_named)
    answer = json.loads((await slack.interacts(body)).body)
    assert [option["value"] for option in answer["options"]] == ["acme", "ac"]


@PERSONS
async def test_a_button_of_the_front_page_shows_the_workspaces_client(
    slack: Desk, *, is_named: bool, home: str
) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    slack.slack.messages.clear()
    await slack.opens_home("ana")
    await slack.interacts(of_organisation(slack.press("ana", "acme"), home, is_named=is_named))
    assert "inv 104" in slack.modal("ana").text
    await slack.interacts(of_organisation(slack.press("ana", "What do I do?"), home, is_named=is_named))
    assert "late-payment pattern" in slack.modal("ana").text
    assert slack.origin("ana").team == TEAM


@pytest.mark.parametrize("home", [TEAM, "E1"])
async def test_a_window_of_the_version_before_is_still_understood(slack: Desk, home: str) -> None:
    await slack.uses_shortcut("ana", LATE)
    ts = slack.origin("ana").message
    body = of_organisation(slack.submission("ana", client="acme", archetype="mala-paga"), home)
    body["view"]["private_metadata"] = json.dumps([CHANNEL, "", ts, False, ""])
    assert slack.takes("ana", await slack.interacts(body)) == {}
    assert slack.origin("ana") == Origin(CHANNEL, "", ts, team=TEAM)
    assert "1 open flag" in await slack.history("bea", "acme")
