"""Conversations that go on: follow-ups get the part that they ask for, and nothing else gets the advice again."""

from __future__ import annotations

import pytest

from bot.events import Command, Place, Question, User
from bot.reply import controls, plain_text
from bot.router import Router
from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.support import Clock, our_knowledge

OURS = our_knowledge().current()
LATE = "Acme is two months late with the invoice, 3200 euros"
NOT_IN_NOTES = "That is not in my notes"


async def _advised(chat: Driver, text: str = LATE) -> None:
    await chat.says("ana", text, thread="t1")
    assert "Do today" in last(chat)


@pytest.mark.parametrize("text", ["thank you so much, that helped", "good morning ☀️", "ok", "are you chatgpt?"])
async def test_small_talk_after_advice_gets_a_line_and_not_the_advice_again(chat: Driver, text: str) -> None:
    await _advised(chat)
    await chat.says("ana", text, thread="t1")
    assert "late-payment" not in last(chat)
    assert "Do today" not in last(chat)
    assert NOT_IN_NOTES not in last(chat)


@pytest.mark.parametrize("text", ["what's the weather like in Lisbon", "write me a poem", "my mom is sick"])
async def test_what_is_off_topic_is_so_in_a_thread_too(chat: Driver, text: str) -> None:
    await _advised(chat)
    await chat.says("ana", text, thread="t1")
    assert NOT_IN_NOTES in last(chat)
    assert "Do today" not in last(chat)


async def test_a_colleague_is_no_client_in_a_thread_either(chat: Driver) -> None:
    await _advised(chat)
    await chat.says("ana", "My coworker keeps ignoring me", thread="t1")
    assert "sounds like a colleague" in last(chat)


@pytest.mark.parametrize("text", ["give me something for whatsapp", "how do I say that in chat?", "for whatsapp"])
async def test_a_channel_that_is_asked_for_gives_the_letter_for_it_alone(chat: Driver, text: str) -> None:
    await _advised(chat)
    await chat.says("ana", text, thread="t1")
    assert ".say.chat." in last(chat)
    assert "Do today" not in last(chat)


async def test_a_tone_that_is_asked_for_is_one_step_from_the_one_before(chat: Driver) -> None:
    await _advised(chat, "the client keeps changing the scope, round nine now, always one more thing")
    await chat.says("ana", "make it firmer please", thread="t1")
    assert ".say.email.firm" in last(chat)
    assert "Do today" not in last(chat)


@pytest.mark.parametrize(
    "text", ["and then?", "what if he still doesn't answer?", "what if they refuse to pay for it?"]
)
async def test_what_comes_next_is_the_step_after_this_one_with_its_letter(chat: Driver, text: str) -> None:
    await _advised(chat)
    await chat.says("ana", text, thread="t1")
    assert "Where this stands" in last(chat)
    assert "mala-paga.escalate" in last(chat)
    assert "Do today" not in last(chat)


async def test_what_a_button_says_may_be_typed(chat: Driver) -> None:
    await _advised(chat)
    await chat.says("ana", "final", thread="t1")
    assert "mala-paga.say.email.final" in last(chat)
    await chat.says("ana", "they want the final files for free, as a gift, and cheaper", thread="t1")
    assert "pichirre.do_now.1" in last(chat)


async def test_the_delay_that_was_stated_holds_for_what_follows(chat: Driver) -> None:
    await _advised(chat)
    await chat.says("ana", "and then?", thread="t1")
    assert ".warm" not in last(chat)
    assert "mala-paga.escalate.demand" in last(chat)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("what do I put in the contract so this never happens again?", "mala-paga.prevent.contract.1"),
        ("can I charge interest for that?", "script_rules.business-debtors-only"),
        ("can I stop work?", "mala-paga.avoid.1"),
        ("can I stop working?", "mala-paga.avoid.1"),
        ("what does the contract need to say?", "mala-paga.prevent.contract.1"),
        ("I want to fire this client", "mala-paga.goodbye"),
    ],
)
async def test_a_part_of_the_playbook_that_is_asked_for_is_given_alone(chat: Driver, text: str, entry: str) -> None:
    await _advised(chat)
    await chat.says("ana", text, thread="t1")
    assert entry in last(chat)
    assert "Do today" not in last(chat)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("how do I fire a client politely?", "exit_checklist"),
        ("how do I ask for a deposit?", "prevent.price"),
        ("is it legal to hold the files until they pay", "script_rules"),
    ],
)
async def test_what_holds_for_every_client_is_told_without_one(chat: Driver, text: str, entry: str) -> None:
    await chat.says("ana", text)
    assert entry in last(chat)
    assert NOT_IN_NOTES not in last(chat)


@pytest.mark.parametrize(
    ("first", "then", "kind"),
    [
        (LATE, "another client, Orchid, insults my team in every call", "hostile"),
        ("Acme lleva dos meses sin pagar", "otro cliente, Orquídea, insulta a mi equipo a gritos", "ofensivo"),
        ("Acme 拖了两个月没付尾款", "另一个客户蓝海每天骂我们设计师", "言辞过激"),
    ],
)
async def test_another_client_in_a_thread_is_another_client(chat: Driver, first: str, then: str, kind: str) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga")
    await chat.says("ana", first, thread="t1")
    await chat.says("ana", then, thread="t1")
    assert kind in last(chat)
    assert "Acme" not in last(chat)


async def test_of_two_clients_the_one_that_is_flagged_so_is_meant_and_the_other_is_named(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Northlight", archetype="indeciso")
    await chat.runs("ana", "flag", client="Bakers", archetype="mala-paga")
    await chat.says("ana", "Northlight and Bakers both are late paying their invoices")
    assert "Bakers · late-payment pattern" in last(chat)
    assert "This is about Bakers. Ask about Northlight in a message of its own." in last(chat)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("el cliente no me paga", "mala-paga"),
        ("el cliente lleva dos meses sin pagar la factura", "mala-paga"),
        ("客户的尾款拖了两个月", "mala-paga"),
        ("客户半夜发消息", "sin-horario"),
    ],
)
async def test_the_plainest_complaint_is_answered_and_not_asked_about(chat: Driver, text: str, kind: str) -> None:
    await chat.says("ana", text)
    assert f"{kind}.do_now.1" in last(chat)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hola", "«Acme"), ("gracias", "escrib"), ("hi", "Acme"), ("help me", "/client"), ("你好", "Acme"),
        ("谢谢", "。"),
        ("¿qué puedes hacer?", "/client"), ("they paid!!", "/client resolve"),
    ],
)  # fmt: skip
async def test_who_only_says_hello_is_answered_like_a_person(chat: Driver, text: str, words: str) -> None:
    await chat.says("ana", text)
    assert words in last(chat)
    assert not chat.sees("ana")[-1].buttons


async def test_that_a_client_paid_is_good_news_whoever_it_is(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga")
    await chat.says("ana", "Acme paid!!")
    assert "/client resolve" in last(chat)
    assert "Do today" not in last(chat)


async def test_an_outsider_learns_nothing_of_what_a_thread_is_about(bot: Router) -> None:
    place = Place("console:t", "c", "t1")
    await bot.dispatch(Command("1", User("ana"), place, "flag", {"client": "Acme", "archetype": "mala-paga"}))
    await bot.dispatch(Question("2", User("ana"), place, "Acme still owes us for the website"))
    for number, text in enumerate(("what's the weather like in Lisbon", "and then?", "make it firmer")):
        reply = await bot.dispatch(Question(f"g{number}", User("eve", is_guest=True), place, text))
        assert reply is not None
        assert "Acme" not in plain_text(reply)
        assert "Acme" not in " ".join(button.label for button in controls(reply))


async def test_tone_and_channel_that_were_asked_for_hold_for_what_follows(chat: Driver) -> None:
    await _advised(chat, "the client keeps changing the scope, round nine now, always one more thing")
    for text, entry in (
        ("give me something for whatsapp", ".say.chat.warm"),
        ("make it firmer", ".say.chat.firm"),
        ("firmer still", ".say.chat.final"),
    ):
        await chat.says("ana", text, thread="t1")
        assert entry in last(chat)


@pytest.mark.parametrize("text", ["make it firmer for Acme", "and what if Acme still doesn't answer?"])
async def test_a_follow_up_may_name_the_client(chat: Driver, text: str) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga")
    await _advised(chat)
    await chat.says("ana", text, thread="t1")
    assert "Acme · late-payment pattern" in last(chat)
    assert "Do today" not in last(chat)


async def test_a_stated_delay_goes_on_while_the_days_pass(chat: Driver, clock: Clock) -> None:
    await _advised(chat, "Acme is 12 days late with invoice 104")
    await chat.says("ana", "what do I write?", thread="t1")
    assert "12 days overdue" in last(chat)
    clock.advance(days=5)
    await chat.says("ana", "what do I write?", thread="t1")
    assert "17 days overdue" in last(chat)


async def test_the_letter_for_a_later_day_counts_the_days_until_then(chat: Driver) -> None:
    await _advised(chat, "Acme is 60 days late with the invoice")
    await chat.says("ana", "and then?", thread="t1")
    assert "If nothing has changed by 2 December 2026" in last(chat)
    assert "68 days overdue" in last(chat)


async def test_the_same_trouble_told_on_keeps_the_delay(chat: Driver) -> None:
    await _advised(chat)
    await chat.says("ana", "he says the invoice never arrived and he won't pay it", thread="t1")
    assert ".say.email.warm" not in last(chat)


async def test_what_an_outsider_asks_in_a_thread_does_not_change_what_the_team_talks_about(bot: Router) -> None:
    place = Place("console:t", "c", "t1")
    await bot.dispatch(Command("1", User("ana"), place, "flag", {"client": "Acme", "archetype": "mala-paga"}))
    await bot.dispatch(Question("2", User("ana"), place, "Acme still owes us for the website"))
    await bot.dispatch(Question("3", User("eve", is_guest=True), place, "the client insults us in every call"))
    reply = await bot.dispatch(Question("4", User("ana"), place, "and then?"))
    assert reply is not None
    assert "Acme · late-payment pattern" in plain_text(reply)


@pytest.mark.parametrize(
    "archetype", ["mala-paga", "anti-contrato", "sabelotodo", "pichirre", "insaciable", "indeciso"]
)
async def test_the_letter_for_what_comes_next_is_in_that_steps_tone(bot: Router, archetype: str) -> None:
    place = Place("console:t", "c", "t1")
    await bot.dispatch(Command("1", User("ana"), place, "flag", {"client": "Acme", "archetype": archetype}))
    await bot.dispatch(Command("2", User("ana"), place, "advice", {"subject": "Acme"}))
    reply = await bot.dispatch(Question("3", User("ana"), place, "Acme again, and then?"))
    assert reply is not None
    steps = {step.step: step.tone for step in OURS.archetypes[archetype].escalate}
    following = [steps[source.rpartition(".")[2]] for source in reply.sources if ".escalate." in source][-1]
    assert f"{archetype}.say.email.{following}" in reply.sources


async def test_after_the_last_letter_comes_the_end_and_no_other_last_letter(chat: Driver) -> None:
    for reason in ("inv 104, 90 days late", "inv 107, 60 days late"):
        await chat.runs("ana", "flag", client="Acme", archetype="mala-paga", reason=reason)
    await _advised(chat, "Acme has not paid, months and months late")
    assert ".say.email.final" in last(chat)
    await chat.says("ana", "and then?", thread="t1")
    assert ".say.email.final" not in last(chat)
    assert "mala-paga.goodbye.how.1" in last(chat)
