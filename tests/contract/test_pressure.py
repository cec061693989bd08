"""Conversations about a client who threatens a review or a lawyer, wants money back, or wants no invoice."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last


@pytest.mark.parametrize(
    ("told", "asked", "sign", "words"),
    [
        ("Client threatens us with a bad Google review", "what do I write", "bad-review", "nothing for a review"),
        ("Me amenaza con una reseña negativa", "qué le escribo", "bad-review", "no damos nada por una reseña"),
        ("客户威胁要给我们差评", "我怎么回", "bad-review", "不拿好处换评价"),
        ("the client disputed the payment with PayPal", "what do I write", "money-back", "one clear answer"),
        ("El cliente exige un reembolso completo", "qué le escribo", "money-back", "una respuesta clara"),
        ("客户要求全额退款", "我怎么回", "money-back", "明确的书面答复"),
        ("We received a letter from the client's lawyer", "what do I write", "legal-threat", "takes no position"),
        ("El cliente amenaza con demandarnos", "qué le escribo", "legal-threat", "no toma posición"),
        ("收到了客户的律师函", "我怎么回", "legal-threat", "不代表我方"),
        ("The client wants to pay cash without an invoice", "what do I write", "off-the-books", "only work with"),
        ("El cliente quiere que le haga una factura falsa", "qué le escribo", "off-the-books", "Solo trabajamos con"),
        ("客户要求我们虚开发票", "我怎么回", "off-the-books", "照实开票"),
    ],
)  # fmt: skip
async def test_pressure_gets_what_to_do_its_own_letter_and_what_not_to_do(
    chat: Driver, told: str, asked: str, sign: str, words: str
) -> None:
    await chat.says("ana", told, thread="t1")
    card = last(chat)
    assert card.index(f"signs.{sign}.do_now.1") < card.index(f"signs.{sign}.say") < card.index(f"signs.{sign}.avoid.1")
    assert "not in my notes" not in card
    assert ".escalate." not in card
    await chat.says("ana", asked, thread="t1")
    assert words in last(chat)
    assert ".say.email" not in last(chat)


@pytest.mark.parametrize(
    ("told", "sign"),
    [
        ("Acme hasn't paid in two months and threatens a bad review", "bad-review"),
        ("Acme no nos paga desde marzo y amenaza con demandarnos", "legal-threat"),
        ("客户不付款还威胁给差评", "bad-review"),
    ],
)
async def test_who_does_not_pay_and_threatens_gets_an_answer_to_both(chat: Driver, told: str, sign: str) -> None:
    await chat.says("ana", told)
    assert f"signs.{sign}.do_now.1" in last(chat)
    assert "mala-paga.do_now.1" in last(chat)
    await chat.presses("ana", chat.sees("ana")[-1].buttons[0])
    assert "mala-paga.say." in last(chat)
    assert "signs." not in last(chat)


async def test_two_threats_in_one_message_are_both_answered(chat: Driver) -> None:
    await chat.says("ana", "She wants a full refund or she'll sue us")
    assert "signs.legal-threat.say" in last(chat)
    assert "signs.money-back.do_now.1" in last(chat)


async def test_people_who_are_abused_come_before_the_threat(chat: Driver) -> None:
    await chat.says("ana", "he shouted at my designer, called her an idiot and threatens to leave a one star review")
    assert last(chat).index("abusivo.do_now.1") < last(chat).index("signs.bad-review.1")


async def test_a_threat_after_other_trouble_keeps_it_in_mind_and_is_over_when_that_is_told_again(chat: Driver) -> None:
    await chat.says("ana", "Acme hasn't paid in two months", thread="t1")
    await chat.says("ana", "now they threaten us with a bad review", thread="t1")
    assert "signs.bad-review.say" in last(chat)
    assert "mala-paga.do_now.1" in last(chat)
    await chat.says("ana", "and then?", thread="t1")
    assert "signs.bad-review.do_now.4" in last(chat)
    await chat.says("ana", "what should I avoid?", thread="t1")
    assert "signs.bad-review.avoid.1" in last(chat)
    await chat.says("ana", "they still haven't paid the invoice", thread="t1")
    assert "mala-paga.escalate" in last(chat)
    assert "signs." not in last(chat)


async def test_a_button_of_an_earlier_card_still_gives_what_it_says(chat: Driver) -> None:
    await chat.says("ana", "Acme hasn't paid in two months", thread="t1")
    await chat.says("ana", "now they threaten us with a bad review", thread="t1")
    await chat.presses("ana", "final")
    assert any("mala-paga.say.email.final" in seen.text for seen in chat.sees("ana"))


async def test_the_flags_of_a_client_count_beside_a_threat(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Globex", archetype="insaciable", reason="inv 104 of Zeppelin")
    await chat.runs("ana", "advice", subject="Globex", question="now they want a full refund")
    assert "signs.money-back.do_now.1" in last(chat)
    assert "Globex is flagged insaciable" in last(chat)
    assert "insaciable.do_now.1" in last(chat)


@pytest.mark.parametrize(
    ("told", "sign"),
    [
        ("Acme's owner said he'd kill me and that he'll sue us", "signs.violence.1"),
        ("my client died and his family wants a refund", "signs.client-died.1"),
    ],
)
async def test_a_danger_and_a_death_go_before_it(chat: Driver, told: str, sign: str) -> None:
    await chat.says("ana", told)
    assert sign in last(chat)
    assert "money-back" not in last(chat)
    assert "legal-threat" not in last(chat)
