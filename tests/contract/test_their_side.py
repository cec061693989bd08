"""What a client says in their defence is no new trouble: the talk stays on the one that was told."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_news import _told

SCOPE = {
    "en": "the client keeps adding things, this is revision seven and always one more change",
    "es": "el cliente siempre pide algo más, ya van siete rondas de cambios",
    "zh": "客户一直要加东西，已经改了七遍了",
}
ABUSE = {
    "en": "the client shouted at my designer and called her an idiot",
    "es": "el cliente le gritó a mi diseñadora y la llamó idiota",
    "zh": "客户对我们设计师大吼大叫，骂她是白痴",
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", 'he replied "I thought it was all included, that\'s what your colleague told me"'),
        ("en", "she says she assumed revisions were free"),
        ("en", "he says nobody told him it costs extra"),
        ("es", "dice que él creía que todo iba incluido"),
        ("es", "me contestó que nadie le avisó de que costaba extra"),
        ("zh", "他说他以为都包含了"),
        ("zh", "客户说没人告诉他要另外收费"),
    ],
)
async def test_what_they_took_for_granted_is_answered_once_and_the_talk_goes_on(
    chat: Driver, language: str, said: str
) -> None:
    await _told(chat, SCOPE[language])
    answer = await _told(chat, said)
    assert "intents.their-side.1" in answer
    assert "intents.their-side.say" in answer
    assert "anti-contrato" not in answer
    letter = {"en": "what do I write", "es": "¿qué le escribo?", "zh": "怎么写"}[language]
    assert "insaciable.say." in await _told(chat, letter)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "he says he talks like that to everybody"),
        ("en", "he says it's just business and she should grow a thicker skin"),
        ("es", "me contestó que él habla así con todo el mundo"),
        ("es", "dice que era broma"),
        ("zh", "他回复说他对谁都这样说话"),
        ("zh", "他说只是开玩笑"),
    ],
)
async def test_a_way_to_play_it_down_is_no_other_trouble(chat: Driver, language: str, said: str) -> None:
    await _told(chat, ABUSE[language])
    answer = await _told(chat, said)
    assert "intents.their-side.1" in answer
    assert "do_now" not in answer


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "he says he wants a discount now, twenty percent"),
        ("es", "dice que quiere un descuento del veinte por ciento"),
        ("zh", "他说要打八折，嫌太贵"),
    ],
)
async def test_what_they_demand_is_a_trouble_of_its_own(chat: Driver, language: str, said: str) -> None:
    await _told(chat, SCOPE[language])
    assert "pichirre.do_now.1" in await _told(chat, said)


@pytest.mark.parametrize(
    "said", ["he says he paid for them so they're his", "dice que como pagó son suyos", "他说他付了钱就是他的"]
)
async def test_having_paid_as_a_reason_is_no_news_of_a_payment(chat: Driver, said: str) -> None:
    files = {"h": "he wants the editable files on top", "d": "ahora me pide los editables", "他": "他现在非要源文件"}
    await _told(chat, files[said[0]])
    answer = await _told(chat, said)
    assert "intents.paid" not in answer
    assert "intents.says-paid" not in answer
    assert "mala-paga" not in answer
    assert "intents.their-side.1" in answer


@pytest.mark.parametrize(
    "text",
    [
        "sorry meant to say he also hasn't paid the last invoice",
        "quería decir que dijo que tampoco pagó la última factura",
        "我是想说他上一张发票也没付",
    ],
)
async def test_who_says_that_they_have_not_paid_tells_of_no_payment(chat: Driver, text: str) -> None:
    await _told(chat, "Acme calls at midnight" if text[0] == "s" else SCOPE["es" if text[0] == "q" else "zh"])
    answer = await _told(chat, text)
    assert "paid" not in answer.partition("Fro")[2]
    assert "intents.says-paid" not in answer


@pytest.mark.parametrize(
    ("told", "asked", "words"),
    [
        ("the client is two months late with the invoice", "what if they sue us?", "takes no position"),
        ("el cliente lleva dos meses sin pagar la factura", "¿y si nos demanda?", "no toma posición"),
        ("客户拖了两个月没付尾款", "他要是起诉我们怎么办", "不代表我方"),
    ],
)
async def test_the_fear_of_being_sued_gets_what_to_do_about_that(
    chat: Driver, told: str, asked: str, words: str
) -> None:
    await _told(chat, told)
    answer = await _told(chat, asked)
    assert "signs.legal-threat.do_now.1" in answer
    assert words in answer


@pytest.mark.parametrize("asked", ["q le digo", "q le escribo", "q le pongo", "q hago"])
async def test_que_may_be_written_with_one_letter(chat: Driver, asked: str) -> None:
    await _told(chat, "el cliente quiere que le devolvamos el dinero")
    answer = await _told(chat, asked)
    assert "signs.money-back" in answer
    assert ("signs.money-back.say" in answer) == (asked != "q hago")


@pytest.mark.parametrize(
    ("told", "text", "name"),
    [
        ("the client wants a full refund", "but it rained in Lisbon", "expanding-scope"),
        ("el cliente exige un reembolso completo", "pero llovió en Lisboa", "Alcance que crece"),
        ("客户要求全额退款", "但是里斯本下雨了", "需求持续超出范围"),
    ],
)
async def test_after_pressure_no_kind_of_trouble_is_named_that_nobody_told(
    chat: Driver, told: str, text: str, name: str
) -> None:
    await _told(chat, told)
    assert name not in (await _told(chat, text)).partition("[1]")[0]
