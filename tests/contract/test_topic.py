"""Short messages in a thread stay on its topic: what to do now, the files, a refusal, a country, the end."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.contract.test_following import LATE
from tests.contract.test_news import LATE_ES, LATE_ZH

END, END_ES, END_ZH = (
    "how do I fire a client?",
    "despedir al cliente ya, no lo aguanto",
    "不想跟这个客户合作了，怎么结束",
)


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (LATE, "what do I do?"), (LATE, "any advice?"), (LATE_ES, "que hago"), (LATE_ES, "q hago entonces"),
        (LATE_ES, "no sé qué hacer"), (LATE_ZH, "怎么办"), (LATE_ZH, "那我怎么办呢"), (LATE_ZH, "有什么办法"),
    ],
)  # fmt: skip
async def test_who_only_asks_what_to_do_stays_on_the_threads_topic(chat: Driver, first: str, text: str) -> None:
    await _advised_in(chat, first, text)
    assert "mala-paga.escalate" in last(chat)
    assert ".do_now." not in last(chat)


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (LATE, "what if he asks for the files?"), (LATE, "he wants the source files"),
        (LATE_ES, "y si me pide los archivos"),
        (LATE_ZH, "他要源文件怎么办"), (END, "and if they want the files?"), (END_ES, "y si me pide los archivos"),
        (END_ZH, "他要源文件怎么办"),
    ],
)  # fmt: skip
async def test_who_asks_about_the_files_hears_about_them(chat: Driver, first: str, text: str) -> None:
    await _advised_in(chat, first, text)
    assert "intents.files.1" in last(chat)
    assert "script_rules.read-before-suspending" in last(chat)


@pytest.mark.parametrize(
    ("first", "text", "words"),
    [
        (END, "the letter", "end our work on the project"), (END, "what do I write?", "end our work on the project"),
        (END_ES, "la carta", "dar por terminada la colaboración"), (END_ZH, "写封信", "决定结束本项目的合作"),
    ],
)  # fmt: skip
async def test_after_talk_of_the_end_the_letter_is_the_one_that_ends_it(
    chat: Driver, first: str, text: str, words: str
) -> None:
    await _advised_in(chat, first, text)
    assert words in last(chat)
    await _advised_in(chat, LATE, first, text)
    assert words in last(chat)
    await chat.says("ana", "the firm letter", thread="t1")
    assert "mala-paga.say.email.firm" in last(chat)


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (LATE, "and if he says no?"), (LATE, "they refused"), (LATE, "what if he doesn't agree?"),
        (LATE_ES, "¿y si dice que no?"), (LATE_ES, "se negó"), (LATE_ES, "y si no acepta"), (LATE_ZH, "他不同意呢"),
        (LATE_ZH, "要是客户拒绝怎么办"),
    ],
)  # fmt: skip
async def test_a_refusal_is_not_answered_as_silence(chat: Driver, first: str, text: str) -> None:
    await _advised_in(chat, first, text)
    assert "intents.refuse" in last(chat)
    assert "mala-paga.escalate" in last(chat)
    assert "mala-paga.say" not in last(chat)


@pytest.mark.parametrize(
    "text", ["what if he still doesn't answer?", "still no answer", "sigue sin contestar", "他还是不回"]
)
async def test_silence_is_not_answered_as_a_refusal(chat: Driver, text: str) -> None:
    await _advised_in(chat, LATE, text)
    assert "intents.refuse" not in last(chat)
    assert "mala-paga.say" in last(chat)


@pytest.mark.parametrize(
    ("first", "question", "text", "words"),
    [
        (LATE, "can I charge interest?", "in Spain", "law.es.1"), (LATE, "can I charge interest?", "UK", "law.gb.1"),
        (LATE, "can I charge interest?", "in Germany", "no notes on the law of DE"),
        (LATE_ES, "¿puedo cobrar intereses?", "españa", "law.es.1"),
        (LATE_ES, "¿puedo cobrar intereses?", "estamos en México", "law.mx.1"),
        (LATE_ZH, "能收利息吗？", "中国", "law.cn.1"),
    ],
)  # fmt: skip
async def test_a_bare_country_answers_where_the_law_is_asked_for(
    chat: Driver, first: str, question: str, text: str, words: str
) -> None:
    await _advised_in(chat, first, question, text)
    assert words in last(chat)
    await chat.says("ana", "shorter", thread="t1")
    assert "mala-paga.say" in last(chat)
    await _advised_in(chat, question.replace("Acme", "they"), text)
    assert words in last(chat)


@pytest.mark.parametrize("text", ["he refuses to sign", "se niega a firmar", "客户拒绝签合同"])
async def test_a_refusal_that_comes_first_is_a_trouble(chat: Driver, text: str) -> None:
    await _advised_in(chat, text)
    assert "anti-contrato.do_now.1" in last(chat)


async def _advised_in(chat: Driver, *texts: str) -> None:
    for text in texts:
        await chat.says("ana", text, thread="t1")
