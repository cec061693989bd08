"""Addressing the bot: in a channel, a thread, a direct message and the assistant's pane, and what gets no answer."""

from __future__ import annotations

import asyncio

import pytest

from adapters.slack.api import SlackApi
from bot.events import Event
from bot.reply import Reply
from tests.slack.desk import Desk
from tests.slack.fake import BOT, TEAM, Json

LATE = "Acme hasn't paid the invoice in two months"


async def test_a_mention_is_answered_in_a_thread_of_its_own(slack: Desk) -> None:
    await slack.says("ana", LATE)
    seen = slack.sees("bob")[-1]
    assert seen.thread == slack.last["event"]["ts"]
    assert "Do today" in seen.text


async def test_a_follow_up_in_the_bots_own_thread_goes_on_with_what_it_is_about(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="insaciable")
    await slack.says("ana", "acme wants round nine", thread="t1")
    await slack.says("bob", "and what do I tell them?", thread="t1")
    assert slack.sees("bob")[-1].text.startswith("acme · ")
    assert slack.sees("bob")[-1].thread == "t1"


async def test_a_flag_by_mention_in_a_thread_is_confirmed_there_to_its_author_alone(slack: Desk) -> None:
    await slack.says("ana", "flag acme mala-paga inv 104", thread="t1")
    seen = slack.sees("ana")[-1]
    assert (seen.is_private, seen.thread) == (True, "t1")
    assert "acme is flagged mala-paga" in seen.text
    assert slack.sees("bob") == []


@pytest.mark.parametrize("text", ["flag acme mala-paga inv 104", "flag acme mala-pago", "show nobody"])
async def test_who_commands_by_mention_at_the_top_of_a_channel_sees_the_answer_below_it(slack: Desk, text: str) -> None:
    await slack.says("ana", text)
    (seen,) = slack.sees("ana")
    assert (seen.is_private, seen.thread) == (True, "")
    assert slack.sees("bob") == []


@pytest.mark.parametrize("text", [f"<@{BOT}>, help", f"<@{BOT}>: help", f"<@{BOT}|chao> help", f"help <@{BOT}>"])
async def test_however_the_bot_is_named_the_command_is_understood(slack: Desk, text: str) -> None:
    await slack.says("ana", "help")
    await slack.sends_event({**slack.last["event"], "text": text, "ts": slack.slack.ts()})
    assert slack.sees("ana")[-1].text == slack.sees("ana")[-2].text
    assert "What I can do" in slack.sees("ana")[-1].text


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("<http://booking.com|booking.com>", "booking.com"),
        ("<http://booking.com/|booking.com>", "booking.com"),
        ("<https://booking.com/eu?a=1&amp;b=2|booking.com/eu?a=1&amp;b=2>", "booking.com/eu?a=1&b=2"),
        ("<https://booking.com>", "https://booking.com"),
        ("<https://evil.test|booking.com>", "https://evil.test"),
        ("<#C09ABC|acme>", "#acme"),
        ("<#C09ABC|>", "#C09ABC"),
        ("<#C09ABC>", "#C09ABC"),
    ],
)
async def test_a_client_has_the_name_that_was_typed_where_slack_made_a_link_of_it(
    slack: Desk, sent: str, name: str
) -> None:
    await slack.says("ana", "help")
    flag = {**slack.last["event"], "text": f"<@{BOT}> flag {sent} mala-paga", "ts": slack.slack.ts()}
    await slack.sends_event(flag)
    assert slack.sees("ana")[-1].text.startswith(f"{name} is flagged mala-paga")


async def test_a_direct_message_is_answered_in_it_with_reasons_for_nobody_else_reads_it(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await slack.writes("ana", "acme does not pay")
    seen = slack.sees("ana")[-1]
    assert (seen.is_private, seen.thread) == (True, "")
    assert "104" in seen.text
    assert "only you can see this" not in seen.text
    assert slack.sees("bob") == []


async def test_a_command_in_a_direct_message_is_answered_there(slack: Desk) -> None:
    await slack.writes("ana", "flag acme mala-paga")
    await slack.writes("ana", "/client show acme")
    assert "1 open flag" in slack.sees("ana")[-1].text
    assert all(name != "chat.postEphemeral" for name, _ in slack.slack.calls)


async def test_the_pane_offers_questions_in_the_language_of_who_opens_it(slack: Desk) -> None:
    slack.slack.people["Ueva"] = {"id": "Ueva", "locale": "es-ES"}
    thread = await slack.opens_pane("eva")
    name, params = slack.slack.calls[-1]
    assert (name, params["thread_ts"], params["channel_id"]) == (
        "assistant.threads.setSuggestedPrompts", thread, "DUeva"
    )  # fmt: skip
    assert 1 <= len(params["prompts"]) <= 4
    assert "proyecto" in params["prompts"][0]["message"]


async def test_a_question_in_the_pane_shows_that_it_is_worked_on_and_is_answered_in_its_thread(slack: Desk) -> None:
    thread = await slack.opens_pane("ana")
    await slack.writes("ana", LATE, thread=thread)
    assert slack.sees("ana")[-1].thread == thread
    names = [name for name, _ in slack.slack.calls]
    assert names.index("assistant.threads.setStatus") < names.index("chat.postMessage")


def statuses(slack: Desk) -> list[str]:
    """What the pane was told to show, in order."""
    return [params["status"] for name, params in slack.slack.calls if name == "assistant.threads.setStatus"]


async def test_the_pane_shows_that_a_question_is_worked_on_before_there_is_an_answer(
    slack: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    dispatch = slack.office.router.dispatch

    async def noted(event: Event) -> Reply | None:
        reply = await dispatch(event)
        seen.append(len(statuses(slack)))
        return reply

    monkeypatch.setattr(slack.office.router, "dispatch", noted)
    await slack.writes("ana", LATE, thread=await slack.opens_pane("ana"))
    await slack.writes("ana", LATE)
    await slack.says("ana", LATE, thread="t1")
    assert seen == [1, 1, 1]
    assert statuses(slack) == ["is looking in the playbooks…"]


async def test_an_answer_does_not_wait_for_the_pane_which_is_cleared_afterwards(
    slack: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_answered, once = asyncio.Event(), SlackApi.once

    async def slow(api: SlackApi, method: str, params: Json) -> Json:
        if method == "assistant.threads.setStatus" and params["status"]:
            await is_answered.wait()
        answer = await once(api, method, params)
        if method == "chat.postMessage":
            is_answered.set()
        return answer

    monkeypatch.setattr(SlackApi, "once", slow)
    await slack.writes("ana", LATE, thread=await slack.opens_pane("ana"))
    assert "Do today" in slack.sees("ana")[-1].text
    assert statuses(slack) == ["is looking in the playbooks…", ""]


async def test_a_question_that_was_answered_before_leaves_the_pane_as_it_was(slack: Desk) -> None:
    await slack.writes("ana", LATE, thread=await slack.opens_pane("ana"))
    await slack.redelivers()
    assert statuses(slack)[-1] == ""
    assert len(slack.sees("ana")) == 1


async def test_a_pane_that_slack_refuses_prompts_for_still_answers(slack: Desk) -> None:
    slack.slack.refuse("assistant.threads.setSuggestedPrompts", "missing_scope")
    slack.slack.refuse("assistant.threads.setStatus", "missing_scope")
    thread = await slack.opens_pane("ana")
    await slack.writes("ana", LATE, thread=thread)
    assert "Do today" in slack.sees("ana")[-1].text


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B7"},
        {"subtype": "bot_message", "bot_id": "B7"},
        {"user": BOT},
        {"subtype": "channel_join"},
        {"subtype": "message_deleted", "user": None},
        {"user": ""},
    ],
)
async def test_programs_the_bot_itself_and_news_about_messages_get_no_answer(
    slack: Desk, event: dict[str, str]
) -> None:
    await slack.writes("ana", LATE, **event)
    await slack.says("ana", "")
    slack.slack.messages.clear()
    await slack.sends_event({**slack.last["event"], "text": LATE, **event})
    assert slack.slack.messages == []


@pytest.mark.parametrize("event", [{"subtype": "file_share"}, {"subtype": "me_message"}, {"subtype": ""}])
async def test_what_a_person_writes_with_a_file_or_of_themselves_is_answered(
    slack: Desk, event: dict[str, str]
) -> None:
    await slack.writes("ana", LATE, **event)
    assert "Do today" in slack.sees("ana")[-1].text


async def test_a_changed_mention_is_not_done_twice_and_its_author_hears_why(slack: Desk) -> None:
    await slack.says("ana", "flag acme mala-paga inv 104")
    edited = {"user": "Uana", "ts": slack.slack.ts()}
    changed = {**slack.last["event"], "text": f"<@{BOT}> flag acme mala-paga inv 105", "edited": edited}
    await slack.sends_event(changed)
    await slack.redelivers()
    told = [seen for seen in slack.sees("ana") if "I take a message as it was first sent" in seen.text]
    assert [seen.is_private for seen in told] == [True]
    await slack.runs("ana", "show", client="acme")
    assert "1 open flag" in slack.sees("ana")[-1].text


async def test_a_changed_direct_message_gets_the_same_reason_and_its_preview_none(slack: Desk) -> None:
    await slack.writes("ana", LATE)
    before = slack.last["event"]
    now = {**before, "text": "Globex hasn't paid", "edited": {"user": "Uana", "ts": slack.slack.ts()}}
    news = {"type": "message", "subtype": "message_changed", "channel": "DUana", "channel_type": "im", "ts": "9.9"}
    await slack.sends_event({**news, "message": now, "previous_message": before})
    assert "I take a message as it was first sent" in slack.sees("ana")[-1].text
    count = len(slack.sees("ana"))
    await slack.sends_event({**news, "message": before | {"attachments": []}, "previous_message": before})
    assert len(slack.sees("ana")) == count


async def test_a_mention_with_nothing_but_a_picture_gets_a_reason(slack: Desk) -> None:
    await slack.writes("ana", "", subtype="file_share")
    assert "I heard nothing to answer" in slack.sees("ana")[-1].text


async def test_one_event_delivered_three_times_has_one_effect_and_one_answer(slack: Desk) -> None:
    await slack.says("ana", "flag acme mala-paga inv 104")
    await slack.redelivers()
    await slack.redelivers()
    assert len(slack.sees("ana")) == 1
    await slack.says("ana", "flag acme mala-pago")
    await slack.redelivers()
    assert len(slack.sees("ana")) == 2


async def test_other_companies_people_get_advice_but_no_flags(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.says("ana", "")
    event = {**slack.last["event"], "user": "Uout", "user_team": "T2", "text": f"<@{BOT}> {LATE}"}
    await slack.sends_event(event, is_ext_shared_channel=True)
    assert "Do today" in slack.sees("bob")[-1].text
    assert "open flag" not in slack.sees("bob")[-1].text
    assert slack.last["team_id"] == TEAM
