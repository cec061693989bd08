"""From `/client summary weekly` to the message in the channel: who gets it, and what switches it off."""

from __future__ import annotations

import pytest

from adapters.slack.summaries import SlackPoster
from adapters.wiring import deliveries
from bot.delivery.deliveries import Deliveries
from tests.contract.teams import Member
from tests.slack.desk import Desk
from tests.slack.fake import CHANNEL, Fault, Message
from tests.support import Clock

TO_MONDAY_NINE = {"days": 5, "hours": 15}
MONDAY_NINE = {"when": "weekly", "day": "monday", "time": "09:00", "zone": "UTC"}


@pytest.fixture
def sender(slack: Desk, clock: Clock) -> Deliveries:
    """What sends the summaries of the workspace."""

    async def token(_workspace: str) -> str:
        return "xoxb-test"

    made = deliveries(slack.office.router.services, {"slack": SlackPoster(slack.office, token)})
    made.sending.clock = lambda _session: clock()
    return made


def posted(slack: Desk, channel: str = CHANNEL) -> list[Message]:
    """The messages that all in a channel see."""
    return [message for message in slack.slack.messages if message.channel == channel and not message.only_for]


@pytest.mark.parametrize("how", ["is_ext_shared", "is_pending_ext_shared"])
async def test_a_channel_that_outsiders_read_by_now_gets_no_summary_and_who_planned_it_is_told(
    slack: Desk, sender: Deliveries, clock: Clock, how: str
) -> None:
    await slack.runs("ana", "summary", **MONDAY_NINE)
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    slack.slack.channels[CHANNEL] = {"id": CHANNEL, how: True}
    clock.advance(**TO_MONDAY_NINE)
    await sender.once()
    assert posted(slack) == []
    assert dict(+sender.sending.counts) == {"failed": 1, "told": 1}
    (notice,) = posted(slack, "DUana")
    assert "People from outside the team can read the channel now" in notice.body["text"]
    slack.slack.channels.clear()
    clock.advance(days=7)
    await sender.once()
    assert posted(slack) == []


async def test_details_are_kept_back_when_outsiders_read_them_by_now(
    slack: Desk, sender: Deliveries, clock: Clock
) -> None:
    await slack.runs("ana", "summary", **MONDAY_NINE)
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    clock.advance(**TO_MONDAY_NINE)
    slack.slack.when_called["chat.postMessage"] = lambda: slack.slack.channels.update(
        {CHANNEL: {"id": CHANNEL, "is_ext_shared": True}}
    )
    await sender.once()
    assert [message.thread for message in posted(slack)] == [""]


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive", "team_access_not_granted"])
async def test_a_token_that_is_refused_delays_the_summaries_and_switches_none_off(
    slack: Desk, sender: Deliveries, clock: Clock, code: str
) -> None:
    channels = (CHANNEL, "C2", "C3")
    for slack.channel in channels:
        await slack.runs("ana", "summary", **MONDAY_NINE)
    clock.advance(**TO_MONDAY_NINE)
    slack.slack.faults["chat.postMessage"] = [Fault(error=code)] * len(channels)
    await sender.once()
    assert dict(+sender.sending.counts) == {"retried": 3}
    clock.advance(minutes=1)
    await sender.once()
    assert [len(posted(slack, channel)) > 0 for channel in channels] == [True] * 3
    assert posted(slack, "DUana") == []


async def test_a_token_that_is_refused_for_a_day_leaves_the_next_weeks_summary_planned(
    slack: Desk, sender: Deliveries, clock: Clock
) -> None:
    await slack.runs("ana", "summary", **MONDAY_NINE)
    clock.advance(**TO_MONDAY_NINE)
    slack.slack.faults["chat.postMessage"] = [Fault(error="invalid_auth")] * 100
    for _ in range(25):
        await sender.once()
        clock.advance(hours=1)
    slack.slack.faults.clear()
    assert (sender.sending.counts["skipped"], posted(slack)) == (1, [])
    clock.advance(days=6)
    await sender.once()
    assert len(posted(slack)) >= 1


@pytest.mark.parametrize(
    ("locale", "said", "hint"),
    [
        ("en-US", "I am not in this channel", "Invite me first with `/invite @chao`"),
        ("es-ES", "No estoy en este canal", "Invítame primero con `/invite @chao`"),
        ("zh-CN", "我不在这个频道里", "请先用 `/invite @chao` 邀请我"),
    ],
)
async def test_a_channel_without_the_bot_gets_no_plan_but_a_hint_to_invite_it(
    slack: Desk, locale: str, said: str, hint: str
) -> None:
    slack.slack.people["Uana"] |= {"locale": locale}
    slack.slack.channels[CHANNEL] = {"id": CHANNEL, "is_member": False}
    await slack.runs("ana", "summary", **MONDAY_NINE)
    assert slack.sees("ana")[-1].text.startswith(said)
    assert hint in slack.sees("ana")[-1].text
    plan = await Member(slack.office.router.services.database, "slack:T1").sees(
        lambda store: store.schedules.of(CHANNEL).plan
    )
    assert plan is None


async def test_the_plan_is_taken_when_the_bot_was_invited(slack: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.people.UNJOINED_SECONDS", 0.0)
    slack.slack.channels[CHANNEL] = {"id": CHANNEL, "is_member": False}
    await slack.runs("ana", "summary", **MONDAY_NINE)
    slack.slack.channels[CHANNEL] = {"id": CHANNEL, "is_member": True}
    await slack.runs("ana", "summary", **MONDAY_NINE)
    assert "I post the summary of the week in this channel" in slack.sees("ana")[-1].text


async def test_a_channel_of_which_slack_does_not_say_whether_the_bot_is_in_it_is_planned(slack: Desk) -> None:
    slack.slack.refuse("conversations.info", "channel_not_found")
    await slack.runs("ana", "summary", **MONDAY_NINE)
    assert "I post the summary of the week in this channel" in slack.sees("ana")[-1].text


async def test_everything_else_is_answered_in_a_channel_without_the_bot(slack: Desk) -> None:
    slack.slack.channels[CHANNEL] = {"id": CHANNEL, "is_member": False}
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    assert "acme is flagged" in slack.sees("ana")[-1].text
    await slack.runs("ana", "summary")
    assert "1 new flag" in slack.sees("ana")[-1].text


async def test_who_planned_it_is_told_of_the_channel_by_its_name(slack: Desk, sender: Deliveries, clock: Clock) -> None:
    await slack.runs("ana", "summary", **MONDAY_NINE)
    clock.advance(**TO_MONDAY_NINE)
    slack.slack.refuse("chat.postMessage", "is_archived")
    await sender.once()
    (notice,) = posted(slack, "DUana")
    title, channel, why = notice.body["blocks"]
    assert title["text"]["text"] == "I could not post the weekly summary in this channel:"
    assert channel["text"]["text"] == f"<#{CHANNEL}>"
    assert "archived" in why["text"]["text"]
