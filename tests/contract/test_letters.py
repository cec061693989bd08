"""A letter as it is asked for after it was given: its length, tone, language, channel, and what goes into its gaps."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.contract.test_following import LATE
from tests.contract.test_news import LATE_ES, LATE_ZH, _told
from tests.support import Clock


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (LATE, "shorter"),
        (LATE, "make it shorter"),
        (LATE, "the short one"),
        (LATE_ES, "más corto"),
        (LATE_ZH, "短一点"),
    ],
)
async def test_a_shorter_letter_is_the_one_for_chat_and_then_there_is_none(chat: Driver, first: str, text: str) -> None:
    assert "mala-paga.say.chat.firm" in await _told(chat, first, text)
    shortest = {LATE: "already the shortest", LATE_ES: "ya es la carta más corta", LATE_ZH: "最短的一封"}[first]
    assert shortest in await _told(chat, text)


@pytest.mark.parametrize(
    ("first", "text", "gentlest"),
    [
        (LATE, "softer", "already the gentlest letter that I have. There are: warm, firm and final"),
        (LATE_ES, "más suave", "Esta ya es la carta más suave"), (LATE_ZH, "语气软一点", "最温和的一封"),
    ],
)  # fmt: skip
async def test_who_asks_for_a_softer_one_than_the_softest_hears_what_there_is(
    chat: Driver, first: str, text: str, gentlest: str
) -> None:
    assert gentlest not in await _told(chat, first, text)
    assert gentlest in await _told(chat, text)


@pytest.mark.parametrize(
    ("first", "text", "opening"),
    [
        (LATE, "now in Spanish", "la factura pendiente"), (LATE_ES, "en inglés", "the outstanding invoice"),
        (LATE_ZH, "用英文写", "the outstanding invoice"), (LATE, "in Chinese please", "待付账单"),
    ],
)  # fmt: skip
async def test_a_letter_in_another_language_is_given_and_stays_so(
    chat: Driver, first: str, text: str, opening: str
) -> None:
    said = await _told(chat, first, text)
    assert "mala-paga.say.email.firm" in said
    assert opening in said
    assert opening in await _told(chat, {LATE: "firmer", LATE_ES: "más firme", LATE_ZH: "语气硬一点"}[first])


async def test_a_language_that_there_is_no_letter_in_is_said_to_be_so(chat: Driver) -> None:
    said = await _told(chat, LATE, "in French")
    assert "English, Spanish and Chinese only" in said
    assert "mala-paga.say.email.firm" in said


async def test_without_advice_before_a_language_is_one_to_talk_in(chat: Driver) -> None:
    assert "Write to me in that language" in await _told(chat, "in Spanish")


@pytest.mark.parametrize(("first", "text"), [(LATE, "by phone"), (LATE_ES, "para llamar"), (LATE_ZH, "打电话怎么说")])
async def test_for_a_call_there_is_how_to_call_and_the_short_words(chat: Driver, first: str, text: str) -> None:
    said = await _told(chat, first, text)
    assert "intents.call.1" in said
    assert "mala-paga.say.chat.firm" in said


@pytest.mark.parametrize(
    ("first", "text", "there"),
    [
        ("Acme is two months late with the invoice", "it's 2,400 euros, put it in", "2,400 euros"),
        (LATE_ES, "son 2.400 euros, ponlo", "2.400 euros"), (LATE_ZH, "是2400欧，写进去", "2400欧"),
        (LATE, "it's invoice 1043", "invoice 1043"), (LATE_ES, "la factura es la 1043", "la factura 1043"),
    ],
)  # fmt: skip
async def test_what_is_told_later_goes_into_the_letter(chat: Driver, first: str, text: str, there: str) -> None:
    said = await _told(chat, first, text)
    assert "mala-paga.say.email.firm" in said
    assert there in said


@pytest.mark.parametrize(
    ("first", "then", "there"),
    [
        ("invoice 1043 of Acme is 15 days late", "what do I write?", "invoice 1043"),
        ("Acme still hasn't paid the July invoice", "what do I write?", "the July invoice"),
        ("La factura de julio de Acme sigue sin pagar", "¿qué le digo?", "la factura de julio"),
        ("Acme 7月的发票还没付", "怎么写？", "7月账单"),
        ("La factura de julio de Acme sigue sin pagar", "en inglés", "the July invoice"),
    ],
)
async def test_the_invoice_that_was_named_is_in_every_later_letter(
    chat: Driver, first: str, then: str, there: str
) -> None:
    assert there in await _told(chat, first, then)


async def test_what_was_stated_of_one_trouble_is_not_in_the_letter_on_another(chat: Driver) -> None:
    await _told(chat, LATE, "another client wants a ninth round for the same price", "what do I write?")
    assert "3200" not in last(chat)


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (LATE, "letter"), (LATE, "the letter"), (LATE, "ok letter"),
        (LATE, "show me the letter"), (LATE, "the letter for the invoice"),
        (LATE, "firm"), (LATE, "the firm letter"), (LATE, "give me the firm one"), (LATE, "the second letter"),
        (LATE_ES, "la carta"), (LATE_ES, "carta"), (LATE_ES, "y la carta?"), (LATE_ES, "la carta de la factura"),
        (LATE_ES, "carta firme"), (LATE_ES, "dame la carta firme"), (LATE_ES, "quiero la firme"), (LATE_ES, "mándala"),
        (LATE_ZH, "写信"), (LATE_ZH, "发信"), (LATE_ZH, "信呢"), (LATE_ZH, "坚定的那封信"), (LATE_ZH, "给我看那封信"),
    ],
)  # fmt: skip
async def test_a_letter_by_its_bare_name_or_tone_is_that_letter(chat: Driver, first: str, text: str) -> None:
    said = await _told(chat, first, text)
    assert "mala-paga.say.email.firm" in said
    assert "Where this stands" not in said


@pytest.mark.parametrize(
    ("first", "text"), [(LATE, "the warm one"), (LATE_ES, "la carta cordial"), (LATE_ZH, "温和的那封")]
)
async def test_a_tone_that_is_named_is_that_tone_from_wherever_one_comes(chat: Driver, first: str, text: str) -> None:
    assert "mala-paga.say.email.warm" in await _told(chat, first, "final", text)


@pytest.mark.parametrize(
    ("first", "text", "asked"),
    [
        (LATE, "firmer", "Has a firm one gone out?"), (LATE, "the final letter", "Has a firm one gone out?"),
        (LATE_ES, "más firme", "¿Ya salió una firme?"), (LATE_ZH, "语气硬一点", "坚定的那封发过了吗"),
    ],
)  # fmt: skip
async def test_before_the_last_letter_is_asked_whether_a_firm_one_went_out(
    chat: Driver, first: str, text: str, asked: str
) -> None:
    said = await _told(chat, first, text)
    assert asked in said
    assert "mala-paga.say.email.final" in said
    assert asked not in await _told(chat, {LATE: "shorter", LATE_ES: "más corto", LATE_ZH: "短一点"}[first])


@pytest.mark.parametrize(
    ("first", "text", "words"),
    [
        (LATE, "make it from Nina to Rosa", ("Hi Rosa,", "\nNina")), (LATE, "sign it as nina", ("\nNina",)),
        (LATE, "address it to Rosa please", ("Hi Rosa,",)), (LATE_ES, "fírmalo como Lucía", ("\nLucía",)),
        (LATE_ES, "de Lucía para Marta", ("Hola, Marta:", "\nLucía")), (LATE_ES, "dirígela a Marta", ("Hola, Marta:",)),
        (LATE_ZH, "署名李娜", ("\n李娜",)), (LATE_ZH, "从李娜写给王经理", ("王经理，您好", "\n李娜")),
    ],
)  # fmt: skip
async def test_names_that_a_letter_is_asked_to_have_are_in_it_and_in_later_ones(
    chat: Driver, first: str, text: str, words: tuple[str, ...]
) -> None:
    said = await _told(chat, first, text)
    later = await _told(chat, {LATE: "warm", LATE_ES: "cordial", LATE_ZH: "温和"}[first])
    for word in words:
        assert word in said
        assert word in later
    assert "mala-paga.say.email.firm" in said


@pytest.mark.parametrize(
    ("first", "text", "by_hand"),
    [
        (LATE, "add that we really enjoyed working with them", "Change it by hand"),
        (LATE, "please remove the second paragraph", "Change it by hand"), (LATE_ES, "en usted", "Cámbialo a mano"),
        (LATE_ES, "agrega que disfrutamos mucho trabajar con ellos", "Cámbialo a mano"),
        (LATE_ZH, "加一句感谢的话", "请自己动手改"),
    ],
)  # fmt: skip
async def test_a_wish_that_cant_be_met_is_said_to_be_so_and_the_thread_goes_on(
    chat: Driver, first: str, text: str, by_hand: str
) -> None:
    said = await _told(chat, first, text)
    assert by_hand in said
    assert "mala-paga.say.email.firm" in said
    assert by_hand not in await _told(chat, {LATE: "warm", LATE_ES: "cordial", LATE_ZH: "温和"}[first])


async def test_the_letter_that_ends_it_is_signed_too(chat: Driver) -> None:
    said = await _told(chat, "how do I fire a client?", "sign it from Nina")
    assert "intents.goodbye.say" in said
    assert "\nNina" in said


@pytest.mark.parametrize(
    ("first", "news", "rest", "there"),
    [
        (LATE, "they paid half", "it's 1,600 euros, put it in", "the rest (1,600 euros)"),
        (LATE, "they paid half", "the rest is 1,600", "the rest (1,600)"),
        (LATE, "they paid half", "1,600 left", "the rest (1,600)"),
        (LATE, "they paid 1,600, the rest is 1,600", "what do I write?", "the rest (1,600)"),
        (LATE_ES, "pagó la mitad", "faltan 640 euros", "el resto (640 euros)"),
        (LATE_ES, "pagó la mitad", "son 640 euros, ponlo", "el resto (640 euros)"),
        (LATE_ZH, "他付了一半", "还差22500元，写进去", "余款（22500元）"),
    ],
)
async def test_after_a_part_was_paid_the_letter_thanks_for_it_and_asks_for_the_rest(
    chat: Driver, first: str, news: str, rest: str, there: str
) -> None:
    said = await _told(chat, first, news, rest)
    assert "intents.part-paid.say" in said
    assert there in said
    assert "mala-paga.say" not in said


@pytest.mark.parametrize(
    ("first", "news", "firmer"),
    [
        (LATE, "they paid half", "make it firmer"), (LATE_ES, "pagó la mitad", "más firme"),
        (LATE_ZH, "他付了一半", "语气硬一点"), (LATE, "they paid half", "and then?"),
    ],
)  # fmt: skip
async def test_no_firmer_letter_denies_the_part_that_was_paid(chat: Driver, first: str, news: str, firmer: str) -> None:
    said = await _told(chat, first, news, firmer)
    assert "intents.part-paid.insist." in said
    assert "mala-paga.say" not in said


@pytest.mark.parametrize(
    ("first", "news", "asks"),
    [
        (LATE, "they paid", "what do I write?"), (LATE, "they paid", "and then?"),
        (LATE_ES, "ya pagó", "¿qué le digo?"),
        (LATE_ZH, "他付了", "怎么写？"), (LATE, "they paid", "shorter"),
    ],
)  # fmt: skip
async def test_after_all_was_paid_there_is_the_thanks_and_no_demand(
    chat: Driver, first: str, news: str, asks: str
) -> None:
    said = await _told(chat, first, news, asks)
    assert "intents.paid.say" in said
    assert "mala-paga." not in said


async def test_a_debt_after_one_that_was_paid_is_a_new_one(chat: Driver) -> None:
    said = await _told(chat, LATE, "they paid", "now they are a month late with the next invoice, 900 euros")
    assert "mala-paga.do_now.1" in said
    assert "900 euros" in said
    assert "30 days overdue" in said


async def test_who_names_a_rest_after_all_was_paid_is_asked_for_it(chat: Driver) -> None:
    assert "the rest (300 euros)" in await _told(chat, LATE, "they paid", "they still owe 300 euros")


async def test_until_the_day_that_was_promised_the_letter_confirms_it(chat: Driver, clock: Clock) -> None:
    assert "I've noted Friday" in await _told(chat, LATE, "they promised friday", "what do I write?")
    clock.advance(days=6)
    assert "mala-paga.say.email.firm" in await _told(chat, "what do I write?")
