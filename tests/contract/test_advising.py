"""Conversations about advice, questions, the reference, settings and the summary."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.support import Clock


async def test_advice_says_what_to_do_and_what_to_send_with_the_gaps_filled(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104, 20 days late")
    await chat.runs("ana", "advice", subject="acme")
    text = last(chat)
    assert "Do today" in text
    assert "invoice 104" in text
    assert "mala-paga.do_now.1" in text
    assert "{" not in text


async def test_a_note_fills_what_was_missing(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104, 20 days late")
    await chat.runs("ana", "advice", subject="acme")
    assert "It would be more exact with: contact name" in last(chat)
    await chat.runs("ana", "note", client="acme", text="contact name: Sam; amount: £1,200; project: website")
    await chat.runs("ana", "advice", subject="acme")
    assert "Hi Sam," in last(chat)
    assert "more exact" not in last(chat)


async def test_a_first_flag_a_repeated_one_and_an_old_one_get_different_steps(chat: Driver, clock: Clock) -> None:
    steps = []
    for day in (0, 1, 25):
        clock.advance(days=day)
        await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason=f"inv {day}")
        await chat.runs("ana", "advice", subject="acme")
        steps.append(last(chat).split("Where this stands")[1].split("\n")[1])
    assert len(set(steps)) == 3


async def test_several_archetypes_are_treated_in_the_right_order(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.runs("ana", "flag", client="acme", archetype="abusivo")
    await chat.runs("ana", "advice", subject="acme")
    assert "Two things at once" in last(chat)
    assert "abusivo.do_now.1" in last(chat)


async def test_what_is_treated_second_has_its_first_steps_after_the_more_urgent_ones(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.runs("ana", "flag", client="acme", archetype="abusivo")
    await chat.runs("ana", "advice", subject="acme")
    first, second = last(chat).split("Then: late-payment pattern")
    assert "Do today" in first
    assert "Check the invoice against the order" in second
    assert "mala-paga.do_now.2" in second


async def test_a_message_with_two_troubles_is_answered_on_both_abuse_first(chat: Driver) -> None:
    await chat.says(
        "ana",
        "The client hasn't paid the invoice in two months. When I asked, he called me a useless idiot and hung up.",
    )
    first, second = last(chat).split("Then: late-payment pattern")
    assert "Deal with the abuse first" in first
    assert "abusivo.do_now.1" in second


async def test_the_law_of_the_country_comes_with_its_date_and_source_when_money_is_second_too(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.runs("ana", "flag", client="acme", archetype="abusivo")
    await chat.runs("ana", "advice", subject="acme")
    assert "law" not in last(chat).lower()
    await chat.types("ana", "settings country GB")
    await chat.runs("ana", "advice", subject="acme")
    assert "The law, checked on 1 November 2026 (Late Payment of Commercial Debts (Interest) Act 1998" in last(chat)
    assert "law.gb.1" in last(chat)
    assert "£40 if it's under £1,000" not in last(chat)
    await chat.presses("ana", "It is another kind")
    await chat.presses("ana", "late-payment pattern")
    await chat.presses("ana", "More")
    assert "£40 if it's under £1,000" in last(chat)
    await chat.runs("ana", "advice", subject="indeciso")
    assert "law.gb" not in last(chat)


async def test_the_flags_of_a_client_in_the_question_are_counted_and_what_they_changed_is_said(chat: Driver) -> None:
    for reason in ("inv 104", "inv 107"):
        await chat.runs("ana", "flag", client="宏达科技", archetype="mala-paga", reason=reason)
    await chat.runs("ana", "ask", question="宏达 hasn't paid the invoice in two months")
    assert "宏达科技 is flagged mala-paga (bad payer) twice" not in last(chat)
    await chat.runs("ana", "ask", question="宏达科技 hasn't paid the invoice in two months")
    assert "宏达科技 is flagged mala-paga (bad payer) twice; the oldest flag is from 24 November 2026." in last(chat)
    assert "The question alone points there too." in last(chat)
    await chat.runs("ana", "ask", question="宏达科技 calls at 3 am every weekend")
    assert "The question is about something that is not flagged yet: " in last(chat)


async def test_a_delay_that_the_question_states_is_kept_when_the_channel_is_changed(chat: Driver) -> None:
    await chat.runs("ana", "ask", question="The client has not paid the invoice, it is 25 days late")
    step = last(chat).split("Where this stands")[1].split("\n")[1]
    assert "25 days overdue" in last(chat)
    await chat.presses("ana", "chat")
    assert "25 days overdue" in last(chat)
    assert last(chat).split("Where this stands")[1].split("\n")[1] == step


async def test_a_delay_that_a_reason_states_goes_on_while_the_days_pass(chat: Driver, clock: Clock) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104, 5 days late")
    clock.advance(days=9)
    await chat.runs("ana", "advice", subject="acme")
    assert "invoice 104, which is now 14 days overdue" in last(chat)


@pytest.mark.parametrize(
    "reason",
    ["inv 7, 60 days", "factura 7, vencida hace 60 días", "发票 7，两个月没付款", "inv 7, overdue since 25 Sept"],
)
async def test_a_delay_in_a_reason_is_in_the_letter_and_the_tone_fits_it(chat: Driver, reason: str) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason=reason)
    await chat.runs("ana", "advice", subject="acme")
    assert "invoice 7, which is now 60 days overdue" in last(chat)
    assert "mala-paga.say.email.firm" in last(chat)


async def test_a_last_notice_says_what_must_have_come_before(chat: Driver, clock: Clock) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104, 5 days late")
    clock.advance(days=30)
    await chat.runs("ana", "advice", subject="acme")
    assert "If this has not been done yet, it comes first: Having read the suspension clause" in last(chat)
    assert "mala-paga.escalate.suspend" in last(chat)


async def test_the_tone_and_the_channel_can_be_changed(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await chat.runs("ana", "advice", subject="acme")
    await chat.presses("ana", "final")
    assert "mala-paga.say.email.final" in last(chat)
    await chat.presses("ana", "chat")
    assert "mala-paga.say.chat.final" in last(chat)


async def test_sharing_makes_advice_public_without_what_the_reason_says(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104 secret")
    await chat.runs("ana", "advice", subject="acme")
    assert chat.sees("bob") == []
    await chat.presses("ana", "Share")
    seen = chat.sees("bob")[-1]
    assert "Do today" in seen.text
    assert "104" not in seen.text
    assert "Share" not in seen.buttons


async def test_more_is_the_whole_playbook_and_opinions_are_taken(chat: Driver) -> None:
    await chat.runs("ana", "advice", subject="mala-paga")
    await chat.presses("ana", "More")
    assert "What could we have caused?" in last(chat)
    for _ in range(2):
        await chat.presses("ana", "Helpful")
        assert "Thank you, noted." in last(chat)
    await chat.presses("ana", "Not helpful")
    assert "It is another kind" in last(chat)


async def test_another_kind_can_be_chosen(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.runs("ana", "advice", subject="acme")
    await chat.presses("ana", "It is another kind")
    await chat.presses(
        "ana",
        "haggling pattern" if "haggling pattern" in chat.sees("ana")[-1].buttons else chat.sees("ana")[-1].buttons[0],
    )
    assert "Do today" in last(chat)


async def test_a_client_without_flags_is_asked_about(chat: Driver, clock: Clock) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.runs("ana", "resolve", client="acme")
    clock.advance(days=181)
    await chat.runs("ana", "advice", subject="acme")
    assert "acme has no open flags" in last(chat)
    await chat.presses("ana", chat.sees("ana")[-1].buttons[1])
    assert "this is general advice" in last(chat)


async def test_a_question_is_answered_where_it_was_asked_with_the_clients_flags_but_no_reasons(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Acme", archetype="mala-paga", reason="inv 104")
    await chat.says("ana", "Acme hasn't paid the invoice in two months and wants another project", thread="t1")
    seen = chat.sees("bob")[-1]
    assert not seen.is_private
    assert seen.thread == "t1"
    assert "Acme is flagged mala-paga (bad payer) once" in seen.text
    assert "104" not in seen.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("El cliente no paga la factura desde hace dos meses y ya pide otro proyecto", "Qué hacer hoy"),
        ("客户拖了三个月尾款不付，还想让我们做下一个项目", "今天就做"),
        ("The client has not paid the invoice for two months and asks for more work", "Do today"),
    ],
)
async def test_a_question_is_answered_in_the_language_of_the_asker(chat: Driver, question: str, words: str) -> None:
    await chat.says("ana", question)
    assert words in last(chat)
    assert "mala-paga.do_now.1" in last(chat)


async def test_what_is_not_in_the_notes_is_said_with_the_nearest_topics(chat: Driver) -> None:
    await chat.says("ana", "which folder holds the signed contracts?")
    assert "That is not in my notes" in last(chat)
    assert len(chat.sees("ana")[-1].buttons) == 3


async def test_an_empty_mention_and_an_endless_one_get_a_reason(chat: Driver) -> None:
    await chat.says("ana", "")
    assert "I heard nothing to answer" in last(chat)
    await chat.says("ana", "x" * 40_000)
    assert "40000 characters" in last(chat)


async def test_commands_work_by_mention_too(chat: Driver) -> None:
    await chat.says("ana", "flag acme mala-paga inv 104")
    assert "acme is flagged mala-paga" in last(chat)
    await chat.says("ana", "help me with a client who calls at 3 am every weekend")
    assert "Do today" in last(chat)


async def test_archetypes_and_help_answer_in_general_and_in_particular(chat: Driver) -> None:
    await chat.types("ana", "archetypes")
    assert "insaciable" in last(chat)
    await chat.types("ana", "archetypes late payer")
    assert "Ladder, counted from" in last(chat)
    await chat.types("ana", "")
    assert "What I can do" in last(chat)
    await chat.types("ana", "help flag")
    assert "/client flag acme mala-paga" in last(chat)
    await chat.types("ana", "help flog")
    assert "Did you mean `/client flag`?" in last(chat)
    await chat.types("ana", "flga acme")
    assert "Did you mean `/client flag`?" in last(chat)


async def test_the_team_language_and_country_shape_the_answers(chat: Driver) -> None:
    await chat.types("ana", "settings country ES")
    await chat.types("ana", "settings language es")
    await chat.runs("ana", "advice", subject="mala-paga")
    assert "Ley 3/2004" in last(chat)


async def test_the_summary_has_counts_names_and_one_piece_of_advice_but_no_reasons(chat: Driver, clock: Clock) -> None:
    await chat.types("ana", "summary")
    assert "Enjoy the quiet" in last(chat)
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await chat.runs("ana", "flag", client="globex", archetype="indeciso")
    clock.advance(days=1)
    await chat.runs("ana", "resolve", client="globex")
    await chat.types("ana", "summary now")
    text = last(chat)
    assert "2 new flags" in text
    assert "1 flag resolved" in text
    assert "One thing for this week" in text
    assert "104" not in text
