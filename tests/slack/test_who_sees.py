"""Guests, other companies, shared channels and languages: who is shown what, and in whose words."""

from __future__ import annotations

import pytest

from tests.slack.desk import Desk
from tests.slack.fake import BOT, CHANNEL

LATE = "Acme hasn't paid the invoice in two months"
REASON = "I show no clients or flags"


@pytest.mark.parametrize("mark", ["is_restricted", "is_ultra_restricted", "is_stranger"])
async def test_guests_are_told_why_a_command_shows_them_nothing(slack: Desk, mark: str) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    slack.slack.people["Ugus"] = {"id": "Ugus", mark: True}
    for command in ("show acme", "list", "flag acme indeciso", "summary", "export"):
        await slack.types("gus", command)
        assert "acme" not in slack.sees("gus")[-1].text
        assert REASON in slack.sees("gus")[-1].text or "Only managers" in slack.sees("gus")[-1].text
    await slack.types("gus", "archetypes mala-paga")
    assert "What could we have caused?" in slack.sees("gus")[-1].text


async def test_who_is_no_manager_is_told_who_is_one_in_slack(slack: Desk) -> None:
    await slack.types("bob", "export")
    assert "Only managers may do that.\nAsk an administrator of the workspace." in slack.sees("bob")[-1].text
    assert "Discord" not in slack.sees("bob")[-1].text


@pytest.mark.parametrize("mark", ["is_ext_shared", "is_pending_ext_shared"])
async def test_a_command_in_a_channel_shared_with_another_company_shows_no_flags(slack: Desk, mark: str) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    slack.slack.channels["C9"] = {"id": "C9", mark: True}
    slack.channel = "C9"
    await slack.runs("ana", "show", client="acme")
    assert REASON in slack.sees("ana")[-1].text


async def test_a_mention_in_a_shared_channel_gets_advice_without_flags(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.says("ana", "")
    await slack.sends_event({**slack.last["event"], "text": f"<@{BOT}> {LATE}"}, is_ext_shared_channel=True)
    assert "Do today" in slack.sees("bob")[-1].text
    assert "open flag" not in slack.sees("bob")[-1].text
    assert "People from outside the team may read this" in slack.sees("bob")[-1].text


async def test_a_guest_who_mentions_the_bot_is_told_why_the_clients_history_is_not_used(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_restricted": True}
    await slack.says("gus", LATE)
    assert "Do today" in slack.sees("gus")[-1].text
    assert "People from outside the team may read this" in slack.sees("gus")[-1].text


async def test_a_guest_is_one_by_the_event_itself_while_slack_can_not_be_asked(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.says("ana", "")
    slack.slack.refuse("users.info", "fatal_error", times=3)
    asked = {**slack.last["event"], "user": "Ugus", "text": f"<@{BOT}> show acme"}
    await slack.sends_event({**asked, "user_profile": {"is_restricted": True}})
    assert REASON in slack.sees("gus")[-1].text


async def test_colleagues_from_another_workspace_of_the_organisation_are_no_outsiders(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.runs("ana", "advice", subject="acme")
    body = slack.press("ana", "More")
    body["enterprise"], body["user"]["team_id"] = {"id": "E1", "name": "org"}, "E1"
    await slack.interacts(body)
    assert "What could we have caused?" in slack.sees("ana")[-1].text


async def test_a_window_that_another_company_opened_writes_into_no_other_workspace(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE)
    body = slack.submission("ana", client="acme", archetype="mala-paga")
    body["team"], body["user"]["team_id"] = {"id": "T2", "domain": "them"}, "T2"
    assert list(slack.takes("ana", await slack.interacts(body))) == ["client"]
    await slack.runs("ana", "list")
    assert "No client has open flags" in slack.slack.visible("Uana")[-1].body["text"]


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("es-ES", "Ningún cliente"),
        ("es-LA", "Ningún cliente"),
        ("zh-CN", "没有"),
        ("zh-TW", "没有"),
        ("fr-FR", "No client"),
    ],
)
async def test_a_command_is_answered_in_the_askers_language(slack: Desk, locale: str, words: str) -> None:
    slack.slack.people["Ueva"] = {"id": "Ueva", "locale": locale}
    await slack.runs("eva", "list")
    assert words in slack.sees("eva")[-1].text


async def test_a_question_is_answered_in_its_own_language_whoever_asks(slack: Desk) -> None:
    slack.slack.people["Ueva"] = {"id": "Ueva", "locale": "es-ES"}
    await slack.says("eva", "the client has not paid the invoice for two months")
    assert "Do today" in slack.sees("eva")[-1].text
    await slack.says("eva", "flag acme mala-pago")
    assert "¿Querías decir" in slack.sees("eva")[-1].text


async def test_a_colleagues_channel_that_the_bot_has_not_joined_is_answered_as_the_teams_own(slack: Desk) -> None:
    slack.slack.unjoined.add(CHANNEL)
    for client in ("acme", "globex"):
        await slack.runs("ana", "flag", client=client, archetype="mala-paga")
        assert f"{client} is flagged" in slack.sees("ana")[-1].text
    assert [name for name, _ in slack.slack.calls].count("conversations.info") == 1


@pytest.mark.parametrize("label", ["Helpful", "More", "It is another kind", "chat", "warm"])
async def test_a_guest_can_use_the_buttons_of_advice_that_names_no_client(slack: Desk, label: str) -> None:
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_restricted": True}
    await slack.types("gus", "ask the client hasn't paid the invoice in two months")
    await slack.presses("gus", label)
    assert REASON not in slack.sees("gus")[-1].text


async def test_the_reason_stays_on_advice_that_a_guest_redraws_or_takes_for_another_kind(slack: Desk) -> None:
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_restricted": True}
    await slack.types("gus", "ask the client hasn't paid the invoice in two months")
    await slack.presses("gus", "chat")
    assert slack.sees("gus")[-1].text.count("People from outside the team may read this") == 1
    await slack.presses("gus", "It is another kind")
    await slack.presses("gus", slack.sees("gus")[-1].buttons[0])
    assert slack.sees("gus")[-1].text.count("People from outside the team may read this") == 1


async def test_a_guest_redraws_no_card_that_all_see(slack: Desk) -> None:
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_restricted": True}
    await slack.says("ana", "the client hasn't paid the invoice 88 in two months, what do I write?")
    before = slack.sees("leo")[-1].text
    await slack.presses("gus", "chat")
    assert REASON in slack.sees("gus")[-1].text
    assert slack.sees("leo")[-1].text == before


async def test_a_guest_goes_on_about_the_advice_that_they_got(slack: Desk) -> None:
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_restricted": True}
    await slack.types("gus", "ask the client hasn't paid the invoice in two months")
    await slack.presses("gus", "Ask a follow-up")
    await slack.sends_window("gus", question="and what do I tell them?")
    assert "Say (firm, email)" in slack.modal("gus").text


async def test_a_guest_gets_nothing_from_the_buttons_of_a_card_about_a_client(slack: Desk) -> None:
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_restricted": True}
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.says("ana", LATE)
    for label in ("Helpful", "More", "It is another kind", "chat"):
        await slack.presses("gus", label)
        assert REASON in slack.sees("gus")[-1].text


async def test_what_a_guest_chooses_is_not_what_the_teams_thread_is_about(slack: Desk) -> None:
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_restricted": True}
    await slack.says("ana", "the client hasn't paid the invoice in two months", thread="t1")
    await slack.presses("gus", "It is another kind")
    await slack.presses("gus", "out-of-hours pattern")
    await slack.says("ana", "and what do I tell them?", thread="t1")
    assert "late-payment pattern" in slack.sees("leo")[-1].text
