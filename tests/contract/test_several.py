"""Several clients in a thread, or in one message: each keeps the trouble that was told of it."""

from __future__ import annotations

import pytest
import pytest_asyncio

from bot.events import Place, Question, User
from bot.reply import plain_text
from bot.router import Router
from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.contract.test_news import _told


@pytest_asyncio.fixture(loop_scope="session")
async def both(chat: Driver) -> Driver:
    """A team that knows two clients by another trouble than the one it tells of."""
    for client in ("Acme", "Globex"):
        await chat.runs("ana", "flag", client=client, archetype="abusivo")
    return chat


@pytest.mark.parametrize(
    "text",
    [
        "Acme owes us two invoices and Globex keeps calling on Sundays",
        "Acme nos debe dos facturas y Globex llama cada domingo",
        "Acme欠我们两张发票没付，Globex每个周日都打电话来",
        "Acme 拖了两个月没付尾款而Globex 半夜发消息",
    ],
)
async def test_two_clients_in_one_message_are_both_answered(both: Driver, text: str) -> None:
    said = await _told(both, text)
    for part in ("Acme · ", "Globex · ", "mala-paga.do_now.1", "sin-horario.do_now.1"):
        assert part in said
    assert "mala-paga.say." in await _told(both, "what do I write to Acme?")
    assert "sin-horario.say." in await _told(both, "what do I write to Globex?")


async def test_a_tale_of_countless_clauses_is_not_looked_through_for_each_client(both: Driver) -> None:
    told = "Acme owes us two invoices and Globex keeps calling on Sundays"
    assert "Globex · " in await _told(both, f"{told}{', and calls again' * 9}")
    assert "in a message of its own" in await _told(both, f"{told}{', and calls again' * 40}")


async def test_the_whole_advice_on_one_of_two_is_behind_its_button(both: Driver) -> None:
    await _told(both, "Acme owes us two invoices and Globex keeps calling on Sundays")
    await both.presses("ana", "Globex · out-of-hours pattern")
    assert "sin-horario.prevent.contract.1" in last(both)


@pytest.mark.parametrize(
    ("acme", "globex", "back", "forth"),
    [
        ("Acme is two months late with the invoice", "Globex keeps calling at midnight", "and acme?", "and globex?"),
        ("Acme lleva dos meses sin pagar", "Globex llama cada domingo a medianoche", "¿y acme?", "¿y globex?"),
        ("Acme 拖了两个月没付尾款", "Globex 半夜发消息", "那acme呢？", "那Globex呢"),
    ],
)
async def test_a_client_that_was_talked_of_comes_back_with_its_trouble(
    both: Driver, acme: str, globex: str, back: str, forth: str
) -> None:
    said = await _told(both, acme, globex, back)
    assert "Acme · " in said
    assert "mala-paga.say.email.firm" in said
    said = await _told(both, forth)
    assert "Globex · " in said
    assert "sin-horario.do_now.1" in said


@pytest.mark.parametrize(
    "text",
    [
        "Globex again.", "ugh, Globex again", "back to Globex", "ok back to Globex now", "how is Globex doing?",
        "any news on Globex?", "Globex otra vez", "otra vez Globex, por dios", "volvamos a Globex", "¿cómo va Globex?",
        "Globex又来了", "Globex怎么样了", "Globex呢", "又是Globex", "回到Globex",
    ],
)  # fmt: skip
async def test_a_name_with_words_that_only_point_tells_no_trouble_and_the_flag_counts(chat: Driver, text: str) -> None:
    await chat.runs("ana", "flag", client="Globex", archetype="mala-paga")
    said = await _told(chat, text)
    assert "Globex · " in said
    assert "mala-paga.do_now.1" in said
    for trouble in ("indeciso", "insaciable", "abusivo", "sin-horario"):
        assert f"{trouble}." not in said


@pytest.mark.parametrize("text", ["back to Acme", "Acme again.", "volvamos a Acme", "回到Acme"])
async def test_words_that_only_point_bring_back_what_the_thread_was_told(both: Driver, text: str) -> None:
    said = await _told(both, "Acme is two months late with the invoice", "Globex keeps calling at midnight", text)
    assert "mala-paga.do_now.1" in said
    assert "indeciso." not in said


async def test_a_name_with_a_trouble_is_still_one(both: Driver) -> None:
    assert "mala-paga.do_now.1" in await _told(both, "Acme no paga")
    assert "indeciso.do_now.1" in await _told(both, "Globex changed its mind again")


async def test_another_thread_knows_a_client_by_its_flags_alone(both: Driver) -> None:
    await _told(both, "Acme is two months late with the invoice")
    await both.says("ana", "and Acme?", thread="t2")
    assert "abusivo.do_now.1" in last(both)


@pytest.mark.parametrize("text", ["Acme and Globex both owe us for two months", "Acme owes us more than Globex"])
async def test_of_two_in_one_trouble_one_is_meant_and_the_other_is_named(both: Driver, text: str) -> None:
    assert "in a message of its own" in await _told(both, text)


@pytest.mark.parametrize(
    "text",
    [
        "both Acme and Globex haven't paid", "Acme and Globex haven't paid", "neither Acme nor Globex pay on time",
        "Acme insults us and Globex too", "Acme grita y Globex también", "Acme y Globex no pagan",
        "Acme骂人，Globex也是",
    ],
)  # fmt: skip
async def test_two_with_one_trouble_get_no_trouble_that_nobody_told_of(both: Driver, text: str) -> None:
    said = await _told(both, text)
    for trouble in ("indeciso", "insaciable", "anti-contrato", "sin-horario"):
        assert f"{trouble}." not in said


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("Acme is great but Globex hasn't paid us in three weeks", "late-payment"),
        ("Acme paga bien pero Globex lleva tres semanas sin pagar", "pagos fuera de plazo"),
        ("Acme很好，但Globex拖了三个星期没付尾款", "付款反复逾期"),
    ],
)
async def test_the_one_of_whom_a_trouble_is_told_is_the_one_that_it_is_about(
    chat: Driver, text: str, trouble: str
) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga")
    await chat.runs("ana", "flag", client="Globex", archetype="abusivo")
    said = await _told(chat, text)
    assert trouble in said
    assert said.index("Globex · ") < said.index("Acme")


async def test_an_outsider_hears_nothing_of_either(bot: Router) -> None:
    place = Place("console:t", "c", "t1")
    for number, text in enumerate(("Acme is two months late with the invoice", "Globex keeps calling at midnight")):
        await bot.dispatch(Question(str(number), User("ana"), place, text))
    reply = await bot.dispatch(Question("3", User("eve", is_guest=True), place, "and acme?"))
    assert reply is not None
    assert "late-payment" not in plain_text(reply)


@pytest.mark.parametrize(
    ("first", "text", "said"),
    [
        ("Acme pays late. Globex insults us.", "what about Globex?", "I know no client called “Globex”"),
        ("Acme pays late", "And Bright Harbor?", '/client flag "Bright Harbor" …'),
        ("Acme no paga desde hace dos meses. Globex nos insulta.", "¿y Globex?", "Solo distingo a los clientes"),
        ("Acme 拖了两个月没付尾款。Globex 骂我们的人。", "那 Globex 呢？", "我只分得清名单上的客户"),
    ],
)
async def test_a_client_that_nobody_listed_is_not_taken_for_the_one_before(
    chat: Driver, first: str, text: str, said: str
) -> None:
    answer = await _told(chat, first, text)
    assert said in answer
    assert "do_now" not in answer


@pytest.mark.parametrize("text", ["what about Friday?", "what about Germany?", "And Acme?", "what about interest?"])
async def test_what_is_no_unknown_client_is_not_called_one(chat: Driver, text: str) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga")
    assert "I know no client" not in await _told(chat, "Acme pays late", text)


async def test_a_guest_is_not_told_who_is_listed(bot: Router) -> None:
    guest, place = User("eve", is_guest=True), Place("console:t", "c", "t1")
    reply = await bot.dispatch(Question("1", guest, place, "what about Globex?"))
    assert reply is not None
    assert "I know no client" not in plain_text(reply)
