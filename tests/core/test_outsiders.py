"""Questions where people from outside the team read along: why nothing that the team knows of the client is used."""

from __future__ import annotations

import pytest

from bot.events import Command, Place, Question, User
from bot.reply import Note, Reply, plain_text
from bot.router import Router

ANA, GUEST = User("ana", is_manager=True), User("eve", is_guest=True)
HOME = Place("slack:T1", "C1", "t1")
OUTSIDE = [(GUEST, HOME), (ANA, HOME._replace(is_shared=True)), (ANA, HOME._replace(is_unsure=True))]
WHY = {
    "en": "People from outside the team may read this",
    "es": "Puede que esto lo lea gente de fuera del equipo",
    "zh": "团队以外的人可能会看到这里",
}


async def answer(bot: Router, user: User, place: Place, text: str) -> Reply:
    reply = await bot.dispatch(Question(f"{user.id} {text}", user, place, text))
    assert reply is not None
    return reply


async def knows(bot: Router, client: str) -> None:
    args = {"client": client, "archetype": "mala-paga"}
    await bot.dispatch(Command(f"flag {client}", ANA, HOME, "flag", args))


@pytest.mark.parametrize(("user", "place"), OUTSIDE)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "acme has not paid us in two months"),
        ("es", "acme no nos ha pagado desde hace dos meses"),
        ("zh", "acme 拖了两个月还没付款"),
    ],
)
async def test_advice_that_outsiders_read_says_quietly_why_the_clients_history_is_not_used(
    bot: Router, user: User, place: Place, language: str, text: str
) -> None:
    await knows(bot, "acme")
    reply = await answer(bot, user, place, text)
    (note,) = [block for block in reply.blocks if isinstance(block, Note) and WHY[language] in block.text]
    assert "\n" not in note.text
    assert "open flag" not in plain_text(reply)


@pytest.mark.parametrize(("user", "place"), OUTSIDE)
@pytest.mark.parametrize(
    "text", ["Acme has not paid us in two months", "what about Acme?", "Acme?", "how is Acme doing?"]
)
async def test_outsiders_hear_the_same_whether_the_client_is_known_or_not(
    bot: Router, user: User, place: Place, text: str
) -> None:
    unknown = plain_text(await answer(bot, user, place, text))
    await knows(bot, "Acme")
    assert WHY["en"] in unknown
    assert plain_text(await answer(bot, user, place, text)) == unknown


@pytest.mark.parametrize(("user", "place"), OUTSIDE)
@pytest.mark.parametrize("text", ["hi", "hola", "谢谢", "what can you do?", "I want to die", "my boss yells at me"])
async def test_what_is_no_advice_on_a_client_does_not_say_so(bot: Router, user: User, place: Place, text: str) -> None:
    said = plain_text(await answer(bot, user, place, text))
    assert not [why for why in WHY.values() if why in said]


async def test_among_the_team_and_where_there_is_no_team_nothing_is_said_of_outsiders(bot: Router) -> None:
    for place in (HOME, HOME._replace(has_team=False)):
        assert WHY["en"] not in plain_text(await answer(bot, ANA, place, f"acme has not paid us {place.has_team}"))


async def test_a_private_question_of_a_guest_is_told_why_too(bot: Router) -> None:
    asked = Command("1", GUEST, HOME, "ask", {"question": "acme has not paid us in two months"})
    reply = await bot.dispatch(asked)
    assert reply is not None
    assert WHY["en"] in plain_text(reply)
