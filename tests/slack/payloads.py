"""Payloads as Slack sends them, and their signatures, for tests that speak to a running bot."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.slack.contracts import sample, schema
from tests.slack.fake import BOT, CHANNEL, TEAM

Json = dict[str, Any]
SIGNING = "8f742231b10e8888abcd99yyyzzz85a5"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_numbers = itertools.count(1)


def slash_body(text: str, user: str = "Uana", team: str = TEAM, response_url: str = "") -> Json:
    """A `/client` line."""
    body = {
        **sample("SlashCommandPayload"), "team_id": team, "user_id": user, "channel_id": CHANNEL, "text": text,
        "command": "/client", "trigger_id": f"{next(_numbers)}.9.t", "response_url": response_url,
        "is_enterprise_install": "false",
    }  # fmt: skip
    assert schema("SlashCommandBody").is_valid(body)
    return body


def mention_body(text: str, ts: str, user: str = "Uana", team: str = TEAM) -> Json:
    """A mention of the bot in the channel."""
    event = {"type": "app_mention", "user": user, "channel": CHANNEL, "text": f"<@{BOT}> {text}", "ts": ts,
        "team": team, "event_ts": ts}  # fmt: skip
    return event_body(event, team)


def event_body(event: Json, team: str | None = TEAM, enterprise: str | None = None, **outer: object) -> Json:
    """An event of the Events API; without a team it concerns a whole organisation."""
    is_org = team is None
    given = {"team_id": team, "enterprise_id": enterprise, "user_id": BOT, "is_bot": True,
        "is_enterprise_install": is_org}  # fmt: skip
    return {
        "type": "event_callback", "team_id": team, "enterprise_id": enterprise, "event_id": f"Ev{next(_numbers)}",
        "event": event, "authorizations": [given], "token": "t", "api_app_id": "A1", "event_time": int(time.time()),
        **outer,
    }  # fmt: skip


def form(body: Json) -> tuple[str, str]:
    """A slash command's request: body and content type."""
    return urlencode(body), FORM


def as_json(body: Json) -> tuple[str, str]:
    """An event's request: body and content type."""
    return json.dumps(body), JSON


def signature(body: str, at: float | None = None, key: str = SIGNING) -> Mapping[str, str]:
    """The headers that prove who sent a body (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(key.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
