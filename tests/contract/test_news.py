"""News in a thread: what the client did since the advice is answered by what to do about it."""

from __future__ import annotations

import pytest

from bot.events import Action, Command, Place, Question, User
from bot.reply import plain_text
from bot.router import Router
from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.contract.test_following import LATE
from tests.support import Clock

LATE_ES, LATE_ZH = "Acme lleva dos meses sin pagar la factura", "Acme 拖了两个月没付尾款"


async def _told(chat: Driver, *texts: str) -> str:
    for text in texts:
        await chat.says("ana", text, thread="t1")
    return last(chat)


@pytest.mark.parametrize(
    ("first", "text", "news"),
    [
        (LATE, "he paid half", "part-paid"), (LATE, "she says she'll pay on Friday", "promise"),
        (LATE, "they want to pay in three instalments", "instalments"), (LATE, "he signed", "signed"),
        (LATE, "says he already sent the transfer", "says-paid"), (LATE, "he has no money now", "short-of-cash"),
        (LATE, "he says the invoice is wrong", "disputes-invoice"), (LATE, "he paid!!", "paid"),
        (LATE_ES, "pagó la mitad", "part-paid"), (LATE_ES, "dice que paga el viernes", "promise"),
        (LATE_ES, "ya firmó", "signed"), (LATE_ES, "quiere pagar en cuotas", "instalments"),
        (LATE_ZH, "他付了一半", "part-paid"), (LATE_ZH, "他说周五付", "promise"), (LATE_ZH, "他签了", "signed"),
        (LATE_ZH, "他想分期付", "instalments"), (LATE, "he paid half, what now?", "part-paid"),
        (LATE, "he says it was urgent and that we are not committed", "reproach"),
        (LATE, "she says we're unprofessional", "reproach"), (LATE_ES, "dice que no somos profesionales", "reproach"),
        (LATE_ES, "dice que era urgente y que no estamos comprometidos", "reproach"),
        (LATE_ZH, "他说我们不专业", "reproach"),
        (LATE_ES, "pagó la mitad, ¿y ahora?", "part-paid"), (LATE_ZH, "他付了一半，怎么办？", "part-paid"),
    ],
)  # fmt: skip
async def test_news_get_what_to_do_about_them_and_neither_the_card_nor_small_talk(
    chat: Driver, first: str, text: str, news: str
) -> None:
    said = await _told(chat, first, text)
    assert f"intents.{news}.1" in said
    assert ".do_now." not in said
    assert "good-news" not in said


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (LATE, "he hasn't paid half"), (LATE, "what if he pays half?"), (LATE, "he keeps promising to pay next week"),
        (LATE, "he promised to pay on Friday but nothing"), (LATE_ES, "no pagó la mitad"),
        (LATE_ES, "no nos pagaron la mitad"), (LATE_ES, "no nos pagó 500"), (LATE_ZH, "他还没付一半"),
        (LATE_ZH, "他说明天开会"), (LATE_ZH, "他每次都说下周"),
        (LATE_ZH, "如果他付一半呢"), (LATE, "maybe they paid"), (LATE, "perhaps he will pay on Friday"),
        (LATE, "have they paid?"), (LATE, "do you think they will pay?"), (LATE, "our other client paid half"),
        (LATE, "he paid attention"), (LATE, "they paid us a visit"), (LATE_ES, "a lo mejor ya pagaron"),
        (LATE_ES, "¿ya pagaron?"), (LATE_ES, "¿pagaron la mitad?"), (LATE_ES, "quizás paga el viernes"),
        (LATE_ZH, "可能已经付了"), (LATE_ZH, "他们付了吗"), (LATE_ZH, "希望他们周五付"),
    ],
)  # fmt: skip
async def test_what_did_not_happen_is_no_news(chat: Driver, first: str, text: str) -> None:
    assert "intents." not in await _told(chat, first, text)


async def test_news_with_another_trouble_beside_them_are_that_trouble(chat: Driver) -> None:
    assert "abusivo.do_now.1" in await _told(chat, LATE, "he paid half and insults my team in every call")


async def test_the_day_that_was_promised_is_the_one_to_hold_and_the_next_step_waits_for_it(
    chat: Driver, clock: Clock
) -> None:
    said = await _told(chat, LATE, "she says she'll pay on Friday")
    assert "I've noted Friday 27 November" in said
    assert "If nothing has changed by 30 November 2026" in said
    said = await _told(chat, "and then?")
    assert "If nothing has changed by 30 November 2026" in said
    assert "mala-paga.escalate.suspend" not in said
    clock.advance(days=6)
    assert "mala-paga.escalate.suspend" in await _told(chat, "and then?")


async def test_after_a_danger_news_do_not_stand_above_peoples_safety(chat: Driver) -> None:
    said = await _told(chat, "the client threatened to hit our designer with a bottle", "he apologised")
    assert "abusivo.do_now.1" in said
    assert "intents." not in said


async def test_the_day_of_what_was_paid_is_no_promise(chat: Driver) -> None:
    assert "27 November" not in await _told(chat, LATE, "he paid half on Friday")
    assert "If nothing has changed by 2 December 2026" in last(chat)


async def test_what_is_left_may_be_promised_with_it(chat: Driver) -> None:
    said = await _told(chat, LATE, "he paid half and says he'll pay the rest on Friday")
    assert "I've noted Friday 27 November" in said
    assert "3200 euros" not in await _told(chat, "what do I write?")


async def test_after_a_part_was_paid_no_letter_asks_for_the_whole_sum(chat: Driver) -> None:
    assert "3200 euros" in await _told(chat, LATE, "what do I write?")
    assert "3200 euros" not in await _told(chat, "he paid half", "what do I write?")


@pytest.mark.parametrize("news", ["he paid half", "he paid 500 euros"])
async def test_after_a_part_was_paid_no_letter_asks_for_the_sum_in_a_reason_or_a_note(bot: Router, news: str) -> None:
    ana, place = User("ana"), Place("console:t", "c", "t1", is_direct=True)
    flag = {"client": "Acme", "archetype": "mala-paga", "reason": "inv 104, 3200 euros"}
    await bot.dispatch(Command("1", ana, place, "flag", flag))
    await bot.dispatch(Command("2", ana, place, "note", {"client": "Acme", "text": "amount: 3200 euros"}))
    said = []
    for number, text in enumerate(("Acme is two months late", news, "what do I write?", "they still owe 1000 euros")):
        reply = await bot.dispatch(Question(f"q{number}", ana, place, text, is_public=False))
        said.append(plain_text(reply) if reply else "")
    # The answer to the news says from what it took the payment.
    assert ["3200 euros" in text for text in said] == [True, True, False, False]
    assert ["1000 euros" in text for text in said] == [False, False, False, True]
    assert ["(1600 euros)" in text or "(2700 euros)" in text for text in said] == [False, True, True, False]


async def test_a_letter_in_another_tone_knows_that_a_part_was_paid(bot: Router) -> None:
    ana, place = User("ana"), Place("console:t", "c", "t1", is_direct=True)
    flag = {"client": "Acme", "archetype": "mala-paga", "reason": "inv 104, 3200 euros"}
    await bot.dispatch(Command("1", ana, place, "flag", flag))
    for number, text in enumerate(("Acme is two months late", "he paid half", "what do I write?")):
        letter = await bot.dispatch(Question(f"q{number}", ana, place, text, is_public=False))
    assert letter is not None
    for choice in (choice for menu in letter.menus for choice in menu.options):
        reply = await bot.dispatch(Action(choice.label, ana, place, choice.action, choice.value))
        assert reply is not None
        assert "3200 euros" not in plain_text(reply)


async def test_a_letter_in_another_tone_knows_it_where_no_client_is_known(bot: Router) -> None:
    ana, place = User("ana"), Place("console:t", "c", "t1", is_direct=True)
    for number, text in enumerate((LATE, "he paid half", "the rest is 1,600", "what do I write?")):
        letter = await bot.dispatch(Question(f"q{number}", ana, place, text, is_public=False))
    assert letter is not None
    for choice in (choice for menu in letter.menus for choice in menu.options):
        reply = await bot.dispatch(Action(choice.label, ana, place, choice.action, choice.value))
        assert reply is not None
        assert "the rest (1,600)" in plain_text(reply)


async def test_a_flag_after_all_was_paid_is_of_a_new_debt(bot: Router, clock: Clock) -> None:
    ana, place = User("ana"), Place("console:t", "c", "t1", is_direct=True)
    flag = {"client": "Acme", "archetype": "mala-paga", "reason": "inv 105, 900 euros"}
    await bot.dispatch(Command("1", ana, place, "flag", flag))
    for number, text in enumerate(("Acme is two months late", "they paid")):
        await bot.dispatch(Question(f"q{number}", ana, place, text, is_public=False))
    clock.advance(minutes=1)
    await bot.dispatch(Command("2", ana, place, "flag", flag))
    reply = await bot.dispatch(Question("q9", ana, place, "what do I write?", is_public=False))
    assert reply is not None
    assert "mala-paga.say.email" in plain_text(reply)


async def test_what_is_noted_of_the_rest_after_a_part_was_paid_is_in_the_letter(bot: Router, clock: Clock) -> None:
    ana, place = User("ana"), Place("console:t", "c", "t1", is_direct=True)
    for number, text in enumerate(("Acme is two months late, 3200 euros", "he paid half")):
        await bot.dispatch(Command(f"f{number}", ana, place, "flag", {"client": "Acme", "archetype": "mala-paga"}))
        await bot.dispatch(Question(f"q{number}", ana, place, text, is_public=False))
    clock.advance(minutes=1)
    await bot.dispatch(Command("n", ana, place, "note", {"client": "Acme", "text": "amount: 1600 euros"}))
    reply = await bot.dispatch(Question("q", ana, place, "what do I write?", is_public=False))
    assert reply is not None
    assert "1600 euros" in plain_text(reply)


async def test_good_news_that_nobody_asked_about_before_stay_good_news(chat: Driver) -> None:
    assert "/client resolve" in await _told(chat, "they paid!!")


async def test_news_of_a_flagged_client_need_no_thread(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga")
    await chat.says("ana", "Acme paid half")
    assert "Acme · late-payment pattern" in last(chat)
    assert "intents.part-paid.1" in last(chat)


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (LATE, "they paid 1,000"), (LATE, "we got 500 euros today"), (LATE, "they sent something"),
        (LATE, "they made a payment"), (LATE, "they paid a deposit"), (LATE_ES, "pagó 500"), (LATE_ES, "pagaron algo"),
        (LATE_ES, "nos llegaron 500 euros"), (LATE_ZH, "他付了10000"), (LATE_ZH, "收到一万"), (LATE_ZH, "他转了一笔"),
        ("Acme owes us 4,800 and 2,300 on two invoices, 77 and 81", "they paid invoice 77"),
        ("Acme hasn't paid invoice 77", "they paid invoice 81"), (LATE, "they paid one of the invoices"),
        ("Acme lleva dos meses sin pagar dos facturas", "pagó la primera factura"),
    ],
)  # fmt: skip
async def test_a_sum_or_one_of_several_invoices_is_a_part(chat: Driver, first: str, text: str) -> None:
    said = await _told(chat, first, text)
    assert "intents.part-paid.1" in said
    assert "intents.paid." not in said


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (LATE, "they paid 3,200"), (LATE, "they paid the 3200 euros in full"), (LATE, "they paid everything"),
        ("Acme hasn't paid invoice 77", "they paid invoice 77"), ("Acme 拖欠尾款4.5万两个月了", "他付了45000"),
        ("Acme no paga la factura 88, 1.850 €, hace dos meses", "pagó los 1.850 completos"), (LATE_ES, "pagaron todo"),
        (LATE_ES, "pagó la factura"), (LATE_ES, "ya nos pagaron la factura"),
    ],
)  # fmt: skip
async def test_the_whole_sum_or_what_is_called_so_is_all(chat: Driver, first: str, text: str) -> None:
    assert "intents.paid.1" in await _told(chat, first, text)


@pytest.mark.parametrize(
    ("first", "text", "day"),
    [
        (LATE, "they promised friday", "Friday 27 November"), (LATE, "he says monday", "Monday 30 November"),
        (LATE, "said the 30th", "Monday 30 November"), (LATE, "she promised it for tomorrow", "Wednesday 25 November"),
        (LATE_ES, "me dijo que el lunes", "lunes 30 de noviembre"),
        (LATE_ES, "dice que el viernes", "viernes 27 de nov"),
        (LATE_ES, "quedó para el jueves", "jueves 26 de noviembre"),
        (LATE_ES, "dijeron que mañana sin falta", "miércoles 25 de noviembre"), (LATE_ZH, "他说周五", "11月27日"),
        (LATE_ZH, "客户答应月底", "11月30日"),
    ],
)  # fmt: skip
async def test_a_day_is_a_promise_where_money_is_what_is_waited_for(
    chat: Driver, first: str, text: str, day: str
) -> None:
    said = await _told(chat, first, text)
    assert "intents.names-a-day.1" in said
    assert day in said


@pytest.mark.parametrize(
    ("first", "text", "corrected", "day"),
    [
        (LATE, "they promised friday", "no, they said monday", "Monday 30 November"),
        (LATE, "she says she'll pay on Friday", "sorry, monday", "Monday 30 November"),
        (LATE_ES, "dice que el viernes", "no, el lunes", "lunes 30 de noviembre"),
        (LATE_ZH, "他说周五", "不对，是下周一", "11月30日"),
    ],
)
async def test_a_day_that_is_put_right_is_the_one_to_hold(
    chat: Driver, first: str, text: str, corrected: str, day: str
) -> None:
    assert day in await _told(chat, first, text, corrected)


async def test_a_day_is_no_promise_of_money_in_another_trouble(chat: Driver) -> None:
    await _told(chat, "the client wants a ninth round of changes for the same price", "he says monday")
    assert "names-a-day" not in last(chat)


@pytest.mark.parametrize(
    ("flagged", "news", "corrected", "asks"),
    [
        ("Café Central", "Orquídea pagó la mitad", "no, me equivoqué, fue Café Central la que pagó la mitad", "¿y {}?"),
        ("Globex", "Orquídea paid half", "sorry, it was Globex who paid half", "and {}?"),
        ("蓝海", "Orquídea 付了一半", "不对，搞错了，是蓝海付了一半", "{} 怎么写？"),
    ],
)
async def test_news_that_were_of_another_client_move_to_it(
    chat: Driver, flagged: str, news: str, corrected: str, asks: str
) -> None:
    for client in (flagged, "Orquídea"):
        await chat.runs("ana", "flag", client=client, archetype="mala-paga")
    said = await _told(chat, news, corrected)
    assert f"{flagged} · " in said
    assert "intents.part-paid.1" in said
    assert "part-paid" not in await _told(chat, asks.format("Orquídea"))
    assert "intents.part-paid.say" in await _told(chat, asks.format(flagged))
