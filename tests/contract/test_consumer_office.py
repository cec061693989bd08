"""A complaint to a consumer office, and a discount for paying early, have an answer of their own."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_news import _told


@pytest.mark.parametrize(
    ("told", "asked", "words"),
    [
        ("He's threatening to report us to trading standards", "what do I write?", "free to take this"),
        ("Nos amenaza con ir a Profeco", "¿qué le escribo?", "Está en su derecho"),
        ("客户打12315投诉我们", "怎么回", "您有权向消费者部门反映"),
        ("She filed a complaint with the consumer protection office", "what do I write?", "free to take this"),
        ("El cliente pidió la hoja de reclamaciones", "¿qué le escribo?", "Está en su derecho"),
        ("客户扬言要去消协投诉我们", "怎么回", "您有权向消费者部门反映"),
        ("El cliente dice que nos va a denunciar en consumo", "¿qué le escribo?", "Está en su derecho"),
        ("We got a letter from the Better Business Bureau about a client", "what do I write?", "free to take this"),
        ("Nos llegó una queja del cliente en la oficina del consumidor", "¿qué le escribo?", "Está en su derecho"),
    ],
)
async def test_a_complaint_gets_what_to_do_and_a_letter_of_its_own(
    chat: Driver, told: str, asked: str, words: str
) -> None:
    card = await _told(chat, told)
    assert card.index("signs.consumer-office.do_now.1") < card.index("signs.consumer-office.say")
    assert "abusivo." not in card
    assert words in await _told(chat, asked)


@pytest.mark.parametrize(
    "text", ["can I report the client to trading standards?", "¿puedo denunciarlo en Profeco?", "我能打12315投诉客户吗"]
)
async def test_our_own_complaint_is_none_of_theirs(chat: Driver, text: str) -> None:
    assert "signs.consumer-office" not in await _told(chat, text)


@pytest.mark.parametrize(
    "text",
    [
        "should I offer 2% for paying early?", "should we offer an early payment discount?",
        "¿descuento por pronto pago?",
        "¿le ofrezco un 2% por pronto pago?", "¿conviene dar descuento si pagan antes?", "提前付款给2%折扣好吗",
        "要不要给提前付款的优惠", "is a discount for prompt payment a good idea?",
        "¿ofrezco 2% si pagan ya?", "should I give 5% if they pay today?",
    ],
)  # fmt: skip
async def test_an_early_payment_discount_is_weighed(chat: Driver, text: str) -> None:
    assert "intents.early-discount.1" in await _told(chat, text)


async def test_after_a_late_payment_it_is_weighed_too(chat: Driver) -> None:
    said = await _told(chat, "they pay late, 20 days each time", "should I offer 2% off if they pay early?")
    assert "never for one that is late" in said
    assert "pichirre" not in said
