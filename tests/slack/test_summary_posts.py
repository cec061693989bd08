"""Weekly summaries on Slack: found again by their marker, and what each refusal means."""

from __future__ import annotations

import pytest

from adapters.slack.summaries import SlackPoster
from bot.delivery.poster import RefusedError, RetryLaterError, UnknownOutcomeError, UnreachableError
from bot.events import Place
from bot.records import Fault as Trouble
from bot.reply import Picture, Reply, Section
from tests.slack.desk import Desk
from tests.slack.fake import CHANNEL, Fault

HERE = Place("slack:T1", CHANNEL)
WEEK = Reply("The week", (Section("2 new flags"), Picture(b"png", "a chart")), language="en")
MARKER, MORE = "chao-2026-W48", "chao-2026-W48-more"
LIMITED = Fault(429, headers={"Retry-After": "7"}, error="ratelimited")


@pytest.fixture
def poster(slack: Desk) -> SlackPoster:
    async def token(workspace: str) -> str | None:
        return "xoxb-test" if workspace == HERE.workspace else None

    return SlackPoster(slack.office, token)


async def test_details_go_into_its_thread_and_both_are_found_again(slack: Desk, poster: SlackPoster) -> None:
    ts = await poster.post(HERE, WEEK, MARKER)
    thread = Place(HERE.workspace, CHANNEL, ts)
    below = await poster.post(thread, Reply("details", language="en"), MORE)
    assert slack.slack.messages[1].thread == ts
    assert (await poster.find(HERE, MARKER), await poster.find(thread, MORE)) == (ts, below)
    assert await poster.find(HERE, "chao-2026-W49") is None


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(error="is_archived"), UnreachableError(Trouble.GONE)),
        (Fault(error="channel_not_found"), UnreachableError(Trouble.GONE)),
        (Fault(error="not_in_channel"), UnreachableError(Trouble.GONE)),
        (Fault(error="restricted_action"), UnreachableError(Trouble.FORBIDDEN)),
        (Fault(error="missing_scope"), UnreachableError(Trouble.FORBIDDEN)),
        (LIMITED, RetryLaterError(7.0)),
        (Fault(503), UnknownOutcomeError()),
        (Fault(raises=TimeoutError()), UnknownOutcomeError()),
    ],
)
async def test_a_refusal_says_what_follows(
    slack: Desk, poster: SlackPoster, fault: Fault, expected: RefusedError | UnknownOutcomeError
) -> None:
    slack.slack.faults["chat.postMessage"] = [fault]
    with pytest.raises(type(expected), match=str(expected) or None):
        await poster.post(HERE, WEEK, MARKER)
    assert slack.slack.messages == []


async def test_a_summary_whose_answer_was_lost_is_found_and_not_repeated(slack: Desk, poster: SlackPoster) -> None:
    slack.slack.faults["chat.postMessage"] = [Fault(503, is_done=True)]
    with pytest.raises(UnknownOutcomeError):
        await poster.post(HERE, WEEK, MARKER)
    assert await poster.find(HERE, MARKER) == slack.slack.messages[0].ts


async def test_a_workspace_that_removed_the_bot_is_tried_again_later(poster: SlackPoster) -> None:
    for work in (poster.post(Place("slack:T2", "C9"), WEEK, MARKER), poster.find(Place("slack:T2", "C9"), MARKER)):
        with pytest.raises(RetryLaterError):
            await work
