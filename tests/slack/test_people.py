"""Who somebody is, where Slack does not say: a guest is never shown what is the team's, a member is not locked out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import SlackApi
from adapters.slack.logs import quiet_logger
from adapters.slack.parse import Source
from adapters.slack.people import FRESH_SECONDS, People
from tests.slack.desk import Desk
from tests.slack.fake import BASE, FakeSlack, Fault
from tests.slack.logs import Logs
from tests.slack.transport import FakeSession
from tests.slack.virtual import at_once

REASON = "I show no clients or flags"
UNSEEN = ["missing_scope", "user_not_found", "user_not_visible"]
SILENT = [Fault(error="unknown_method"), Fault(404), Fault(503), Fault(429, error="ratelimited"),
    Fault(raises=TimeoutError())]  # fmt: skip


@pytest.mark.parametrize("code", UNSEEN)
async def test_whom_slack_refuses_to_show_is_shown_no_flags(slack: Desk, logs: Logs, code: str) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    slack.slack.refuse("users.info", code)
    for command in ("show acme", "list"):
        await slack.types("gus", command)
        assert REASON in slack.sees("gus")[-1].text
    await slack.opens_home("gus")
    assert "acme" not in slack.home("gus")
    assert [line["code"] for line in logs.events if line["event"] == "person_unseen"] == [code]


@pytest.mark.parametrize("fault", SILENT)
async def test_a_slack_that_does_not_say_who_somebody_is_locks_nobody_out(slack: Desk, fault: Fault) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    slack.slack.faults["users.info"] = [fault]
    await slack.types("bea", "show acme")
    assert "1 open flag" in slack.sees("bea")[-1].text


@pytest.mark.parametrize(("seconds", "asked"), [(FRESH_SECONDS - 1, 1), (FRESH_SECONDS + 1, 2)])
def test_slack_is_asked_who_somebody_is_every_few_minutes(seconds: float, asked: int) -> None:
    fake = FakeSlack(people={"Uana": {"id": "Uana"}})

    async def run() -> None:
        people, api, source = People(), _api(fake), Source("T1", "", "Uana")
        for _ in range(2):
            await people.asker(source, api)
            await asyncio.wait([asyncio.create_task(asyncio.Event().wait())], timeout=seconds)

    at_once(run())
    assert [method for method, _ in fake.calls] == ["users.info"] * asked


@pytest.mark.parametrize("fault", [*SILENT, *(Fault(error=code) for code in UNSEEN)])
def test_who_was_known_as_a_guest_stays_one_while_slack_can_not_be_asked(fault: Fault) -> None:
    fake = FakeSlack(people={"Ugus": {"id": "Ugus", "is_restricted": True}})
    assert guest_after(fake, lambda: None) == [True, True]
    assert guest_after(fake, lambda: fake.faults.update({"users.info": [fault] * 9})) == [True, True]


def guest_after(fake: FakeSlack, change: Callable[[], None]) -> list[bool]:
    """Whether somebody counts as a guest, before a change and when what was known is old."""

    async def run() -> list[bool]:
        people, api, source = People(), _api(fake), Source("T1", "", "Ugus")
        before = (await people.asker(source, api)).user.is_guest
        change()
        await asyncio.wait([asyncio.create_task(asyncio.Event().wait())], timeout=FRESH_SECONDS + 1)
        return [before, (await people.asker(source, api)).user.is_guest]

    return at_once(run())


def _api(fake: FakeSlack) -> SlackApi:
    session = cast("aiohttp.ClientSession", FakeSession(fake))
    client = AsyncWebClient("xoxb-test", base_url=BASE, session=session, retry_handlers=[], logger=quiet_logger())
    return SlackApi(client)
