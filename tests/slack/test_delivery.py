"""What is sent arrives once: limits obeyed, faults outlived, what may have arrived looked up before it is repeated."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import LostError, RefusedError, SlackApi, UnclearError
from adapters.slack.logs import quiet_logger
from adapters.slack.posting import Pace, Posting, Target
from tests.slack.fake import BASE, FakeSlack, Fault, Json, Message
from tests.slack.transport import FakeSession
from tests.slack.virtual import at_once
from tests.support import Clock

HELLO = {"text": "hello", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}]}
HERE, THREAD = Target("C1"), Target("C1", "1795543200.000000")
REFUSED = aiohttp.ClientConnectorError(ConnectionKey("slack.test", 443, True, True, None, None, None), OSError())
LIMITED = Fault(429, headers={"Retry-After": "7"}, error="ratelimited")


@dataclass
class TimedSlack(FakeSlack):
    """Notes when it is called."""

    at: list[tuple[str, float]] = field(default_factory=list)

    def answer(self, method: str, params: Json) -> tuple[int, object, Json | str]:  # type: ignore[override]  # narrower
        """The same, noted."""
        self.at.append((method, round(asyncio.get_running_loop().time(), 1)))
        return super().answer(method, params)

    def times(self, method: str) -> list[float]:
        """When a method was called."""
        return [at for name, at in self.at if name == method]


Work = Callable[[Posting], Awaitable[object]]


def after(slack: TimedSlack, *works: Work) -> None:
    """Do some work at the same time, on one posting."""

    async def run() -> None:
        session = cast("aiohttp.ClientSession", FakeSession(slack))
        client = AsyncWebClient("xoxb-test", base_url=BASE, session=session, retry_handlers=[], logger=quiet_logger())
        posting = Posting(SlackApi(client), Pace(), Clock())
        await asyncio.gather(*(work(posting) for work in works))

    at_once(run())


def post(target: Target = HERE, marker: str = "m1") -> Work:
    return lambda posting: posting.post(target, HELLO, marker)


def faulty(*faults: Fault, method: str = "chat.postMessage") -> TimedSlack:
    return TimedSlack(faults={method: list(faults)})


def test_a_message_that_slack_limits_is_sent_when_slack_says() -> None:
    slack = faulty(LIMITED)
    after(slack, post())
    assert slack.times("chat.postMessage") == [0, 7]
    assert len(slack.messages) == 1


def test_nothing_else_is_sent_by_the_same_method_while_slack_limits_it() -> None:
    slack = faulty(LIMITED)
    after(slack, post(), post(Target("C2"), "m2"), post(Target("C3"), "m3"))
    assert [at for at in slack.times("chat.postMessage") if 0 < at < 7] == []
    assert sorted(message.channel for message in slack.messages) == ["C1", "C2", "C3"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(error="ratelimited"),
        Fault(error="rate_limited"),
        Fault(429, headers={"Retry-After": "soon"}, error="ratelimited"),
        Fault(429),
    ],
)
def test_a_limit_without_a_time_is_a_second(fault: Fault) -> None:
    slack = faulty(fault)
    after(slack, post())
    assert slack.times("chat.postMessage") == [0, 1]


def test_a_channel_gets_one_message_a_second_and_channels_do_not_wait_for_each_other() -> None:
    slack = TimedSlack()
    after(slack, *(post(HERE, f"m{number}") for number in range(3)), post(Target("C2"), "other"))
    assert slack.times("chat.postMessage") == [0, 0, 1, 2]


async def _stop(posting: Posting) -> None:
    await asyncio.wait([asyncio.create_task(asyncio.Event().wait())], timeout=0.5)
    posting.pace.give_up()


def test_before_a_stop_messages_do_not_wait_for_each_other() -> None:
    slack = TimedSlack()
    after(slack, *(post(HERE, f"m{number}") for number in range(10)), _stop)
    assert slack.times("chat.postMessage") == [0] + [0.5] * 9
    assert len(slack.messages) == 10


def test_before_a_stop_slacks_own_limit_is_obeyed() -> None:
    slack = faulty(LIMITED)
    after(slack, *(post(HERE, f"m{number}") for number in range(3)), _stop)
    assert [at for at in slack.times("chat.postMessage") if 0 < at < 7] == []
    assert len(slack.messages) == 3


@pytest.mark.parametrize("target", [HERE, THREAD])
@pytest.mark.parametrize("fault", [Fault(503), Fault(500, error="internal_error"), Fault(raises=TimeoutError())])
@pytest.mark.parametrize("is_done", [True, False])
def test_a_message_without_a_clear_answer_is_there_once(*, target: Target, fault: Fault, is_done: bool) -> None:
    slack = faulty(Fault(fault.status, fault.error, fault.headers, is_done, fault.raises))
    after(slack, post(target))
    assert len(slack.messages) == 1
    assert len(slack.times("chat.postMessage")) == (1 if is_done else 2)
    looked = "conversations.replies" if target.thread else "conversations.history"
    assert len(slack.times(looked)) == 1


@pytest.mark.parametrize("target", [HERE, THREAD])
def test_it_is_found_among_many_others(target: Target) -> None:
    slack = faulty(Fault(503, is_done=True))
    slack.messages = [Message(slack.ts(), "C1", target.thread, {"text": "x"}) for _ in range(250)]
    after(slack, post(target))
    assert len(slack.messages) == 251


def test_where_it_can_not_be_looked_up_it_is_not_sent_again() -> None:
    slack = faulty(Fault(503, is_done=True))
    slack.refuse("conversations.history", "missing_scope")
    with pytest.raises(LostError):
        after(slack, post())
    assert len(slack.messages) == 1


def test_among_more_messages_than_are_read_it_is_not_sent_again() -> None:
    slack = faulty(Fault(503, is_done=True))
    slack.messages = [Message(slack.ts(), "C1", THREAD.thread, {"text": "x"}) for _ in range(501)]
    with pytest.raises(LostError):
        after(slack, post(THREAD))
    assert len(slack.messages) == 502


def test_an_older_message_with_the_same_marker_is_another_one() -> None:
    slack = faulty(Fault(503))
    mark = {"event_type": "chao_message", "event_payload": {"marker": "m1"}}
    slack.messages = [Message("1795540000.000001", "C1", "", {"text": "x", "metadata": mark})]
    after(slack, post())
    assert len(slack.messages) == 2


def test_a_refused_connection_is_tried_again_and_nothing_needs_looking_up() -> None:
    slack = faulty(Fault(raises=REFUSED), Fault(raises=REFUSED))
    after(slack, post())
    assert len(slack.messages) == 1
    assert slack.times("conversations.history") == []


def test_it_is_given_up_after_five_attempts() -> None:
    slack = faulty(*(Fault(503) for _ in range(9)))
    with pytest.raises(UnclearError):
        after(slack, post())
    assert len(slack.times("chat.postMessage")) == 5


def test_what_slack_refuses_is_not_asked_again() -> None:
    slack = faulty(Fault(error="is_archived"))
    with pytest.raises(RefusedError):
        after(slack, post())
    assert slack.times("chat.postMessage") == [0]


@pytest.mark.parametrize(
    "fault",
    [Fault(503), Fault(error="user_not_in_channel"), Fault(error="channel_not_found"), Fault(raises=TimeoutError())],
)
def test_a_private_message_that_is_not_shown_goes_to_its_readers_direct_messages(fault: Fault) -> None:
    slack = faulty(fault, method="chat.postEphemeral")
    after(slack, lambda posting: posting.whisper(THREAD, "Uana", HELLO, "m1"))
    assert [(message.channel, message.thread) for message in slack.messages] == [("DUana", "")]


def test_a_private_message_waits_out_a_limit_and_stays_where_it_is() -> None:
    slack = faulty(LIMITED, method="chat.postEphemeral")
    after(slack, lambda posting: posting.whisper(THREAD, "Uana", HELLO, "m1"))
    assert [(message.channel, message.only_for) for message in slack.messages] == [("C1", "Uana")]
    assert slack.times("chat.postEphemeral") == [0, 7]


def test_a_window_without_a_clear_answer_is_not_opened_twice() -> None:
    slack = faulty(Fault(503), method="views.open")
    with pytest.raises(UnclearError):
        after(slack, lambda posting: posting.api.call("views.open", {"trigger_id": "1", "view": {}}))
    assert len(slack.times("views.open")) == 1
