"""Cards and their buttons: who sees what a press brings, what is shared, and where it is refused."""

from __future__ import annotations

import pytest

from tests.slack.desk import Desk
from tests.slack.fake import CHANNEL, Fault

LATE = "Acme hasn't paid the invoice in two months"
UNSURE = "I can't be sure that only the team would read it there"


async def advised(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104 secret")
    await slack.runs("ana", "advice", subject="acme")


async def test_a_private_card_changes_in_its_place_and_stays_private(slack: Desk) -> None:
    await advised(slack)
    count = len(slack.sees("ana"))
    await slack.presses("ana", "final")
    await slack.presses("ana", "chat")
    seen = slack.sees("ana")
    assert len(seen) == count
    assert "mala-paga.say.chat.final" in seen[-1].text
    assert "only you can see this" in seen[-1].text
    assert slack.sees("bob") == []


async def test_a_public_card_changes_for_all_without_reasons(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104 secret")
    await slack.says("ana", LATE)
    await slack.presses("bob", "final")
    seen = slack.sees("eve")[-1]
    assert "mala-paga.say.email.final" in seen.text
    assert "104" not in seen.text
    assert "only you can see this" not in seen.text
    assert len(slack.sees("eve")) == 1


async def test_a_press_that_fails_on_a_public_card_tells_only_who_pressed(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.says("ana", LATE)
    await slack.runs("ana", "forget", client="acme")
    await slack.presses("bob", "final")
    assert "no longer there" in slack.sees("bob")[-1].text
    assert slack.sees("bob")[-1].is_private
    assert len(slack.sees("eve")) == 1


@pytest.mark.parametrize(
    ("button", "words"),
    [("More", "What could we have caused?"), ("Helpful", "noted"), ("It is another kind", "Which of these")],
)
async def test_what_a_press_on_a_public_card_brings_is_for_who_pressed(slack: Desk, button: str, words: str) -> None:
    await slack.says("ana", LATE, thread="t1")
    await slack.presses("bob", button)
    seen = slack.sees("bob")[-1]
    assert words in seen.text
    assert (seen.is_private, seen.thread) == (True, "t1")
    assert len(slack.sees("ana")) == 1


async def test_sharing_is_the_only_way_and_keeps_reasons_back(slack: Desk) -> None:
    await advised(slack)
    for button in ("More", "Helpful", "It is another kind"):
        await slack.presses("ana", button)
    assert slack.sees("bob") == []
    await slack.presses("ana", "Share")
    assert "Do today" in slack.sees("bob")[-1].text
    assert "104" not in slack.sees("bob")[-1].text


async def test_what_was_answered_in_a_thread_is_shared_in_that_thread(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.says("ana", "advice acme", thread="t1")
    await slack.presses("ana", "Share")
    assert (slack.sees("bob")[-1].thread, slack.sees("bob")[-1].is_private) == ("t1", False)


@pytest.mark.parametrize("channel", [{"is_ext_shared": True}, {"is_pending_ext_shared": True}])
async def test_nothing_is_shared_where_another_company_reads(slack: Desk, channel: dict[str, bool]) -> None:
    await advised(slack)
    slack.slack.channels[CHANNEL] = {"id": CHANNEL, **channel}
    await slack.presses("ana", "Share")
    assert slack.sees("bob") == []
    assert slack.sees("ana")[-1].is_private
    assert UNSURE in slack.sees("ana")[-1].text


@pytest.mark.parametrize(
    "fault",
    [
        Fault(error="missing_scope"),
        Fault(error="channel_not_found"),
        Fault(status=503),
        Fault(429, headers={"Retry-After": "9"}, error="ratelimited"),
    ],
)
async def test_nothing_is_shared_where_slack_does_not_say_who_reads(slack: Desk, fault: Fault) -> None:
    await advised(slack)
    slack.slack.faults["conversations.info"] = [fault]
    await slack.presses("ana", "Share")
    assert slack.sees("bob") == []
    assert UNSURE in slack.sees("ana")[-1].text


async def test_a_command_typed_in_somebody_elses_direct_message_is_not_shared_there(slack: Desk) -> None:
    slack.channel = "DUbob"
    await slack.runs("bob", "flag", client="acme", archetype="mala-paga")
    await slack.runs("bob", "advice", subject="acme")
    body = slack.press("bob", "Share")
    body["user"]["id"] = "Uana"
    await slack.interacts(body)
    assert UNSURE in slack.slack.messages[-1].body["text"]
    assert slack.slack.messages[-1].only_for
    await slack.presses("bob", "Share")
    assert not slack.slack.messages[-1].only_for


async def test_the_person_whose_response_url_is_used_up_still_shares(slack: Desk) -> None:
    await advised(slack)
    body = slack.press("ana", "Share")
    slack.slack.used[body["response_url"]] = 5
    await slack.interacts(body)
    assert "Do today" in slack.sees("bob")[-1].text
    assert slack.sees("bob")[-1].text.count("Do today") == 1


async def test_sharing_where_the_bot_has_not_joined_goes_through_the_response_url(slack: Desk) -> None:
    await advised(slack)
    slack.slack.refuse("chat.postMessage", "not_in_channel")
    await slack.presses("ana", "Share")
    assert "Do today" in slack.sees("bob")[-1].text


async def test_sharing_that_slack_refuses_both_ways_is_said_to_who_pressed(slack: Desk) -> None:
    await advised(slack)
    slack.slack.refuse("chat.postMessage", "not_in_channel")
    slack.slack.faults["response_url"] = [Fault(status=404)]
    await slack.presses("ana", "Share")
    assert slack.sees("bob") == []
    assert "I could not post that, so nothing was shared" in slack.sees("ana")[-1].text
    slack.slack.faults.clear()
    await slack.presses("ana", "Share")
    assert "Do today" in slack.sees("bob")[-1].text


async def test_sharing_that_slack_did_not_confirm_is_not_done_again(slack: Desk) -> None:
    await advised(slack)
    slack.slack.faults["response_url"] = [Fault(status=500, is_done=True)]
    await slack.presses("ana", "Share")
    assert len(slack.sees("bob")) == 1
    assert "Slack did not say whether that was posted" in slack.sees("ana")[-1].text


async def test_an_answer_whose_response_url_fails_reaches_its_asker_all_the_same(slack: Desk) -> None:
    await advised(slack)
    slack.slack.faults["response_url"] = [Fault(status=500), Fault(raises=TimeoutError())]
    await slack.presses("ana", "More")
    assert "What could we have caused?" in slack.sees("ana")[-1].text
    await slack.presses("ana", "Helpful")
    assert "noted" in slack.sees("ana")[-1].text
    assert slack.sees("bob") == []


async def test_another_kind_offers_three_and_a_menu_and_the_choice_is_answered(slack: Desk) -> None:
    await advised(slack)
    await slack.presses("ana", "It is another kind")
    labels = slack.sees("ana")[-1].buttons
    assert len(labels) == 7
    for label in (labels[0], labels[-1]):
        await slack.presses("ana", label)
        assert "Do today" in slack.sees("ana")[-1].text


async def test_a_follow_up_on_a_public_card_is_answered_for_all_in_its_thread(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="insaciable")
    await slack.says("ana", "acme wants round nine", thread="t1")
    await slack.presses("bob", "Ask a follow-up")
    assert await slack.sends_window("bob", question="and then?") == {}
    seen = slack.sees("eve")[-1]
    assert (seen.thread, seen.is_private) == ("t1", False)
    assert seen.text.startswith("acme · ")
    assert [key for key, owner in slack.slack.owners.items() if owner == "Ubob" and key in slack.slack.views] == []


async def test_a_follow_up_on_a_private_card_is_answered_in_the_window(slack: Desk) -> None:
    await advised(slack)
    await slack.presses("ana", "Ask a follow-up")
    await slack.sends_window("ana", question="and then?")
    assert "acme · late-payment pattern" in slack.modal("ana").text
    assert slack.sees("bob") == []


async def test_an_empty_follow_up_is_refused_on_its_field(slack: Desk) -> None:
    await advised(slack)
    await slack.presses("ana", "Ask a follow-up")
    assert list(await slack.sends_window("ana", question=" ")) == ["question"]
    assert list(await slack.sends_window("ana", question="x" * 3_001)) == ["question"]


async def test_a_public_follow_up_shows_no_flags_where_it_is_unknown_who_reads(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="insaciable")
    await slack.says("ana", "acme wants round nine")
    await slack.presses("ana", "Ask a follow-up")
    slack.slack.refuse("conversations.info", "missing_scope")
    await slack.sends_window("ana", question="acme does not pay the invoice")
    assert "Do today" in slack.sees("bob")[-1].text
    assert "acme" not in slack.sees("bob")[-1].text


async def test_a_public_follow_up_that_can_not_be_posted_is_answered_in_the_window(slack: Desk) -> None:
    await slack.says("ana", LATE)
    await slack.presses("ana", "Ask a follow-up")
    slack.slack.refuse("chat.postMessage", "is_archived")
    await slack.sends_window("ana", question="and then?")
    assert "Where this stands" in slack.modal("ana").text


async def test_people_of_other_companies_and_guests_get_no_flags_from_a_button(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.says("ana", LATE)
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_restricted": True}
    await slack.presses("gus", "final")
    assert "to people from outside the team" in slack.sees("gus")[-1].text
    body = slack.press("out", "final")
    body["user"]["team_id"] = "T2"
    await slack.interacts(body)
    assert "to people from outside the team" in slack.sees("out")[-1].text
    assert slack.sees("out")[-1].is_private
