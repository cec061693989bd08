"""The HTTP endpoint: signatures, and payloads that Slack never sends: 200 or 4xx, and never a traceback."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import pytest
from starlette.routing import Route
from starlette.types import Message, Receive, Scope

from adapters.http.server import Doors
from adapters.slack.http import MOST_BYTES, Endpoint
from tests.slack.desk import FORM, Desk
from tests.slack.fake import TEAM, Json
from tests.slack.logs import Logs, assert_ids_only

SIGNING = "8f742231b10e8888abcd99yyyzzz85a5"
JSON = "application/json"


class Door:
    """Signed requests to the endpoint."""

    def __init__(self, slack: Desk) -> None:
        self._slack = slack
        self._endpoint = Endpoint(slack.app, slack.slash, SIGNING)

    async def knock(
        self, body: bytes, kind: str = JSON, age: int = 0, signature: str = "", parts: int = 1
    ) -> tuple[int, str]:
        """The status and body of the answer to a request that was signed `age` seconds ago, sent in some parts."""
        scope = {"type": "http", "method": "POST", "path": "/slack/events", "query_string": b""}
        raw = [(b"content-type", kind.encode()), *_signed(body, age, signature)]
        size = -(-len(body) // parts) or 1
        left = [body[start : start + size] for start in range(0, len(body), size)] or [b""]

        async def receive() -> Message:
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

        return await self._answered({**scope, "headers": raw}, receive)

    async def leaves(self, body: bytes) -> int:
        """The status for a sender who goes away after a part of a signed command."""
        got: list[Message] = [
            {"type": "http.request", "body": body, "more_body": True},
            {"type": "http.disconnect"},
        ]

        async def receive() -> Message:
            return got.pop(0)

        return (await self._answered({"type": "http", "method": "POST", "headers": _signed(body)}, receive))[0]

    async def _answered(self, scope: Scope, receive: Receive) -> tuple[int, str]:
        sent = list[Message]()

        async def send(message: Message) -> None:
            sent.append(message)

        await self._endpoint(scope, receive, send)
        await self._slack.office.background.finish()
        return sent[0]["status"], b"".join(message["body"] for message in sent[1:]).decode()


def _signed(body: bytes, age: int = 0, signature: str = "") -> list[tuple[bytes, bytes]]:
    stamp = str(int(time.time()) - age)
    digest = hmac.new(SIGNING.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    given = signature or f"v0={digest}"
    return [(b"x-slack-request-timestamp", stamp.encode()), (b"x-slack-signature", given.encode())]


@pytest.fixture
def door(slack: Desk) -> Door:
    """The way in."""
    return Door(slack)


def command(text: str, **other: str) -> bytes:
    """A slash command as Slack sends it."""
    body = {"token": "", "team_id": TEAM, "user_id": "Uana", "channel_id": "C1", "command": "/client", "text": text}
    return urlencode({**body, "trigger_id": "1.1", **other}).encode()


async def test_a_signed_command_is_answered_in_the_acknowledgement(door: Door) -> None:
    status, body = await door.knock(command("flag acme mala-paga"), FORM)
    assert status == 200
    assert json.loads(body)["response_type"] == "ephemeral"
    assert "acme is flagged" in body


async def test_the_fields_of_a_command_may_come_in_any_order(door: Door) -> None:
    fields = command("flag acme mala-paga").decode().split("&")
    for turn in range(len(fields)):
        status, body = await door.knock("&".join(fields[turn:] + fields[:turn]).encode(), FORM)
        assert status == 200
        assert "acme" in body


@pytest.mark.parametrize("given", [{"age": 301}, {"age": -301}, {"signature": "v0=0"}, {"signature": "é"}])
async def test_a_wrong_signature_or_an_old_one_is_refused_and_nothing_is_done(
    slack: Desk, door: Door, logs: Logs, given: dict[str, int]
) -> None:
    status, _ = await door.knock(command("flag acme mala-paga"), FORM, **given)  # type: ignore[arg-type]  # two kinds
    assert status == 401
    await slack.runs("ana", "list")
    assert "No client has open flags" in slack.sees("ana")[-1].text
    assert "signature_refused" in logs.names


@pytest.mark.parametrize("parts", [1, 7])
async def test_a_body_without_end_is_cut_off_and_of_it_only_the_size_is_logged(
    door: Door, logs: Logs, parts: int
) -> None:
    assert (await door.knock(b"x" * (MOST_BYTES + 1), parts=parts))[0] == 413
    (line,) = [event for event in logs.events if event["event"] == "body_refused"]
    assert set(line) <= {"event", "log_level", "level", "timestamp", "bytes"}
    assert line["bytes"] > MOST_BYTES


async def test_a_body_that_comes_in_parts_is_read_whole(door: Door) -> None:
    assert "acme is flagged" in (await door.knock(command("flag acme mala-paga"), FORM, parts=5))[1]


async def test_of_a_sender_who_went_away_in_the_middle_nothing_is_taken(slack: Desk, door: Door, logs: Logs) -> None:
    assert await door.leaves(command("flag acme mala-paga")) == 413
    assert "body_refused" not in logs.names
    await slack.runs("ana", "list")
    assert "No client has open flags" in slack.sees("ana")[-1].text


async def test_only_posts_get_to_the_endpoint(slack: Desk) -> None:
    sent = list[Message]()

    async def send(message: Message) -> None:
        sent.append(message)

    doors = Doors([Route("/slack/events", Endpoint(slack.app, slack.slash, SIGNING), methods=["POST"])])
    for method in ("GET", "PUT", "DELETE"):
        scope: Scope = {"type": "http", "method": method, "path": "/slack/events", "headers": []}
        await doors(scope, _nothing, send)
    assert [message["status"] for message in sent if "status" in message] == [405] * 3


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


EVENT = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "authorizations": []}
EVENTS: list[Json] = [
    {**EVENT, "event": {"type": "reaction_added", "user": "Uana"}},
    {**EVENT, "event": {"type": "app_mention"}},
    {**EVENT, "event": {"type": "app_mention", "user": "Uana"}},
    {**EVENT, "event": {"type": "app_mention", "user": "Uana", "channel": None, "text": None}},
    {**EVENT, "event": {"type": "message"}},
    {**EVENT, "event": {"type": "message", "channel_type": "im", "subtype": "message_changed"}},
    {**EVENT, "event": {"type": "app_home_opened", "tab": "home"}},
    {**EVENT, "event": {"type": "assistant_thread_started"}},
    {**EVENT, "event": {"type": "tokens_revoked"}},
    {**EVENT, "event": {}},
    {**EVENT, "event": None},
    {**EVENT, "event": "Zeppelin"},
    {"type": "event_callback", "event": {"type": "app_mention", "user": "Uana"}},
    {"type": "url_verification", "challenge": "c"},
    {"type": "Zeppelin"},
    {},
]
INTERACTIONS: list[object] = [
    {"type": "block_actions"},
    {"type": "block_actions", "user": {"id": "Uana"}, "actions": []},
    {"type": "block_actions", "user": {"id": "Uana"}, "actions": [{"action_id": "x", "type": "button"}]},
    {"type": "block_actions", "user": None, "team": None, "actions": [{"action_id": "x", "block_id": "b"}]},
    {"type": "message_action", "callback_id": "flag_client"},
    {"type": "shortcut", "callback_id": "global", "user": {"id": "Uana"}, "team": {"id": TEAM}},
    {"type": "view_submission", "user": {"id": "Uana"}, "view": {}},
    {"type": "view_submission", "user": {"id": "Uana"}, "view": {"callback_id": "flag", "state": {"values": {}}}},
    {"type": "view_closed", "user": {"id": "Uana"}, "view": {"callback_id": "flag"}},
    {"type": "block_suggestion", "user": {"id": "Uana"}},
    {"type": "block_suggestion", "action_id": "value", "block_id": "client"},
    {"type": "Zeppelin"},
    [],
    "Zeppelin",
]
BODIES: list[tuple[bytes, str]] = [
    *((json.dumps(event).encode(), JSON) for event in EVENTS),
    *((urlencode({"payload": json.dumps(body)}).encode(), FORM) for body in INTERACTIONS),
    *((body, kind) for body in (b"", b"{", b"[]", b"7", b"null", b"\xff", b"Traceback") for kind in (JSON, FORM)),
    (b"payload=", FORM), (b"payload=%7B", FORM), (b"payload", FORM), (b"ssl_check=1", FORM), (b"command=/client", FORM),
    (command("", command="/zeppelin"), FORM), (b"x=1&command=/client", FORM), (b"x=1&command=/client&user_id=U1", FORM),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind"), BODIES)
async def test_what_slack_never_sends_is_answered_without_a_traceback(
    door: Door, logs: Logs, body: bytes, kind: str
) -> None:
    status, text = await door.knock(body, kind)
    assert status == 200 or 400 <= status < 500
    assert "Traceback" not in text
    assert_ids_only(logs.lines, ["Traceback"])
