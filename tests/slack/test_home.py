"""The front page: what it shows, to whom, in which language, and its buttons."""

from __future__ import annotations

from tests.slack import fake
from tests.slack.desk import Desk


async def test_the_page_shows_who_needs_attention_the_kinds_and_how_to_ask(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="secret")
    await slack.runs("ana", "flag", client="globex", archetype="indeciso")
    await slack.opens_home("ana")
    page = slack.home("ana")
    for words in ("In most need of attention", "late-payment pattern", "shifting-decision pattern", "How to ask"):
        assert words in page
    assert "secret" not in page
    labels = [label for label, _ in fake.controls(slack.slack.homes["Uana"]["blocks"])]
    assert {"acme", "globex", "The kinds of difficulty"} <= set(labels)


async def test_the_page_is_drawn_anew_whenever_it_is_opened(slack: Desk) -> None:
    await slack.opens_home("ana")
    assert "No client has open flags" in slack.home("ana")
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    await slack.opens_home("ana")
    assert "acme" in slack.home("ana")


async def test_the_messages_tab_draws_no_page(slack: Desk) -> None:
    await slack.opens_home("ana", tab="messages")
    assert slack.slack.homes == {}


async def test_a_clients_button_opens_its_card_in_a_window(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    slack.slack.messages.clear()
    await slack.opens_home("ana")
    await slack.presses("ana", "acme")
    assert "1 open flag" in slack.modal("ana").text
    assert "inv 104" in slack.modal("ana").text


async def test_the_card_of_the_page_is_shared_nowhere_as_it_has_no_channel(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    slack.slack.messages.clear()
    await slack.opens_home("ana")
    await slack.presses("ana", "acme")
    await slack.presses("ana", "Share")
    assert "I can't be sure that only the team would read it there" in slack.modal("ana").text
    assert slack.slack.messages == []


async def test_a_window_that_slack_does_not_open_comes_as_a_direct_message(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    slack.slack.messages.clear()
    await slack.opens_home("ana")
    body = slack.press("ana", "acme")
    slack.slack.triggers.clear()
    await slack.interacts(body)
    assert "1 open flag" in slack.sees("ana")[-1].text
    assert slack.slack.messages[-1].channel == "DUana"


async def test_a_long_name_is_shown_whole_within_the_window(slack: Desk) -> None:
    name = "Compañía Internacional de Interiores y Mobiliario"
    await slack.runs("ana", "flag", client=name, archetype="mala-paga")
    slack.slack.messages.clear()
    await slack.opens_home("ana")
    await slack.presses("ana", name)
    assert slack.modal("ana").text.startswith(name)


async def test_guests_see_why_the_page_is_empty_for_them(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_restricted": True}
    await slack.opens_home("gus")
    assert "to people from outside the team" in slack.home("gus")
    assert "acme" not in slack.home("gus")


async def test_the_page_speaks_the_language_of_who_opens_it(slack: Desk) -> None:
    slack.slack.people["Ueva"] = {"id": "Ueva", "locale": "es-LA"}
    slack.slack.people["Uwei"] = {"id": "Uwei", "locale": "zh-CN"}
    await slack.opens_home("eva")
    await slack.opens_home("wei")
    assert "Cómo preguntar" in slack.home("eva")
    assert "怎么提问" in slack.home("wei")


async def test_a_page_of_many_clients_keeps_within_slacks_limits(slack: Desk) -> None:
    for number in range(12):
        await slack.runs("ana", "flag", client=f"client {number} " + "x" * 60, archetype="indeciso")
    await slack.opens_home("ana")
    assert "And 2 more" in slack.home("ana")


async def test_a_page_that_slack_refuses_is_not_asked_for_again(slack: Desk) -> None:
    slack.slack.refuse("views.publish", "not_enabled", times=2)
    await slack.opens_home("ana")
    assert [name for name, _ in slack.slack.calls].count("views.publish") == 1
