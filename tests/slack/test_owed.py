"""An answer that was lost because the bot was stopped is given when Slack sends the event again, and once."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.slack.desk import Desk
from tests.slack.fake import Fault, Json
from tests.slack.logs import Logs
from tests.support import Clock

QUESTION = "the client has not paid the invoice in two months"
FLAG = "flag acme mala-paga they pay late"
SENDING = ("chat.postMessage", "chat.postEphemeral")


def stopped(slack: Desk, *, is_sent: bool) -> None:
    """Who answers next is stopped just then: before Slack has the answer, or after."""
    for method in SENDING:
        slack.slack.faults[method] = [Fault(raises=asyncio.CancelledError(), is_done=is_sent)]


def goes_on(slack: Desk) -> None:
    """Another process serves the same database."""
    slack.slack.faults.clear()


async def status_of_another_delivery(slack: Desk) -> int:
    """What Slack gets for sending the last event again."""
    response = await slack.dispatches(json.dumps(slack.last), "application/json")
    return int(response.status)


@pytest.mark.parametrize("text", [QUESTION, "archetypes"])
async def test_an_answer_that_was_lost_is_given_once_when_slack_asks_again(
    slack: Desk, clock: Clock, text: str
) -> None:
    stopped(slack, is_sent=False)
    await slack.says("ana", text)
    goes_on(slack)
    assert slack.sees("ana") == []
    clock.advance(minutes=3)
    await slack.redelivers()
    (seen,) = slack.sees("ana")
    clock.advance(minutes=3)
    await slack.redelivers()
    assert slack.sees("ana") == [seen]


async def test_a_flag_whose_answer_was_lost_is_stored_once_and_said_to_be(slack: Desk, clock: Clock) -> None:
    stopped(slack, is_sent=False)
    await slack.says("ana", FLAG)
    goes_on(slack)
    clock.advance(minutes=3)
    await slack.redelivers()
    (seen,) = slack.sees("ana")
    assert "my answer to it was lost" in seen.text
    assert seen.is_private
    assert (await slack.history("ana", "acme")).count("they pay late") == 1


async def test_an_answer_that_arrived_just_before_the_end_is_not_posted_again(slack: Desk, clock: Clock) -> None:
    stopped(slack, is_sent=True)
    await slack.says("ana", QUESTION)
    goes_on(slack)
    clock.advance(minutes=3)
    await slack.redelivers()
    assert len(slack.sees("ana")) == 1


async def test_while_an_answer_may_be_on_its_way_slack_is_to_ask_later(slack: Desk, logs: Logs) -> None:
    stopped(slack, is_sent=False)
    await slack.says("ana", QUESTION)
    goes_on(slack)
    assert await status_of_another_delivery(slack) == 503
    assert slack.sees("ana") == []
    assert "crashed" not in logs.names


async def test_an_answer_that_arrived_is_not_given_again(slack: Desk, clock: Clock) -> None:
    await slack.says("ana", QUESTION)
    assert await status_of_another_delivery(slack) == 200
    clock.advance(minutes=3)
    await slack.redelivers()
    assert len(slack.sees("ana")) == 1


BROKEN: Json = {"id": "Uana", "locale": 5}


async def test_a_bug_before_the_effect_is_answered_with_its_reference(slack: Desk, logs: Logs) -> None:
    slack.slack.people["Uana"] = BROKEN
    await slack.says("ana", FLAG)
    (seen,) = slack.sees("ana")
    assert seen.is_private
    (crash,) = [line for line in logs.events if line["event"] == "crashed"]
    assert f"nothing was changed. Tell whoever runs Chao this reference: {crash['reference']}." in seen.text
    assert "I know no client" in await slack.history("bea", "acme")


async def test_a_bug_after_the_effect_says_that_the_message_was_taken_in(slack: Desk, logs: Logs) -> None:
    slack.slack.faults["chat.postMessage"] = [Fault(raises=KeyError("x"))]
    await slack.says("ana", QUESTION)
    (seen,) = slack.sees("ana")
    (crash,) = [line for line in logs.events if line["event"] == "crashed"]
    assert seen.is_private
    assert (
        f"something broke while I answered. Tell whoever runs Chao this reference: {crash['reference']}." in seen.text
    )
