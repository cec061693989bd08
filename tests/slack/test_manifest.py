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

ROOT = Path(__file__).parents[2]


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


def test_what_the_web_api_methods_need_is_asked_for() -> None:
    for path in sorted((FOLDER / "methods").glob("*.json")):
        published = method(path.stem)
        needed = ((published or {}).get("scope") or {}).get("bot") or []
        assert not needed or set(needed) & set(SCOPES), path.stem
