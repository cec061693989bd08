"""What nobody meant to send: each has an outcome that a person understands and a log line with ids only."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from adapters.slack.parse import spoken_text
from tests.slack.desk import Desk
from tests.slack.fake import BOT, CHANNEL, Fault
from tests.slack.logs import Logs

LATE = "Acme hasn't paid the invoice in two months"
HOSTILE = (
    "<!channel>",
    "<@U1>",
    "&lt;",
    "&amp;lt;",
    "<https://evil.test|acme>",
    "*bold* _it_ ~gone~",
    "> quoted",
    "`rm`",
)


async def test_an_unknown_button_says_that_it_is_of_an_older_version(slack: Desk, logs: Logs) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    body = slack.press("ana", "What do I do?")
    for odd in (
        {"action_id": "old#0"},
        {"action_id": "no-number"},
        {"action_id": "menu#0", "type": "static_select", "selected_option": None},
    ):
        await slack.interacts({**body, "actions": [{**body["actions"][0], **odd}]})
        assert "older version of me" in slack.sees("ana")[-1].text
    assert logs.names.count("unknown_button") == 3


async def test_a_window_of_an_older_version_says_what_is_wrong_and_stays(slack: Desk, logs: Logs) -> None:
    await slack.uses_shortcut("ana", LATE)
    view_id, view = slack.window("ana")
    slack.slack.views[view_id] = {**view, "callback_id": "old-form"}
    wrong = await slack.sends_window("ana", client="acme")
    assert wrong == {"client": "That form belongs to an older version of me.\nOpen it again."}
    slack.slack.views[view_id] = {**view, "callback_id": "old-form", "blocks": []}
    await slack.sends_window("ana")
    assert "That form belongs to an older version of me." in slack.modal("ana").text
    assert "unknown_form" in logs.names


@pytest.mark.parametrize("metadata", ["", "{}", "[1]", "no json", '["C1", "", "", true, "", "more"]', "null"])
async def test_a_window_that_remembers_in_another_form_still_flags(slack: Desk, metadata: str) -> None:
    await slack.uses_shortcut("ana", LATE)
    view_id, view = slack.window("ana")
    slack.slack.views[view_id] = {**view, "private_metadata": metadata}
    await slack.sends_window("ana", client="acme")
    assert "acme is flagged mala-paga" in slack.modal("ana").text
    assert slack.sees("bob") == []


async def test_a_window_that_breaks_shows_a_reference_instead_of_closing(slack: Desk, logs: Logs) -> None:
    await slack.uses_shortcut("ana", LATE)
    body = slack.submission("ana", client="Zeppelin")
    del body["view"]["state"]
    slack.takes("ana", await slack.interacts(body))
    reference = slack.modal("ana").text.rsplit(": ", 1)[1].strip(".")
    assert [event["reference"] for event in logs.events if event["event"] == "crashed"] == [reference]


async def test_a_window_that_was_closed_meanwhile_is_no_bug(slack: Desk, logs: Logs) -> None:
    await slack.uses_shortcut("ana", LATE)
    await slack.sends_window("ana", client="acme")
    body = slack.press("ana", "What do I do?")
    slack.slack.views.clear()
    await slack.interacts(body)
    assert "slack_refused" in logs.names
    assert "crashed" not in logs.names


async def test_a_thread_that_was_deleted_meanwhile_is_answered_in_a_direct_message(slack: Desk, logs: Logs) -> None:
    slack.slack.refuse("chat.postMessage", "thread_not_found")
    await slack.says("ana", LATE)
    assert "Do today" in slack.sees("ana")[-1].text
    assert slack.slack.messages[-1].channel == "DUana"
    assert "answer_refused" in logs.names


async def test_a_private_answer_reaches_its_asker_where_the_bot_has_not_joined(slack: Desk, logs: Logs) -> None:
    slack.slack.unjoined.add(CHANNEL)
    await slack.says("ana", "flag acme mala-paga")
    assert "acme is flagged" in slack.sees("ana")[-1].text
    assert slack.slack.messages[-1].channel == "DUana"
    assert "whisper_refused" in logs.names


async def test_a_revoked_token_still_answers_commands_and_is_logged_once_for_the_rest(slack: Desk, logs: Logs) -> None:
    for method in ("chat.postMessage", "chat.postEphemeral", "conversations.open", "users.info", "conversations.info"):
        slack.slack.refuse(method, "token_revoked", times=9)
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    assert "acme is flagged" in slack.sees("ana")[-1].text
    await slack.says("ana", LATE)
    assert [event["code"] for event in logs.events if event["event"] == "slack_refused"] == ["token_revoked"]
    assert "crashed" not in logs.names


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_name_is_shown_as_it_was_typed_and_calls_nobody(slack: Desk, name: str) -> None:
    await slack.runs("ana", "flag", client=name, archetype="mala-paga", reason=name)
    flagged = slack.sees("ana")[-1].text
    if name == "<@U1>":
        assert "no records about people" in flagged
        return
    assert flagged.startswith(f"{name} is flagged")
    assert f"Reason: {name}" in flagged
    await slack.runs("ana", "show", client=name)
    assert slack.sees("ana")[-1].text.startswith(name)
    assert not [text for text in marked_up(slack.slack.messages) if "<" in text or ">" in text]


def marked_up(messages: list[Any]) -> list[str]:
    """Every text in which Slack looks for its own markup."""
    found = [message.body["text"] for message in messages]
    for message in messages:
        for block in message.body["blocks"]:
            texts = [block.get("text"), *block.get("elements", ()), *block.get("fields", ())]
            found += [text["text"] for text in texts if isinstance(text, dict) and text.get("type") == "mrkdwn"]
    return found


async def test_a_reason_at_the_limit_is_kept_whole_and_one_over_it_is_refused(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="é" * 3_001)
    assert "3001 characters" in slack.sees("ana")[-1].text
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="<&" * 1_000)
    assert "<&" * 1_000 in slack.sees("ana")[-1].text.replace("\n", "")


async def test_an_endless_question_gets_a_reason(slack: Desk) -> None:
    await slack.says("ana", "why " * 10_000)
    assert "39999 characters" in slack.sees("ana")[-1].text


@pytest.mark.parametrize(
    "piece", ["<!a|", "<http://a", "<http://a|", "<http://", "<mailto:a|", "<#C|", "<#C", "<@U1|", "&amp", "<", "&lt;!"]
)
def test_a_message_made_of_beginnings_is_read_at_once(piece: str) -> None:
    started = time.process_time()
    spoken_text(piece * (100_000 // len(piece)), BOT)
    assert time.process_time() - started < 1


async def test_a_big_export_comes_as_a_file_in_a_direct_message_and_a_small_one_in_the_answer(slack: Desk) -> None:
    for number in range(4):
        reason = f"{number} " + "x" * 2_900
        await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason=reason)
    await slack.runs("ana", "export")
    assert "in your direct messages" in slack.sees("ana")[-1].text
    sent = [message for message in slack.slack.messages if "file" in message.body]
    assert [message.channel for message in sent] == ["DUana"]
    assert len(json.loads(sent[0].body["file"])["clients"][0]["flags"]) == 4


async def test_a_file_that_slack_refuses_is_said_to_be(slack: Desk) -> None:
    for number in range(4):
        reason = f"{number} " + "x" * 2_900
        await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason=reason)
    slack.slack.refuse("files.getUploadURLExternal", "missing_scope")
    await slack.runs("ana", "export")
    assert "I could not hand over" in slack.sees("ana")[-1].text


async def test_blocks_that_slack_refuses_are_sent_as_text(slack: Desk, logs: Logs) -> None:
    slack.slack.refuse("chat.postMessage", "msg_blocks_too_long")
    await slack.says("ana", LATE)
    assert "Do today" in slack.slack.messages[-1].body["text"]
    assert "blocks_refused" in logs.names


async def test_what_slack_does_not_answer_for_is_not_asked_for_by_every_message(slack: Desk) -> None:
    slack.slack.faults["users.info"] = [Fault(status=503)] * 3
    for _ in range(3):
        await slack.runs("ana", "help")
    assert [name for name, _ in slack.slack.calls].count("users.info") == 1
