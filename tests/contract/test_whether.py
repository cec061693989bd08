"""Whoever asks whether to do what the client wants hears what they may refuse and what not, then the letter."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_news import _told
from tests.contract.test_their_side import ABUSE, SCOPE

LATE = {
    "en": "the client hasn't paid in 40 days and wants another project",
    "es": "el cliente lleva 40 días sin pagar y quiere otro proyecto",
    "zh": "客户拖了40天尾款，还要我们接新项目",
}


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "do I do it or not?"), ("es", "¿lo hago o no?"), ("zh", "我该不该做"), ("en", "can I say no?"),
        ("en", "should I do it?"), ("en", "should we accept?"), ("en", "yes or no?"), ("en", "can we refuse?"),
        ("en", "so do I accept or not"), ("en", "am I obliged to do it?"), ("en", "is it ok to say no?"),
        ("es", "¿puedo negarme?"), ("es", "¿le digo que no?"), ("es", "¿debería aceptar?"), ("es", "¿sí o no?"),
        ("es", "¿tengo que hacerlo?"), ("es", "¿estoy obligada a hacerlo?"), ("es", "¿puedo decirle que no?"),
        ("zh", "能拒绝吗"), ("zh", "做还是不做"), ("zh", "可以不答应吗"), ("zh", "要不要答应"), ("zh", "该做吗"),
        ("zh", "能不理他吗"), ("zh", "要不要去"), ("es", "¿le contesto o no?"),
    ],
)  # fmt: skip
async def test_yes_or_no_is_answered_for_the_trouble_in_hand(chat: Driver, language: str, asked: str) -> None:
    await _told(chat, SCOPE[language])
    said = await _told(chat, asked)
    assert said.index("insaciable.whether.1") < said.index("insaciable.say.")
    assert ".do_now" not in said


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The client wants a 30% discount on the signed quote, can I say no?", "pichirre"),
        ("Nos deben tres facturas y quieren otro proyecto, ¿lo hago o no?", "mala-paga"),
        ("客户半夜发消息要我马上改，我能拒绝吗", "sin-horario"),
        ("He wants to start without a contract. Should I do it?", "anti-contrato"),
        ("Quiere empezar sin firmar nada, ¿puedo negarme?", "anti-contrato"),
    ],
)
async def test_asked_with_the_trouble_it_stands_before_the_advice(chat: Driver, text: str, kind: str) -> None:
    card = await _told(chat, text)
    assert card.index(f"{kind}.whether.1") < card.index(f"{kind}.do_now.1")


@pytest.mark.parametrize("language", ["en", "es", "zh"])
@pytest.mark.parametrize(("told", "kind"), [(LATE, "mala-paga"), (ABUSE, "abusivo")])
async def test_each_trouble_has_an_answer_of_its_own(
    chat: Driver, language: str, told: dict[str, str], kind: str
) -> None:
    await _told(chat, told[language])
    asked = {"en": "can I say no?", "es": "¿puedo negarme?", "zh": "能拒绝吗"}[language]
    assert f"{kind}.whether.1 {kind}.whether.2" in await _told(chat, asked)


@pytest.mark.parametrize("asked", ["should I do it?", "¿lo hago o no?", "能拒绝吗", "do I do it or not?"])
async def test_before_anything_was_told_it_is_asked_what_happened(chat: Driver, asked: str) -> None:
    said = await _told(chat, asked)
    assert "whether" not in said
    assert any(words in said for words in ("About what?", "¿Sobre qué?", "说的是什么事"))


async def test_under_pressure_the_answer_is_the_signs(chat: Driver) -> None:
    await _told(chat, "Client threatens us with a bad Google review")
    said = await _told(chat, "can I say no?")
    assert "signs.bad-review.say" in said
    assert "abusivo" not in said
