"""Forms: the flag form of a message's own menu and the follow-up of a card, as the core makes them."""

from __future__ import annotations

import pytest

from bot.events import Action, Command, Place, Submission, User
from bot.reply import Form, Reply, plain_text
from bot.router import Router

ANA = User("ana")
HERE = Place("console:t", "c1", "t1")
LATE = "Acme's invoice has not been paid for two months"


async def form(bot: Router, name: str, value: str = "", text: str = "") -> Form:
    reply = await bot.dispatch(Action("1", ANA, HERE, name, value, text=text))
    assert reply is not None
    assert reply.form is not None
    return reply.form


async def submit(bot: Router, name: str, value: str = "", **fields: str) -> Reply:
    reply = await bot.dispatch(Submission("2", ANA, HERE, name, fields, value, evidence="https://x.test/1"))
    assert reply is not None
    return reply


async def test_the_flag_form_of_a_message_has_its_likeliest_archetype_chosen(bot: Router) -> None:
    client, archetype, reason = (await form(bot, "flag-form", text=LATE)).fields
    assert (client.value, archetype.value, reason.is_required) == ("", "mala-paga", False)
    assert len(archetype.options) == 8


async def test_nothing_is_chosen_for_a_message_that_tells_nothing(bot: Router) -> None:
    assert (await form(bot, "flag-form")).fields[1].value == ""


async def test_a_filled_form_flags_and_keeps_the_message_as_evidence(bot: Router) -> None:
    reply = await submit(bot, "flag", client="acme", archetype="mala-paga", reason="inv 104")
    assert "acme is flagged mala-paga" in plain_text(reply)
    shown = await submit(bot, "show", client="acme")
    assert "https://x.test/1" in plain_text(shown)


async def test_a_mistake_names_its_field(bot: Router) -> None:
    unknown = await submit(bot, "flag", client="acme", archetype="mala-pago")
    empty = await submit(bot, "flag", client=" ", archetype="mala-paga")
    long = await submit(bot, "flag", client="acme", archetype="mala-paga", reason="x" * 3_001)
    assert [reply.field for reply in (unknown, empty, long)] == ["archetype", "client", "reason"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"client": "", "archetype": "mala-paga"}, "I need the client's name."),
        ({"client": "x" * 81, "archetype": "mala-paga"}, "what happened has a field of its own"),
        ({"client": "acme", "archetype": "gone-since"}, "`mala-paga`"),
        ({"client": "acme", "archetype": ""}, "I need the kind of difficulty."),
        ({"client": "<@U123>", "archetype": "mala-paga"}, "keeps no records about people"),
        ({"client": "acme", "archetype": "mala-paga", "reason": "x" * 3_001}, "put the rest behind a link"),
    ],
)
async def test_a_mistake_in_a_form_is_told_without_how_a_line_is_written(
    bot: Router, fields: dict[str, str], said: str
) -> None:
    text = plain_text(await submit(bot, "flag", **fields))
    assert said in text
    for grammar in ("/client", "Usage", "quotes", '"Acme Corp"'):
        assert grammar not in text


async def test_the_same_mistake_in_a_line_is_told_with_how_it_is_written(bot: Router) -> None:
    for args, said in (({"client": "x" * 81, "archetype": "mala-paga"}, "in quotes"), ({"client": "acme"}, "Usage")):
        reply = await bot.dispatch(Command("3", ANA, HERE, "flag", args))
        assert reply is not None
        assert said in plain_text(reply)


async def test_a_form_that_is_no_longer_known_says_so(bot: Router) -> None:
    for name in ("nope", "notes", "client note", "flag-form"):
        reply = await submit(bot, name, client="acme")
        assert plain_text(reply) == "That form belongs to an older version of me.\nOpen it again."
        assert reply.is_error


async def test_guests_get_no_form(bot: Router) -> None:
    guest = User("eve", is_guest=True)
    reply = await bot.dispatch(Action("1", guest, HERE, "flag-form", text=LATE))
    assert reply is not None
    assert reply.is_error
    assert reply.form is None


async def test_a_follow_up_goes_on_with_the_card_it_was_asked_on(bot: Router) -> None:
    await submit(bot, "flag", client="acme", archetype="insaciable")
    asked = await form(bot, "follow-up", value=":insaciable::email")
    reply = await submit(bot, asked.name, asked.value, question="and then?")
    assert "insaciable" in " ".join(reply.sources)


async def test_another_kind_offers_the_three_likeliest_and_the_rest_in_a_menu(bot: Router) -> None:
    reply = await bot.dispatch(Action("1", ANA, HERE, "kinds", ":mala-paga::email:pichirre+indeciso+abusivo"))
    assert reply is not None
    assert len(reply.buttons) == 3
    assert len(reply.menus[0].options) == 4


async def test_the_front_page_shows_who_needs_attention_with_a_button_each(bot: Router) -> None:
    await submit(bot, "flag", client="acme", archetype="mala-paga")
    await submit(bot, "flag", client="Globex", archetype="mala-paga")
    reply = await bot.dispatch(Action("1", ANA, HERE, "home"))
    assert reply is not None
    labels = [button.label for block in reply.blocks for button in getattr(block, "buttons", ())]
    assert labels == ["acme", "Globex"]
    assert "In most need of attention" in plain_text(reply)
