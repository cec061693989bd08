"""Where no team can be known: general answers with the reason why, and nothing of a team's."""

from __future__ import annotations

import pytest

from bot.events import Action, Command, Event, Place, Question, User
from bot.reply import plain_text
from bot.router import Router

ANA = User("ana")
ALONE = Place("discord:@me:7", "7", "7", has_team=False, is_direct=True)
NO_SERVER = "a direct message belongs to no server"


async def said(bot: Router, event: Event) -> str:
    reply = await bot.dispatch(event)
    assert reply is not None
    return plain_text(reply)


async def test_a_question_gets_general_advice_and_the_reason_for_it(bot: Router) -> None:
    text = await said(bot, Question("1", ANA, ALONE, "the client hasn't paid us in two months", is_public=False))
    assert "Do today" in text
    assert NO_SERVER in text


@pytest.mark.parametrize("text", ["", "which folder holds the contracts?"])
async def test_a_greeting_is_told_what_works_there(bot: Router, text: str) -> None:
    assert NO_SERVER in await said(bot, Question("1", ANA, ALONE, text, is_public=False))


@pytest.mark.parametrize("name", ["flag", "show", "list", "settings", "export"])
async def test_commands_on_a_teams_data_say_why_they_do_not_work(bot: Router, name: str) -> None:
    manager = User("ana", is_manager=True)
    assert NO_SERVER in await said(bot, Command("1", manager, ALONE, name, {"client": "acme", "archetype": "pichirre"}))


async def test_the_playbooks_the_help_and_the_buttons_of_a_general_card_work(bot: Router) -> None:
    assert "Ladder" in await said(bot, Command("1", ANA, ALONE, "archetypes", {"archetype": "mala-paga"}))
    assert "What I can do" in await said(bot, Command("2", ANA, ALONE, "help"))
    assert "Ladder" in await said(bot, Action("3", ANA, ALONE, "more", ":mala-paga::email"))
    assert "no longer there" in await said(bot, Action("4", ANA, ALONE, "show", "1"))


async def test_a_follow_up_goes_on_with_what_it_was_about(bot: Router) -> None:
    await said(bot, Question("1", ANA, ALONE, "the client hasn't paid us in two months", is_public=False))
    assert "mala-paga.escalate" in await said(
        bot, Question("2", ANA, ALONE, "ok, and what if he doesn't pay then?", is_public=False)
    )


async def test_the_workspaces_own_language_is_used_where_nothing_else_is_known(bot: Router) -> None:
    place = Place("discord:1", "c", locale="es-ES")
    assert "Qué puedo hacer" in await said(bot, Command("1", ANA, place, "help"))
    manager = User("ana", is_manager=True)
    await said(bot, Command("3", manager, place, "settings", {"name": "language", "value": "en"}))
    assert "What I can do" in await said(bot, Command("4", ANA, place, "help"))
