"""Answers that take longer than Slack waits, and what is under way when the process ends."""

from __future__ import annotations

import asyncio

import pytest

from adapters.slack.api import RefusedError
from adapters.slack.background import Background, within
from bot.router import Router
from tests.slack.desk import Desk
from tests.slack.fake import CHANNEL, Fault
from tests.slack.logs import Logs
from tests.slack.virtual import at_once

LATE = "Acme's invoice has not been paid for two months"


@pytest.fixture
def slow(bot: Router) -> Desk:
    """A workspace in which Slack waits for nothing."""
    return Desk(bot, budget=0)


async def test_a_late_answer_to_a_command_is_as_private_as_one_in_time(slow: Desk) -> None:
    await slow.runs("ana", "flag", client="acme", archetype="mala-paga", reason="secret")
    await slow.office.background.finish()
    assert [seen.is_private for seen in slow.sees("ana")] == [True]
    assert "acme is flagged" in slow.sees("ana")[-1].text
    assert slow.sees("bob") == []


@pytest.mark.parametrize("fault", [Fault(404), Fault(500), Fault(raises=TimeoutError())])
async def test_a_late_answer_whose_response_url_fails_is_private_too(slow: Desk, fault: Fault) -> None:
    slow.slack.faults["response_url"] = [fault]
    await slow.runs("ana", "show", client="acme")
    await slow.office.background.finish()
    assert "I know no client" in slow.sees("ana")[-1].text
    assert slow.slack.messages[-1].only_for == "Uana"


async def test_a_late_answer_reaches_its_asker_where_the_bot_has_not_joined(slow: Desk) -> None:
    slow.slack.faults["response_url"] = [Fault(404)]
    slow.slack.unjoined.add(CHANNEL)
    await slow.runs("ana", "show", client="acme")
    await slow.office.background.finish()
    assert slow.slack.messages[-1].channel == "DUana"


async def test_a_late_window_says_that_it_takes_a_moment_and_then_has_the_answer(slow: Desk) -> None:
    slow.slack.people["Ueva"] = {"id": "Ueva", "locale": "es-ES"}
    await slow.uses_shortcut("eva", LATE)
    answer = await slow.send_submission("eva", client="acme", reason="secret")
    assert "Un momento" in str(answer)
    await slow.office.background.finish()
    assert "acme" in slow.modal("eva").text
    assert "secret" in slow.modal("eva").text
    assert slow.sees("bob") == []


async def test_a_mistake_in_a_late_window_is_shown_in_its_place(slow: Desk) -> None:
    await slow.uses_shortcut("ana", LATE)
    await slow.send_submission("ana", client="<@U1>", archetype="mala-paga")
    await slow.office.background.finish()
    assert "no records about people" in slow.modal("ana").text


async def test_a_late_public_follow_up_is_posted_and_the_window_says_so(slow: Desk) -> None:
    await slow.says("ana", LATE)
    await slow.presses("ana", "Ask a follow-up")
    await slow.send_submission("ana", question="and then?")
    await slow.office.background.finish()
    assert slow.modal("ana").text == "Done."
    assert len(slow.sees("bob")) == 2


async def test_a_mention_is_acknowledged_in_time_and_answered_all_the_same(slow: Desk) -> None:
    await slow.says("ana", LATE)
    await slow.redelivers()
    assert len(slow.sees("bob")) == 1


def test_what_was_accepted_is_finished_with_all_that_follows_from_it() -> None:
    done: list[str] = []

    async def second() -> None:
        await asyncio.wait([asyncio.create_task(asyncio.Event().wait())], timeout=2)
        done.append("second")

    async def run() -> None:
        background = Background()

        async def first() -> None:
            background.start(second(), "second")
            done.append("first")

        background.start(first(), "first")
        await background.finish()

    at_once(run())
    assert done == ["first", "second"]


def test_what_takes_too_long_is_given_up_and_logged(logs: Logs) -> None:
    async def run() -> bool:
        background = Background()
        task = background.start(asyncio.Event().wait(), "endless")
        assert not await within(task, 1)
        await background.finish(3)
        return task.cancelled()

    assert at_once(run())
    assert [(event["event"], event["what"]) for event in logs.events] == [("given_up", "endless")]


def test_a_refusal_is_logged_by_its_code_and_a_bug_under_a_reference(logs: Logs) -> None:
    async def fails(error: Exception) -> None:
        raise error

    async def run() -> None:
        background = Background()
        background.start(fails(RefusedError("is_archived")), "answer")
        background.start(fails(KeyError("Zeppelin")), "answer")
        await background.finish()

    at_once(run())
    assert sorted(logs.names) == ["crashed", "slack_refused"]
    assert "Zeppelin" not in "".join(logs.lines)
