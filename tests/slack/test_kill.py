"""What was confirmed is there, also when the process is killed in the middle of it."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import aiohttp
import pytest

from tests.slack.fake import Fault
from tests.slack.loopback import loopback
from tests.slack.payloads import mention_body
from tests.slack.process import Chao, over_http, serving

FLAGS, ENOUGH = 200, 50
NOBODY = "http://127.0.0.1:9/api/"


async def flag(chao: Chao, number: int, confirmed: list[int]) -> None:
    """Flag a client of its own; the process is killed once enough were confirmed."""
    try:
        answer = await chao.slash(f"flag client{number} mala-paga reason{number}")
    except aiohttp.ClientError:
        return
    if not answer.is_acknowledgement and f"client{number}" in answer.shown:
        confirmed.append(number)
    if len(confirmed) == ENOUGH:
        chao.process.kill()


async def test_every_flag_that_was_confirmed_is_there_after_a_kill(tmp_path: Path) -> None:
    confirmed: list[int] = []
    async with serving(tmp_path, **over_http(NOBODY)) as chao:
        await chao.slash("help")
        await asyncio.gather(*(flag(chao, number, confirmed) for number in range(FLAGS)))
        assert await chao.process.wait() == -9
    assert ENOUGH <= len(confirmed) < FLAGS
    async with serving(tmp_path, **over_http(NOBODY)) as chao:
        shown = [(await chao.slash(f"show client{number}")).shown for number in confirmed]
    assert [n for n, text in zip(confirmed, shown, strict=True) if f"reason{n}" not in text] == []


def aged(path: Path) -> None:
    """What happened up to now happened a quarter of an hour ago."""
    with sqlite3.connect(path) as database:
        database.execute("UPDATE seen_events SET at = datetime(at, '-15 minutes')")
    database.close()


async def test_who_was_not_answered_because_of_a_kill_is_answered_once_by_the_next_process(tmp_path: Path) -> None:
    body = mention_body("flag acme mala-paga they pay late", "1795539700.000100")
    async with loopback() as slack, serving(tmp_path, **over_http(slack.api_url)) as chao:
        slack.slack.faults["chat.postEphemeral"] = [Fault(503)]
        slack.slack.faults["conversations.open"] = [Fault(503)] * 9
        delivery = asyncio.create_task(chao.event(body))
        await slack.until(lambda seen: any(method == "chat.postEphemeral" for method, _ in seen.calls))
        chao.process.kill()
        with pytest.raises(aiohttp.ClientError):
            await delivery
    async with loopback() as slack, serving(tmp_path, **over_http(slack.api_url)) as chao:
        assert (await chao.event(body)).status == 503
        aged(chao.database)
        for _ in range(2):
            assert (await chao.event(body)).status == 200
        assert [message.only_for for message in slack.slack.messages] == ["Uana"]
        assert (await chao.slash("show acme")).shown.count("they pay late") == 1
