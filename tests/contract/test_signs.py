"""Conversations that no playbook answers: danger, distress, another language, somebody who is no client, junk."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last

THREAT = "Acme's owner said he'd kill me if the site goes down again"


async def test_in_danger_peoples_safety_comes_first_then_the_advice_and_no_reason_is_shown(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga", reason="inv 104 of Zeppelin")
    await chat.says("ana", THREAT, thread="t1")
    seen = chat.sees("bob")[-1]
    assert seen.text.strip(" *#\n").startswith("First, people:")
    assert seen.text.index("emergency number") < seen.text.index("Acme is flagged") < seen.text.index("Do today")
    assert "signs.violence.1" in seen.text
    assert "abusivo.do_now.1" in seen.text
    assert "Zeppelin" not in seen.text
    assert "104" not in seen.text


async def test_in_danger_no_warm_words_are_offered_and_safety_stays_first_whatever_is_pressed(chat: Driver) -> None:
    await chat.types("ana", f"ask {THREAT}")
    assert chat.sees("ana")[-1].is_private
    assert "abusivo.say" not in last(chat)
    assert "warm" not in chat.sees("ana")[-1].buttons
    await chat.presses("ana", "firm")
    assert "signs.violence.say" in last(chat)
    assert "abusivo.say" not in last(chat)
    await chat.presses("ana", "final")
    assert "abusivo.say.email.final" in last(chat)
    assert "signs.violence.1" in last(chat)
    await chat.presses("ana", "Share")
    assert "emergency number" in chat.sees("bob")[-1].text


async def test_a_danger_told_with_the_advice_command_comes_first_too(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="indeciso")
    await chat.runs("ana", "advice", subject="acme", question="he followed me home after the shoot")
    assert "signs.stalking.1" in last(chat)
    assert "abusivo.do_now.1" in last(chat)


async def test_a_danger_that_may_have_no_client_in_it_gets_the_safety_words_and_a_button(chat: Driver) -> None:
    await chat.says("ana", "A drunk stranger followed me home from the station last night")
    assert "emergency number" in last(chat)
    assert "do_now" not in last(chat)
    await chat.presses("ana", chat.sees("ana")[-1].buttons[0])
    assert "signs.stalking.1" in last(chat)
    assert "abusivo.do_now.1" in last(chat)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I can't go on, I just want to die", "You come first here"),
        ("pienso en quitarme la vida", "Lo primero aquí eres tú"),
        ("我不想活了", "你最要紧"),
    ],
)
async def test_somebody_at_their_end_gets_a_humane_answer_and_nothing_else(chat: Driver, text: str, words: str) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga", reason="inv 104")
    await chat.says("ana", f"{text}. Acme")
    assert words in last(chat)
    assert "mala-paga" not in last(chat)
    assert "open flag" not in last(chat)
    assert not chat.sees("ana")[-1].buttons
    await chat.runs("ana", "advice", subject="acme", question=text)
    assert words in last(chat)


async def test_another_language_is_answered_in_the_teams_with_the_three_that_are_read(chat: Driver) -> None:
    await chat.says("ana", "Le client ne paie pas depuis deux mois et il veut un autre projet")
    assert "I read English, Spanish and Chinese" in last(chat)
    await chat.types("ana", "settings language es")
    await chat.says("ana", "お客様が二ヶ月も請求書を払ってくれません")
    # Where a person's own locale is known it goes before the team's.
    words = "Leo español, inglés y chino" if chat.name == "console" else "I read English, Spanish and Chinese"
    assert words in last(chat)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My colleague takes credit for my ideas in front of everyone", "a colleague, not a client"),
        ("El nuevo jefe nos habla fatal", "Eso suena a un jefe, no a un cliente"),
        ("印厂又放鸽子，说好今早送样", "听着像是供应商，不是客户"),
    ],
)
async def test_about_somebody_who_is_no_client_that_is_said(chat: Driver, text: str, words: str) -> None:
    await chat.says("ana", text)
    assert words in last(chat)
    assert "not in my notes" not in last(chat)


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("客户一直约我们实习生单独吃饭", "signs.sexual-harassment"),
        ("invita a salir a la becaria todas las semanas y ella no quiere", "signs.sexual-harassment"),
        ("my designer is crying in the bathroom after the call", "signs.colleague-in-tears"),
        ("client made a racist joke about our developer", "signs.discrimination"),
        ("vuelva a su país, sudaca", "signs.discrimination"),
        ("他骂我们设计师死娘炮", "signs.discrimination"),
    ],
)
async def test_what_a_client_does_to_people_gets_its_own_words_and_nothing_warm(
    chat: Driver, text: str, safety: str
) -> None:
    await chat.types("ana", f"advice abusivo {text}")
    assert f"{safety}.1" in last(chat)
    assert "say.email.warm" not in last(chat)
    await chat.says("ana", text)
    assert not any(words in last(chat) for words in ("not a client", "no a un cliente", "不是客户"))


async def test_a_pasted_email_that_threatens_to_call_your_boss_is_not_about_a_boss(chat: Driver) -> None:
    await chat.says("ana", 'From: dave@bigco.com. "You people are a joke… I\'m calling your boss. Worst agency…"')
    assert "not a client" not in last(chat)


@pytest.mark.parametrize("junk", ["🚀", "\u200b\u200b🙃", "\x01\x02 %PDF-1.7 \ufffd\ufffd\x00", "�" * 300, "....."])
async def test_an_emoji_and_binary_junk_get_an_answer(chat: Driver, junk: str) -> None:
    await chat.says("ana", junk)
    assert "not in my notes" in last(chat) or "I heard nothing to answer" in last(chat)


@pytest.mark.parametrize(
    ("told", "then"),
    [
        ("the client said he'd find out where I live", "he is outside my house now"),
        ("un cliente me amenazó con ir a mi casa y golpearme", "está afuera de la oficina"),
        ("客户说要找人弄死我", "他真的来公司楼下了"),
    ],
)
async def test_a_danger_is_not_forgotten_with_the_next_line(chat: Driver, told: str, then: str) -> None:
    await chat.says("ana", told, thread="t1")
    words = last(chat).split("\n")[0]
    await chat.says("ana", then, thread="t1")
    assert words in last(chat)


@pytest.mark.parametrize(
    ("told", "asked", "words"),
    [
        ("he said he'd come to the office and break my legs if the site is not up monday", "and what do i write him",
         ("Write nothing to this person yourself", "signs.violence.say", "are suspended")),
        ("me dijo que sabe dónde vivo y a qué cole van mis hijos si no le devuelvo la plata", "y qué le escribo?",
         ("No le escribas nada tú", "signs.stalking.say", "quedan suspendidos")),
        ("el cliente le dijo “negra de mierda” a una de mis diseñadoras", "qué le escribo",
         ("No le escribas tú", "signs.discrimination.say", "quedan suspendidos")),
        ("el cliente me tocó", "qué le digo", ("No le escribas nada tú", "signs.sexual-harassment.say")),
        ("客户对我们实习生动手动脚", "我写什么给他", ("什么都别写给他", "signs.sexual-harassment.say", "暂停")),
        ("他说再不上线就找人来公司砸东西，还知道我家住哪", "那我写什么给他", ("什么都别写给他", "signs.violence.say")),
    ],
)  # fmt: skip
async def test_after_a_danger_nobody_is_to_write_and_the_letter_names_nothing(
    chat: Driver, told: str, asked: str, words: tuple[str, ...]
) -> None:
    await chat.says("ana", told, thread="t1")
    assert "abusivo.escalate.lead-call" not in last(chat)
    await chat.says("ana", asked, thread="t1")
    assert all(part in last(chat) for part in words)
    assert "abusivo.say" not in last(chat)
    await chat.says("ana", "and then?", thread="t1")
    assert "abusivo.escalate.terminate" in last(chat) or "signs." in last(chat)
    assert "abusivo.say" not in last(chat)


@pytest.mark.parametrize(
    ("told", "asked", "sign", "words"),
    [
        ("My client is dying of cancer and hasn't paid since May. 6,000 euros. I feel awful asking", "what do I write",
         "client-ill", "in parts"),
        ("mi cliente tiene cáncer y me debe 4.000 desde mayo, me da cosa cobrarle", "qué le escribo", "client-ill",
         "por partes"),
        ("我客户得了癌症，还欠我四万，不好意思催", "我写什么给他", "client-ill", "分几次"),
        ("he died", "what do I write", "client-died", "sympathy"),
        ("el cliente murió", "qué les escribo", "client-died", "pésame"),
        ("客户去世了", "写什么给家属", "client-died", "节哀"),
        ("our client went bankrupt, owes us 14k", "what do I write", "client-insolvent", "by what date"),
        ("el cliente entró en concurso de acreedores y nos debe 14k", "qué escribo", "client-insolvent", "hasta qué"),
        ("客户破产了，欠我们14万", "我写什么", "client-insolvent", "申报"),
    ],
)  # fmt: skip
async def test_where_misfortune_met_the_client_there_is_a_human_line_and_its_own_letter(
    chat: Driver, told: str, asked: str, sign: str, words: str
) -> None:
    await chat.says("ana", told, thread="t1")
    assert f"signs.{sign}.1" in last(chat)
    await chat.says("ana", asked, thread="t1")
    assert f"signs.{sign}.say" in last(chat)
    assert words in last(chat)
    assert "mala-paga" not in last(chat)
    await chat.says("ana", "make it firmer", thread="t1")
    assert "mala-paga" not in last(chat)


@pytest.mark.parametrize("news", ["the family paid half", "they say they pay on friday"])
async def test_after_misfortune_nobody_is_held_to_a_day(chat: Driver, news: str) -> None:
    await chat.says("ana", "my client is dying of cancer and owes us 6,000 euros", thread="t1")
    await chat.says("ana", news, thread="t1")
    assert "signs.client-ill.1" in last(chat)
    assert "mala-paga" not in last(chat)


async def test_another_trouble_than_the_misfortune_gets_its_own_advice(chat: Driver) -> None:
    await chat.says("ana", "our client went bankrupt, owes us 14k", thread="t1")
    await chat.says("ana", "another client insults my team in every call", thread="t1")
    assert "abusivo.do_now.1" in last(chat)
    assert "signs.client-insolvent" not in last(chat)


async def test_after_a_danger_no_warm_letter_can_be_had(chat: Driver) -> None:
    await chat.says("ana", "the client grabbed our designer's arm and shouted at her", thread="t1")
    for text in ("make it gentler", "what do I write to him?"):
        await chat.says("ana", text, thread="t1")
        assert ".warm" not in last(chat)
        assert "warm" not in chat.sees("ana")[-1].buttons


@pytest.mark.parametrize(
    "text", ["who can see this? the client touched my knee", "he follows me home, who can read this?"]
)
async def test_a_danger_comes_before_any_question_about_the_bot(chat: Driver, text: str) -> None:
    await chat.says("ana", text)
    assert "emergency number" in last(chat) or "signs." in last(chat)


@pytest.mark.parametrize(
    "text",
    [
        "My client said he will come to my house and hurt me",
        "he is outside my office with a knife",
        "está fuera de mi oficina con un cuchillo",
        "客户说要来我家打我",
        "客户拿着刀在我公司门口",
    ],
)
async def test_a_danger_in_plain_words_is_heard(chat: Driver, text: str) -> None:
    await chat.says("ana", text)
    assert "signs.violence" in last(chat) or chat.sees("ana")[-1].text.strip(" *#\n").startswith(
        ("First, people", "Primero", "先顾人")
    )
