"""Who asks which client, or which trouble, comes first gets an order with its reason, or points at the other one."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.contract.test_news import _told

BOTH = [
    "Acme owes us two invoices and Globex insults us, which first?",
    "Acme nos debe dos facturas y Globex nos insulta, ¿por cuál empiezo?",
    "Acme欠我们两张发票没付，Globex骂我们，先处理哪个？",
]
FIRST = ["which of the two do I deal with first?", "¿cuál va primero?", "先处理哪个"]


async def _known(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga")
    await chat.runs("ana", "flag", client="Globex", archetype="abusivo")


def _about(client: str, both: str) -> str:
    words = dict(zip(BOTH, ("what do I write to {}?", "¿qué le escribo a {}?", "给{}怎么写"), strict=True))
    return words[both].format(client)


@pytest.mark.parametrize("text", BOTH)
async def test_of_two_clients_in_one_message_the_more_urgent_comes_first_with_the_reason(
    chat: Driver, text: str
) -> None:
    await _known(chat)
    said = await _told(chat, text)
    assert said.index("intents.which-first.1") < said.index("abusivo.do_now.1") < said.index("mala-paga.do_now.1")
    assert said.index("Globex") < said.index("Acme")


@pytest.mark.parametrize(
    "text",
    [
        "Acme or Globex, which first?",
        "¿Acme o Globex, por cuál empiezo?",
        "Acme拖款，Globex骂我们，先处理哪个？",
        "Acme和Globex先处理哪个",
    ],
)
async def test_of_clients_that_are_only_named_the_flags_tell_which_comes_first(chat: Driver, text: str) -> None:
    await _known(chat)
    said = await _told(chat, text)
    assert "intents.which-first.1" in said
    assert said.index("Globex · ") < said.index("Acme · ")


@pytest.mark.parametrize(("both", "which"), [*zip(BOTH, FIRST, strict=True)])
async def test_which_of_the_clients_of_a_thread_comes_first_is_answered_from_what_was_told(
    chat: Driver, both: str, which: str
) -> None:
    await _known(chat)
    await _told(chat, both)
    said = await _told(chat, which)
    assert "intents.which-first.1" in said
    assert said.index("Globex · ") < said.index("Acme · ")
    assert "indeciso" not in said


@pytest.mark.parametrize(
    ("late", "cheap", "which"),
    [
        ("the client wants a bigger discount again", "and he is two months late with the invoice", FIRST[0]),
        ("el cliente pide otra vez un descuento", "y además lleva dos meses sin pagar la factura", FIRST[1]),
        ("客户又要打折，嫌报价太贵", "而且他拖了两个月没付尾款", FIRST[2]),
    ],
)
async def test_which_of_two_troubles_of_one_client_comes_first_is_answered_too(
    chat: Driver, late: str, cheap: str, which: str
) -> None:
    await _told(chat, late)
    await _told(chat, cheap)
    said = await _told(chat, which)
    assert "intents.which-first.1" in said
    assert said.index("mala-paga.do_now.1") < said.index("pichirre.do_now.1")
    assert "combinations." in said


@pytest.mark.parametrize("which", FIRST)
async def test_where_only_one_trouble_or_none_was_told_the_rule_is_said_and_the_rest_asked_for(
    chat: Driver, which: str
) -> None:
    said = await _told(chat, which)
    assert "intents.which-first.1" in said
    assert "do_now" not in said


@pytest.mark.parametrize(
    ("both", "other"),
    [
        (BOTH[0], "no, the other client"),
        (BOTH[0], "I meant the other one"),
        (BOTH[1], "no, el otro cliente"),
        (BOTH[1], "digo la otra"),
        (BOTH[0], "the other"),
        (BOTH[1], "la otra"),
        (BOTH[2], "不是，是另一个客户"),
        (BOTH[2], "我说的是另外一家"),
    ],
)
async def test_the_other_client_is_the_one_that_was_not_talked_of_last(chat: Driver, both: str, other: str) -> None:
    await _known(chat)
    await _told(chat, both)
    await _told(chat, _about("Acme", both))
    said = await _told(chat, other)
    assert "Globex · " in said
    assert "abusivo" in said
    assert "indeciso" not in said


@pytest.mark.parametrize(
    ("both", "news"),
    [
        (BOTH[0], "the other client paid half"),
        (BOTH[1], "el otro cliente pagó la mitad"),
        (BOTH[2], "另一个客户付了一半"),
    ],
)
async def test_news_of_the_other_client_are_kept_with_that_one(chat: Driver, both: str, news: str) -> None:
    await _known(chat)
    await _told(chat, both)
    await _told(chat, _about("Globex", both))
    said = await _told(chat, news)
    assert "Acme" in said
    assert "intents.part-paid.1" in said


@pytest.mark.parametrize("other", ["no, the other client", "no, el otro cliente", "不是，是另一个客户"])
async def test_where_no_other_client_was_talked_of_none_is_made_up(chat: Driver, other: str) -> None:
    await _told(chat, "the client is two months late with the invoice")
    said = await _told(chat, other)
    assert "indeciso" not in said
    assert "mala-paga" not in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what do I write to him", "in one sentence"),
        ("what do I do", "in one sentence"),
        ("qué le escribo", "en una frase"),
        ("¿qué hago?", "en una frase"),
        ("怎么写", "一句话"),
        ("怎么办", "一句话"),
    ],
)
async def test_who_asks_before_telling_anything_is_asked_what_happened(chat: Driver, text: str, words: str) -> None:
    said = await _told(chat, text)
    assert words in said
    assert "not in my notes" not in said
    assert "do_now" not in said


@pytest.mark.parametrize("text", ["who is our worst client?", "which client is the worst?", "哪个客户最差"])
async def test_which_client_is_worst_is_a_question_on_the_list_and_no_trouble(chat: Driver, text: str) -> None:
    said = await _told(chat, text)
    assert "client list" in said
    assert "do_now" not in said


@pytest.mark.parametrize("which", FIRST)
async def test_in_private_the_clients_with_open_flags_are_put_in_order_and_in_a_channel_nobody_is_named(
    chat: Driver, which: str
) -> None:
    await _known(chat)
    await chat.types("ana", f"ask {which}")
    assert chat.sees("ana")[-1].is_private
    assert last(chat).index("Globex · ") < last(chat).index("Acme · ")
    await chat.says("ana", which, thread="t2")
    assert "Globex" not in last(chat)


@pytest.mark.parametrize(
    ("told", "then", "sign"),
    [
        ("the client went over my head", "my boss believes him", "over-your-head"),
        ("el cliente puso en copia a mi jefe", "mi jefe le da la razón", "over-your-head"),
        ("客户越过我直接找我领导", "我老板让我道歉", "over-your-head"),
    ],
)
async def test_ones_own_boss_belongs_to_the_talk_once_the_client_went_there(
    chat: Driver, told: str, then: str, sign: str
) -> None:
    await _told(chat, told)
    said = await _told(chat, then)
    assert f"signs.{sign}." in said
    assert "signs.boss" not in said
