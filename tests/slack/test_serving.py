"""`chao serve` as a process: signed requests over HTTP, Slack's Web API on this machine."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.slack.fake import CHANNEL, FakeSlack
from tests.slack.loopback import Loopback, loopback
from tests.slack.payloads import FORM, form, mention_body, slash_body
from tests.slack.process import Chao, listening, over_http, serving, started

pytestmark = pytest.mark.asyncio(loop_scope="module")
MINUTE = 60


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def slack() -> AsyncIterator[Loopback]:
    """Slack, near by."""
    async with loopback() as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chao(slack: Loopback, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Chao]:
    """One process for the tests that leave it running, which starts from nothing."""
    home = tmp_path_factory.mktemp("serving")
    async with listening(home, started(home, CHAO_HTTP_PORT="0", **over_http(slack.api_url))) as running:
        yield running


def written(chao: Chao, reason: str) -> int:
    """How many flags with this reason are in the file."""
    with sqlite3.connect(chao.database) as database:
        count = database.execute("SELECT count(*) FROM flags WHERE reason = ?", (reason,)).fetchone()[0]
    database.close()
    return int(count)


async def test_slack_is_asked_whether_the_token_is_good(chao: Chao, slack: Loopback) -> None:
    assert chao.url
    await slack.until(lambda seen: ("auth.test", {}) in seen.calls)


async def test_a_flag_is_confirmed_in_the_acknowledgement_and_shown_to_who_asks(chao: Chao) -> None:
    assert "acme" in (await chao.slash('flag acme mala-paga "inv 104"')).shown
    assert written(chao, "inv 104") == 1
    assert "inv 104" in (await chao.slash("show acme", user="Ubea")).shown
    assert "/client flag" in (await chao.slash("")).shown


async def test_a_mention_is_answered_once_in_its_thread(chao: Chao, slack: Loopback) -> None:
    body = mention_body("the client has not paid the invoice in two months", "1795539700.000100")
    assert (await chao.event(body)).status == 200
    # While the answer may be on its way Slack is told to ask again later.
    assert (await chao.event(body)).status in (200, 503)
    await slack.until(lambda seen: bool(seen.messages))
    await chao.slash("help")
    posted = [params for method, params in slack.slack.calls if method == "chat.postMessage"]
    assert [(params["channel"], params["thread_ts"]) for params in posted] == [(CHANNEL, "1795539700.000100")]


async def test_a_request_that_slack_did_not_sign_is_refused_and_does_nothing(chao: Chao) -> None:
    body, kind = form(slash_body("flag hooli insaciable forged"))
    assert (await chao.post(body, kind, key="another")).status == 401
    assert (await chao.post(body, kind, at=time.time() - 6 * MINUTE)).status == 401
    assert (await chao.post(body, kind, at=time.time() + 6 * MINUTE)).status == 401
    async with chao.http.post(f"{chao.url}/slack/events", data=body, headers={"Content-Type": FORM}) as unsigned:
        assert unsigned.status == 401
    assert written(chao, "forged") == 0


async def test_a_link_in_a_message_is_not_taken_for_a_command(chao: Chao, slack: Loopback) -> None:
    body = mention_body("archetypes", "1795539700.000200", "Ulink")
    body["event"]["attachments"] = [{"original_url": "https://x.test/?a=1&command=2"}]
    assert (await chao.event(body)).status == 200
    await slack.until(lambda seen: any(m.only_for == "Ulink" for m in seen.messages))


async def test_it_tells_how_it_is(chao: Chao) -> None:
    await chao.slash("list")
    assert (await chao.get("/healthz")).text == "ok"
    ready = await chao.get("/readyz")
    assert (ready.status, ready.body) == (200, {"database": True, "slack": True})
    metrics = (await chao.get("/metrics")).text
    assert 'chao_event_seconds_count{event="list"} ' in metrics
    assert 'chao_platform_ready{platform="slack"} 1.0' in metrics
    assert (await chao.get("/nothing")).status == 404


async def test_with_the_database_locked_a_command_is_acknowledged_in_time_and_answered_late_in_private(
    chao: Chao, slack: Loopback
) -> None:
    other = sqlite3.connect(chao.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    try:
        assert (
            await chao.slash("flag initech pichirre waited", "Ulate", slack.response_url("Ulate"))
        ).is_acknowledgement
        assert time.monotonic() - start < 3
        assert "I know no client" in (await chao.slash("show initech")).shown
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(4 - (time.monotonic() - start)):
                await slack.until(_is_answered)
    finally:
        other.execute("ROLLBACK")
        other.close()
    await slack.until(_is_answered)
    assert written(chao, "waited") == 1


def _is_answered(seen: FakeSlack) -> bool:
    return any("initech" in message.body["text"] for message in seen.messages if message.only_for == "Ulate")


async def test_a_command_is_answered_while_slack_cannot_be_reached(tmp_path: Path) -> None:
    async with serving(tmp_path, **over_http("http://127.0.0.1:9/api/")) as chao:
        start = time.monotonic()
        assert "acme" in (await chao.slash("flag acme mala-paga")).shown
        assert time.monotonic() - start < 3


async def test_sigterm_ends_in_ten_seconds_after_what_was_accepted(tmp_path: Path, slack: Loopback) -> None:
    async with serving(tmp_path, **over_http(slack.api_url, CHAO_LOG_LEVEL="DEBUG")) as chao:
        await chao.slash("flag acme mala-paga")
        with sqlite3.connect(chao.database, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            late = chao.slash("flag umbrella abusivo accepted", "Uend", slack.response_url("Uend"))
            assert (await late).is_acknowledgement
            chao.terminate()
            start = time.monotonic()
            other.execute("ROLLBACK")
        other.close()
        code, said = await chao.ended()
        assert code == 0
        assert time.monotonic() - start < 10
        assert [word for word in ("acme", "umbrella", "accepted", "xoxb") if word in said] == []
        assert written(chao, "accepted") == 1
    assert any("umbrella" in m.body["text"] for m in slack.slack.messages if m.only_for == "Uend")


async def test_ten_mentions_in_one_channel_are_all_answered_before_a_stop(tmp_path: Path, slack: Loopback) -> None:
    before = len(slack.slack.messages)
    bodies = [mention_body("the client has not paid the invoice in two months", f"17955398{n}.0001") for n in range(10)]
    async with serving(tmp_path, **over_http(slack.api_url)) as chao:
        assert {answer.status for answer in await asyncio.gather(*map(chao.event, bodies))} == {200}
        start = time.monotonic()
        chao.terminate()
        assert (await chao.ended())[0] == 0
        assert time.monotonic() - start < 10
    answered = {message.thread for message in slack.slack.messages[before:]}
    assert answered >= {body["event"]["ts"] for body in bodies}


RUBBISH = (
    b"zeppelin\r\n\r\n",
    b"GET /zeppelin HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: zeppelin\r\n\r\n",
)


async def test_what_the_http_server_says_of_rubbish_is_logged_as_json_and_not_what_was_sent(
    slack: Loopback, tmp_path: Path
) -> None:
    async with serving(tmp_path, **over_http(slack.api_url)) as chao:
        for rubbish in RUBBISH:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(chao.url.rpartition(":")[2]))
            writer.write(rubbish)
            assert await reader.readline()
            writer.close()
        chao.terminate()
        code, said = await chao.ended()
    lines = [json.loads(line) for line in said.splitlines()]
    assert code == 0
    assert {(line["event"], line["level"], line["logger"]) for line in lines} == {
        ("library", "warning", "uvicorn.error")
    }
    assert "zeppelin" not in said
