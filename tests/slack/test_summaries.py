"""Weekly summaries on Slack: once, with their picture or without it, found again, and what a refusal means."""

from __future__ import annotations

import aiohttp
import pytest

from adapters.slack.summaries import SlackPoster
from bot.delivery.poster import RefusedError, RetryLaterError, UnknownOutcomeError, UnreachableError
from bot.events import Place
from bot.records import Fault as Why
from bot.reply import Picture, Reply, Section
from tests.slack.desk import Desk
from tests.slack.fake import CHANNEL, NO_FAULT, TEAM, FakeSlack, Fault, Json
from tests.slack.logs import Logs

HERE = Place(f"slack:{TEAM}", CHANNEL)
WEEK = Reply("The week", (Section("2 new flags"), Picture(b"png", "a chart")), language="en")
MARKER = "chao-2026-W48"
UPLOAD, ASK, COMPLETE = "upload", "files.getUploadURLExternal", "files.completeUploadExternal"


@pytest.fixture
def poster(slack: Desk) -> SlackPoster:
    """What posts for the workspace."""

    async def token(_workspace: str) -> str:
        return "xoxb-test"

    return SlackPoster(slack.office, token)


def images(seen: FakeSlack) -> list[Json]:
    """The picture blocks of the only message in the channel."""
    (message,) = [message for message in seen.messages if not message.thread]
    assert "2 new flags" in message.body["text"]
    return [block for block in message.body["blocks"] if block["type"] == "image"]


async def test_a_summary_is_one_message_with_its_picture(slack: Desk, poster: SlackPoster) -> None:
    ts = await poster.post(HERE, WEEK, MARKER)
    (image,) = images(slack.slack)
    assert slack.slack.pictures[image["slack_file"]["id"]] == b"png"
    assert image["alt_text"] == "a chart"
    assert await poster.find(HERE, MARKER) == ts
    assert await poster.find(HERE, "chao-2026-W49") is None


@pytest.mark.parametrize("step", [ASK, UPLOAD, COMPLETE])
@pytest.mark.parametrize(
    "fault", [Fault(403, error="file_uploads_disabled"), Fault(500), Fault(raises=aiohttp.ServerDisconnectedError())]
)
async def test_a_picture_that_slack_does_not_take_is_left_out_and_the_words_are_posted_once(
    slack: Desk, poster: SlackPoster, logs: Logs, step: str, fault: Fault
) -> None:
    slack.slack.faults[step] = [fault] * 5
    ts = await poster.post(HERE, WEEK, MARKER)
    assert images(slack.slack) == []
    assert await poster.find(HERE, MARKER) == ts
    assert "picture_refused" in logs.names


async def test_a_picture_whose_address_slack_gives_at_the_second_attempt_is_shown(
    slack: Desk, poster: SlackPoster
) -> None:
    slack.slack.faults[ASK] = [Fault(503)]
    await poster.post(HERE, WEEK, MARKER)
    assert len(images(slack.slack)) == 1


@pytest.mark.parametrize("step", [ASK, COMPLETE])
async def test_while_slack_limits_files_nothing_is_posted_and_it_is_tried_later(
    slack: Desk, poster: SlackPoster, step: str
) -> None:
    slack.slack.faults[step] = [Fault(429, error="ratelimited", headers={"Retry-After": "9"})] * 5
    with pytest.raises(RetryLaterError) as later:
        await poster.post(HERE, WEEK, MARKER)
    assert 0 < later.value.seconds <= 9
    assert slack.slack.messages == []


@pytest.mark.parametrize("step", ["", ASK, UPLOAD, COMPLETE])
async def test_a_picture_that_slack_can_not_show_yet_hangs_below_the_words_which_are_posted_once(
    slack: Desk, poster: SlackPoster, step: str
) -> None:
    slack.slack.refuse("chat.postMessage", "invalid_blocks")
    if step:
        # The picture for the message went up; the one for the thread does not.
        slack.slack.faults[step] = [NO_FAULT, *[Fault(403, error="file_uploads_disabled")] * 5]
    ts = await poster.post(HERE, WEEK, MARKER)
    assert images(slack.slack) == []
    below = [message.body["file"] for message in slack.slack.messages if message.thread == ts]
    assert below == ([] if step else [b"png"])


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(error="channel_not_found"), UnreachableError(Why.GONE)),
        (Fault(error="not_in_channel"), UnreachableError(Why.GONE)),
        (Fault(error="is_archived"), UnreachableError(Why.GONE)),
        (Fault(error="restricted_action"), UnreachableError(Why.FORBIDDEN)),
        (Fault(error="restricted_action_read_only_channel"), UnreachableError(Why.FORBIDDEN)),
        (Fault(error="ekm_access_denied"), UnreachableError(Why.FORBIDDEN)),
        (Fault(error="token_expired"), RefusedError("token_expired")),
        (Fault(error="a_word_of_tomorrow"), RefusedError("a_word_of_tomorrow")),
        (Fault(429, error="ratelimited", headers={"Retry-After": "7"}), RetryLaterError(7.0)),
        (Fault(500), UnknownOutcomeError("http_500")),
        (Fault(500, is_done=True), UnknownOutcomeError("http_500")),
    ],
)
async def test_a_refusal_says_what_follows(slack: Desk, poster: SlackPoster, fault: Fault, expected: Exception) -> None:
    slack.slack.faults["chat.postMessage"] = [fault]
    with pytest.raises(type(expected), match=str(expected)) as refused:
        await poster.post(HERE, WEEK, MARKER)
    assert refused.type is type(expected)
    assert (await poster.find(HERE, MARKER) is not None) == fault.is_done


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (Fault(429, error="ratelimited", headers={"Retry-After": "7"}), 7),
        (Fault(500), 30),
        (Fault(raises=TimeoutError()), 30),
        (Fault(raises=aiohttp.ServerDisconnectedError()), 30),
        (Fault(error="internal_error"), 30),
    ],
)
async def test_while_slack_can_not_say_who_reads_a_channel_nothing_is_posted_there(
    slack: Desk, poster: SlackPoster, fault: Fault, seconds: float
) -> None:
    slack.slack.faults["conversations.info"] = [fault]
    with pytest.raises(RetryLaterError) as later:
        await poster.post(HERE, WEEK, MARKER)
    assert (later.value.seconds, slack.slack.messages) == (seconds, [])


async def test_a_channel_that_slack_no_longer_shows_the_bot_is_gone(slack: Desk, poster: SlackPoster) -> None:
    slack.slack.refuse("conversations.info", "channel_not_found")
    with pytest.raises(UnreachableError, match=Why.GONE):
        await poster.post(HERE, WEEK, MARKER)
    assert slack.slack.messages == []


@pytest.mark.parametrize("code", ["missing_scope", "a_word_of_tomorrow"])
async def test_an_app_that_may_not_ask_who_reads_posts_what_was_planned(
    slack: Desk, poster: SlackPoster, code: str
) -> None:
    slack.slack.refuse("conversations.info", code)
    await poster.post(HERE, WEEK, MARKER)
    assert len(images(slack.slack)) == 1


async def test_who_reads_a_channel_is_asked_anew_for_each_message(slack: Desk, poster: SlackPoster) -> None:
    ts = await poster.post(HERE, WEEK, MARKER)
    slack.slack.channels[CHANNEL] = {"id": CHANNEL, "is_ext_shared": True}
    for place in (HERE, Place(HERE.workspace, CHANNEL, ts)):
        with pytest.raises(UnreachableError, match=Why.SHARED):
            await poster.post(place, WEEK, MARKER)
    assert len(slack.slack.messages) == 1


async def test_what_can_not_be_looked_up_is_said_as_what_it_is(slack: Desk, poster: SlackPoster) -> None:
    slack.slack.refuse("conversations.history", "channel_not_found")
    with pytest.raises(UnreachableError):
        await poster.find(HERE, MARKER)


async def test_who_set_it_up_is_told_directly(slack: Desk, poster: SlackPoster) -> None:
    await poster.tell(HERE.workspace, "Uana", Reply(blocks=(Section("It can't be posted."),)))
    assert [message.channel for message in slack.slack.messages] == ["DUana"]
    slack.slack.refuse("chat.postMessage", "cannot_dm_bot")
    with pytest.raises(RefusedError):
        await poster.tell(HERE.workspace, "Uana", WEEK)


async def test_a_workspace_without_a_token_is_served_later(slack: Desk) -> None:
    async def nobody(_workspace: str) -> None:
        return None

    with pytest.raises(RetryLaterError):
        await SlackPoster(slack.office, nobody).post(HERE, WEEK, MARKER)
    assert slack.slack.messages == []
