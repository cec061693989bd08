"""Where all was handed over already, no letter and no step threatens to hold what is no longer there."""

from __future__ import annotations

import re

import pytest

from bot.events import Command, Place, User
from bot.reply import plain_text
from bot.router import Router
from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.contract.test_news import _told

OWED, OWED_ES, OWED_ZH = (
    "they owe us 3,000, 30 days late",
    "nos deben 3.000 hace 30 días",
    "客户欠我们3万，逾期30天",
)
THEIRS = {OWED: "they already have the files", OWED_ES: "ya les entregué todo", OWED_ZH: "源文件都给他了"}
ASKED = {
    OWED: ("what do I write?", "warmer", "make it the final letter", "shorter", "what comes next?"),
    OWED_ES: ("¿qué escribo?", "más suave", "la carta final", "más corto", "¿y después?"),
    OWED_ZH: ("怎么写？", "语气软一点", "最后通知", "短一点", "下一步呢"),
}
HOLDS = (
    "unpaid files", "final files", "files still held", "archivos finales", "源文件交付", "应交的源文件",
    "lo que quede cubierto", "stays with us", "sigue retenido", "合同允许先留着的成果",
)  # fmt: skip


def _holds(text: str) -> list[str]:
    # The clause for the next contract is about the next files.
    told = re.split("For the next contract|Para el próximo contrato|写进下一份合同", text)[0]
    return [words for words in HOLDS if words in told]


@pytest.mark.parametrize(
    "text",
    [
        "The client went silent after we sent the final files, invoice unpaid for 30 days",
        "El cliente desapareció cuando lanzamos la web, factura sin pagar hace 30 días",
        "网站上线一个月了，尾款拖了30天没付",
        "The client went silent after we launched the site, invoice unpaid for 30 days",
        "We handed over the keys a month ago and the invoice is still unpaid",
        "Le entregué las llaves hace un mes y sigue sin pagarme la factura",
        "交稿后客户失联，尾款拖了30天",
    ],
)
async def test_who_has_it_all_is_not_threatened_with_files(chat: Driver, text: str) -> None:
    card = await _told(chat, text)
    assert card.index("signs.delivered.1") > 0
    assert "mala-paga.say." in card
    assert not _holds(card)


@pytest.mark.parametrize("first", [OWED, OWED_ES, OWED_ZH])
async def test_that_they_have_it_all_may_be_told_later_and_holds_for_each_letter(chat: Driver, first: str) -> None:
    assert _holds(await _told(chat, first))
    answer = await _told(chat, THEIRS[first])
    assert "signs.delivered.1" in answer
    assert "mala-paga.say." in answer
    for text in ASKED[first]:
        said = await _told(chat, text)
        assert "mala-paga." in said
        assert not _holds(said)
        assert "signs.delivered" not in said


@pytest.mark.parametrize(
    ("first", "paid", "letter"),
    [(OWED, "they paid 1,000", "firm"), (OWED_ES, "pagaron 1.000", "firme"), (OWED_ZH, "付了1万", "强硬")],
)
async def test_a_letter_after_a_part_of_it_holds_nothing_back_either(
    chat: Driver, first: str, paid: str, letter: str
) -> None:
    await _told(chat, first, THEIRS[first], paid)
    said = await _told(chat, letter)
    assert "insist.firm" in said
    assert not _holds(said)


@pytest.mark.parametrize(
    ("first", "back"),
    [
        (OWED, "no wait, they don't have the files yet"), (OWED, "sorry, we haven't sent them"),
        (OWED_ES, "perdón, todavía no les entregué nada"), (OWED_ZH, "说错了，源文件还没给他"),
    ],
)  # fmt: skip
async def test_that_they_have_it_all_can_be_taken_back(chat: Driver, first: str, back: str) -> None:
    await _told(chat, first, THEIRS[first])
    answer = await _told(chat, back)
    assert "signs.not-delivered.1" in answer
    assert _holds(answer)


@pytest.mark.parametrize(
    "text",
    [
        "We finished the job but they haven't got the files yet, and the invoice is 30 days late",
        "We haven't delivered the files yet and the invoice is 30 days late",
        "No les hemos entregado los archivos y la factura lleva 30 días sin pagar",
        "源文件还没给客户，尾款拖了30天",
        "We sent the final invoice 30 days ago and they don't pay",
        "Entregamos la primera fase y la factura lleva 30 días sin pagar",
    ],
)
async def test_what_is_still_here_may_be_held(chat: Driver, text: str) -> None:
    card = await _told(chat, text)
    assert "signs.delivered" not in card
    assert "signs.not-delivered" not in card
    assert _holds(card)


async def test_another_tone_by_a_button_knows_it_too(chat: Driver) -> None:
    await chat.says("ana", "We launched their site and the invoice is 30 days late")
    seen = chat.sees("ana")[-1]
    await chat.presses("ana", next(label for label in seen.buttons if label == "final"))
    assert "mala-paga.say.email.final" in last(chat)
    assert not _holds(last(chat))


async def test_advice_by_command_hears_it(bot: Router) -> None:
    args = {"subject": "mala-paga", "question": "they already have the files, 30 days late"}
    reply = await bot.dispatch(Command("1", User("ana"), Place("console:t", "c", "t1"), "advice", args))
    assert reply is not None
    assert "signs.delivered.1" in plain_text(reply)
    assert not _holds(plain_text(reply))
