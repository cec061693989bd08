"""A debt of which a part was paid: the letter demands the rest, and the answer says what it took from what."""

from __future__ import annotations

import pytest

from bot.events import Command, Place, Question, User
from bot.reply import plain_text
from bot.router import Router
from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.contract.test_news import _told

OWED, OWED_ES, OWED_ZH = (
    "they owe us 3,000, two months late",
    "nos deben 3.000 hace dos meses",
    "客户欠我们3万，拖了两个月",
)
LETTER = {OWED: "what do I write?", OWED_ES: "¿qué escribo?", OWED_ZH: "怎么写？"}


@pytest.mark.parametrize(
    ("first", "paid", "said", "demand"),
    [
        (OWED, "they paid 1,000", "2,000 (3,000 less 1,000)", "the rest (2,000)"),
        (OWED, "they paid half", "1,500 (3,000 less 1,500)", "the rest (1,500)"),
        (OWED_ES, "pagaron 1.000", "2.000 (3.000 menos 1.000)", "el resto (2.000)"),
        (OWED_ES, "ya cayeron 500", "2.500 (3.000 menos 500)", "el resto (2.500)"),
        (OWED_ZH, "付了1万", "2万（3万减去1万）", "余款（2万）"),
        (OWED_ZH, "付了一半", "1.5万（3万减去1.5万）", "余款（1.5万）"),
    ],
)
async def test_the_rest_is_worked_out_and_demanded(chat: Driver, first: str, paid: str, said: str, demand: str) -> None:
    answer = await _told(chat, first, paid)
    assert said in answer
    assert "intents.part-paid.1" in answer
    assert demand in await _told(chat, LETTER[first])


@pytest.mark.parametrize(
    ("text", "said", "demand"),
    [
        ("they owe us 3,000 and paid 1,000, two months late", "2,000 (3,000 less 1,000)", "the rest (2,000). Please"),
        ("nos deben 3.000 y pagaron 1.000, van dos meses", "2.000 (3.000 menos 1.000)", "el resto (2.000). Te pido"),
        ("客户欠我们30000元两个月了，只付了10000", "20000元（30000元减去10000）", "余款（20000元）已过期限"),
        ("they owe us 2,000 for two months and paid half last week", "1,000 (2,000 less 1,000)", "the rest (1,000)"),
        ("nos deben 2.000 hace dos meses y pagaron la mitad", "1.000 (2.000 menos 1.000)", "el resto (1.000)"),
        ("客户欠我们2万两个月了，上周付了一半", "1万（2万减去1万）", "余款（1万）"),
        ("they only paid half of the 4,000 and are 30 days late", "2,000 (4,000 less 2,000)", "the rest (2,000)"),
        ("the invoice is 3,000, they paid 50%, nothing for 40 days", "1,500 (3,000 less 1,500)", "the rest (1,500)"),
        ("la factura es de 3.000, pagaron el 50% hace 40 días", "1.500 (3.000 menos 1.500)", "el resto (1.500)"),
        ("合同3万，只付了一半，拖了两个月", "1.5万（3万减去1.5万）", "余款（1.5万）"),
    ],
)
async def test_one_message_may_tell_of_the_debt_and_of_its_part(
    chat: Driver, text: str, said: str, demand: str
) -> None:
    answer = await _told(chat, text)
    assert said in answer
    assert demand in answer
    assert "mala-paga.do_now.1" in answer


@pytest.mark.parametrize(
    ("first", "parts", "rest", "end"),
    [
        (OWED, ("they paid 1,000", "they paid another 500"), "1,500 (2,000 less 500)", "they paid 1,500"),
        (OWED, ("they paid 1,000", "they sent 500"), "1,500 (2,000 less 500)", "they sent the last 1,500"),
        (OWED_ES, ("pagaron 1.000", "pagaron otros 500"), "1.500 (2.000 menos 500)", "ya pagaron el resto"),
        (OWED_ZH, ("付了1万", "又付了5000"), "1.5万（2万减去5000）", "剩下的也付了"),
    ],
)
async def test_several_parts_are_taken_one_after_the_other_until_all_is_paid(
    chat: Driver, first: str, parts: tuple[str, ...], rest: str, end: str
) -> None:
    assert rest in await _told(chat, first, *parts)
    answer = await _told(chat, end)
    assert "intents.paid.1" in answer
    assert "intents.part-paid" not in await _told(chat, LETTER[first])


@pytest.mark.parametrize(
    ("first", "paid", "said"),
    [
        ("they owe us 3,000 euros, two months late", "they paid 1,000 dollars", "can't tell what 1,000 dollars leaves"),
        ("they owe us 3,000 euros, two months late", "they paid 3,000 dollars", "can't tell what 3,000 dollars leaves"),
        ("nos deben $3.000 hace dos meses", "pagaron 1.000 dólares", "No puedo saber cuánto queda de $3.000"),
        ("客户欠我们3万元，拖了两个月", "付了1000美元", "看不出 3万元 还剩多少"),
        ("they haven't paid us in two months", "they paid 1,000", "write for example “the rest is 500”"),
        ("llevan dos meses sin pagarnos", "pagaron 1.000", "escribe por ejemplo «faltan 500»"),
        ("客户拖了两个月没付尾款", "付了1万", "例如写“还差500”"),
    ],
)
async def test_where_the_rest_cannot_be_known_it_is_asked_for(chat: Driver, first: str, paid: str, said: str) -> None:
    answer = await _told(chat, first, paid)
    assert said in answer
    assert "intents.part-paid.1" in answer


@pytest.mark.parametrize(
    ("first", "text", "demand"),
    [
        (OWED, "the rest is 500", "the rest (500)"), (OWED_ES, "faltan 500", "el resto (500)"),
        (OWED_ZH, "还差500", "余款（500）"),
    ],
)  # fmt: skip
async def test_what_is_named_as_the_rest_stands_in_the_letter(chat: Driver, first: str, text: str, demand: str) -> None:
    paid = {OWED: "they made a payment", OWED_ES: "pagaron algo", OWED_ZH: "他转了一笔"}[first]
    assert demand in await _told(chat, first, paid, text)


@pytest.mark.parametrize(
    ("first", "paid", "corrected", "rest"),
    [
        (OWED, "they paid 1,000", "sorry, they paid 1,500", "1,500 (3,000 less 1,500)"),
        (OWED, "they paid 1,000", "no, it was 2,000 that they paid", "1,000 (3,000 less 2,000)"),
        (OWED_ES, "pagaron 1.000", "perdón, pagaron 1.500", "1.500 (3.000 menos 1.500)"),
        (OWED_ZH, "付了1万", "说错了，付了2万", "1万（3万减去2万）"),
    ],
)
async def test_a_payment_that_is_put_right_is_not_taken_twice(
    chat: Driver, first: str, paid: str, corrected: str, rest: str
) -> None:
    assert rest in await _told(chat, first, paid, corrected)


async def test_the_sum_in_a_reason_is_taken_from_in_private_only(bot: Router) -> None:
    ana, place = User("ana"), Place("console:t", "c", "t1", is_direct=True)
    flag = {"client": "Acme", "archetype": "mala-paga", "reason": "inv 104, 3200 euros"}
    await bot.dispatch(Command("1", ana, place, "flag", flag))
    private = await bot.dispatch(Question("2", ana, place, "Acme paid 1,000", is_public=False))
    public = await bot.dispatch(Question("3", ana, Place("console:t", "d", "t2"), "Acme paid 1,000"))
    assert private is not None
    assert public is not None
    assert "2200 euros (3200 euros less 1,000)" in plain_text(private)
    assert "200 euros" not in plain_text(public)


async def test_a_bit_that_was_paid_leaves_nobody_knows_what(chat: Driver) -> None:
    assert "the rest (5,000)" not in await _told(chat, "they owe us 5,000 since March and sent a bit last week")


async def test_two_debts_are_not_one(chat: Driver) -> None:
    await _told(chat, "they owe us 4,800 and 2,300 on two invoices, two months late", "they paid 1,000")
    assert "3,800" not in last(chat)
    assert "the rest is 500" in last(chat)
