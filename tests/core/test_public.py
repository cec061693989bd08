"""Commands that all there can read the answer to: no reason, no note, and a button that shows the rest to one."""

from __future__ import annotations

import pytest

from bot.events import Action, Command, Event, Place, User
from bot.reply import File, Reply, plain_text
from bot.router import Router

ANA, BOB = User("ana", is_manager=True), User("bob")
HERE = Place("discord:1", "c1")
REST = "Show me the rest"


async def reply(bot: Router, event: Event) -> Reply:
    found = await bot.dispatch(event)
    assert found is not None
    return found


async def spoken(bot: Router, name: str, **args: str) -> Reply:
    return await reply(bot, Command(name, ANA, HERE, name, args, is_public=True))


async def pressed(bot: Router, card: Reply, user: User = BOB) -> Reply:
    button = next(button for button in card.buttons if button.label == REST)
    action = Action("press", user, HERE, button.action, button.value, is_public=True)
    assert bot.is_private(action)
    return await reply(bot, action)


@pytest.fixture
async def flagged(bot: Router) -> Reply:
    return await spoken(bot, "flag", client="acme", archetype="mala-paga", reason="inv 104 of Zeppelin")


async def test_a_flag_by_mention_leaves_the_reason_out_and_shows_it_to_who_asks(bot: Router, flagged: Reply) -> None:
    assert "104" not in plain_text(flagged)
    assert "inv 104" in plain_text(await pressed(bot, flagged))


@pytest.mark.usefixtures("flagged")
async def test_a_client_shown_by_mention_has_its_reasons_behind_the_button(bot: Router) -> None:
    shown = await spoken(bot, "show", client="acme")
    assert "104" not in plain_text(shown)
    assert "inv 104" in plain_text(await pressed(bot, shown))


@pytest.mark.usefixtures("flagged")
async def test_advice_by_mention_fills_its_letter_for_one_reader_only(bot: Router) -> None:
    card = await spoken(bot, "advice", subject="acme")
    assert "104" not in plain_text(card)
    assert "invoice 104" in plain_text(await pressed(bot, card))


@pytest.mark.usefixtures("flagged")
async def test_an_export_by_mention_hands_the_file_to_a_manager_alone(bot: Router) -> None:
    for args in ({}, {"client": "acme"}):
        card = await spoken(bot, "export", **args)
        assert not [block for block in card.blocks if isinstance(block, File)]
        assert "104" not in plain_text(card)
        assert "Only managers" in plain_text(await pressed(bot, card, BOB))
        assert "inv 104" in plain_text(await pressed(bot, card, ANA))


@pytest.mark.usefixtures("flagged")
async def test_a_private_answer_has_no_such_button(bot: Router) -> None:
    for name, args in (("show", {"client": "acme"}), ("advice", {"subject": "acme"})):
        private = await reply(bot, Command(name, ANA, HERE, name, args))
        assert REST not in [button.label for button in private.buttons]


@pytest.mark.usefixtures("flagged")
async def test_an_export_of_a_client_that_is_gone_says_so(bot: Router) -> None:
    card = await spoken(bot, "export", client="acme")
    await reply(bot, Command("f", ANA, HERE, "forget", {"client": "acme"}))
    assert "no longer there" in plain_text(await pressed(bot, card, ANA))
