"""Conversations in which the bot is not sure: it asks, remembers the choice, and learns where the team allows it."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.router import Router
from tests.contract.driver import Driver
from tests.contract.test_flagging import last

VAGUE = "the client is a handful again, you know how they are"
UNSURE = "I'm not sure which kind of trouble this is"


async def test_a_doubtful_question_is_asked_back_and_the_choice_gives_the_advice(chat: Driver) -> None:
    await chat.says("ana", VAGUE)
    assert UNSURE in last(chat)
    assert "Do today" not in last(chat)
    await chat.presses("ana", chat.sees("ana")[-1].buttons[0])
    assert "Do today" in last(chat)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("la clienta nos tiene locos con la campaña", "No tengo claro qué tipo de problema es"),
        ("这个客户太烦了", "我还拿不准这是哪一类麻烦"),
    ],
)
async def test_it_asks_in_the_language_of_the_asker(chat: Driver, question: str, words: str) -> None:
    await chat.says("ana", question)
    assert words in last(chat)


async def test_what_was_chosen_holds_for_the_rest_of_the_thread(chat: Driver) -> None:
    await chat.says("ana", VAGUE, thread="t1")
    await chat.presses("ana", chat.sees("ana")[-1].buttons[1])
    chosen = last(chat).split("\n")[0]
    await chat.says("ana", "and then?", thread="t1")
    assert chosen.split(" · ")[-1] in last(chat)
    assert "Where this stands" in last(chat)


async def test_a_team_that_allows_it_is_understood_the_next_time(chat: Driver) -> None:
    await chat.runs("ana", "settings", name="learn", value="yes")
    await chat.says("ana", VAGUE)
    kind = chat.sees("ana")[-1].buttons[2]
    await chat.presses("ana", kind)
    await chat.says("bob", VAGUE, thread="t2")
    assert kind in last(chat, "bob")
    assert UNSURE not in last(chat, "bob")


async def test_a_team_that_did_not_allow_it_is_asked_again(chat: Driver) -> None:
    await chat.says("ana", VAGUE)
    await chat.presses("ana", chat.sees("ana")[-1].buttons[2])
    await chat.says("bob", VAGUE, thread="t2")
    assert UNSURE in last(chat, "bob")


async def test_another_kind_teaches_as_well(chat: Driver) -> None:
    await chat.runs("ana", "settings", name="learn", value="yes")
    question = "she keeps sending it back, always one more thing"
    await chat.says("ana", question)
    await chat.presses("ana", "It is another kind")
    kind = chat.sees("ana")[-1].buttons[0]
    await chat.presses("ana", kind)
    await chat.says("ana", question)
    assert kind in last(chat)


async def test_what_is_said_of_danger_is_not_kept_to_learn_from(chat: Driver, bot: Router) -> None:
    await chat.runs("ana", "settings", name="learn", value="yes")
    await chat.says("ana", VAGUE)
    await chat.says("ana", "the client said he knows where my kids go to school")
    kept = await bot.services.database.read(
        lambda session: [row.text for row in session.connection().execute(text("SELECT text FROM lessons"))]
    )
    assert kept == [VAGUE]


async def test_a_vague_word_in_a_thread_is_not_said_to_point_anywhere(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.says("ana", "acme hasn't paid the invoice for two months", thread="t1")
    await chat.says("ana", VAGUE, thread="t1")
    assert "Do today" in last(chat)
    assert "The question alone" not in last(chat)
