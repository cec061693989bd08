"""The manifest is as Slack publishes it, says only what the bot uses, and is explained to whoever installs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft7Validator

from adapters.slack.manifest import EVENTS, SCOPES, manifest
from bot.features.registry import commands
from tests.slack.contracts import FOLDER, method, schema
from tests.slack.desk import Desk
from tests.slack.fake import TEAM, Fault

ROOT = Path(__file__).parents[2]
LATE = "Acme hasn't paid the invoice in two months"
# https://docs.slack.dev/reference/events: the scope under which an event is sent; the others need none.
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "assistant_thread_started": "assistant:write",
    "assistant_thread_context_changed": "assistant:write",
}


@pytest.fixture(params=["", "https://chao.example.com/"])
def made(request: pytest.FixtureRequest) -> dict[str, Any]:
    return manifest(commands(), str(request.param))


def test_slack_takes_the_manifest(made: dict[str, Any]) -> None:
    validator: Draft7Validator = schema("manifest")
    assert [problem.message for problem in validator.iter_errors(made)] == []


def test_every_address_is_the_public_one_or_there_is_none() -> None:
    assert "http" not in yaml.safe_dump(manifest(commands()))
    made = manifest(commands(), "https://chao.example.com")
    assert made["features"]["slash_commands"][0]["url"] == "https://chao.example.com/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False


def test_the_manifest_in_deploy_is_the_one_that_is_printed() -> None:
    kept = yaml.safe_load((ROOT / "deploy" / "slack" / "manifest.yaml").read_text("utf-8"))
    assert kept == manifest(commands())


def test_every_scope_and_event_is_explained_where_people_read_it() -> None:
    page = (ROOT / "docs" / "slack.md").read_text("utf-8")
    for name, reason in {**SCOPES, **EVENTS}.items():
        assert f"| `{name}` | {reason} |" in page


async def test_every_scope_and_event_is_used(slack: Desk) -> None:
    used = {"commands"}
    for channel, is_private in (("C1", False), ("C2", True)):
        slack.slack.channels[channel] = {"id": channel, "is_private": is_private}
        slack.channel = channel
        slack.slack.faults["chat.postMessage"] = [Fault(503, is_done=True)]
        await slack.says("ana", LATE)
    slack.slack.faults["chat.postMessage"] = [Fault(503, is_done=True)]
    await slack.writes("ana", LATE)
    for number in range(4):
        await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason=f"{number}" + "x" * 2_900)
    await slack.runs("ana", "export")
    await slack.opens_pane("ana")
    await slack.opens_home("ana")
    await slack.sends_event({"type": "assistant_thread_context_changed"})
    for change in ("team_access_granted", "team_access_revoked"):
        await slack.sends_event({"type": change, "team_ids": [TEAM]})
    for gone in ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}):
        await slack.sends_event(gone)
    used |= slack.slack.used_scopes | {EVENT_SCOPES[name] for name in slack.heard if name in EVENT_SCOPES}
    assert used == set(SCOPES)
    assert slack.heard == set(EVENTS)


async def test_the_command_and_the_entry_of_messages_are_those_that_are_handled(slack: Desk) -> None:
    made = manifest(commands())["features"]
    await slack.uses_shortcut("ana", LATE, callback_id=made["shortcuts"][0]["callback_id"])
    assert "Client" in slack.modal("ana").text
    await slack.types("ana", "help")
    assert slack.slack.visible("Uana")
    assert made["slash_commands"][0]["command"] == "/client"


def test_what_the_web_api_methods_need_is_asked_for() -> None:
    for path in sorted((FOLDER / "methods").glob("*.json")):
        published = method(path.stem)
        needed = ((published or {}).get("scope") or {}).get("bot") or []
        assert not needed or set(needed) & set(SCOPES), path.stem
