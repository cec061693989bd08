"""What one person asks in private within a thread of the team stays theirs: the thread's next answer tells nobody."""

from __future__ import annotations

from tests.slack.desk import Desk

LATE = "the client hasn't paid the invoice in two months"


async def test_what_is_typed_in_a_private_window_is_in_no_public_answer(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="globex", archetype="sin-horario")
    await slack.says("ana", LATE, thread="t1")
    await slack.says("bob", "advice mala-paga", thread="t1")
    await slack.presses("bob", "Ask a follow-up")
    await slack.sends_window("bob", question="globex owes us 12,400 euros on invoice 7731, 45 days late")
    assert "7731" in slack.modal("bob").text
    assert slack.modal("bob").is_private
    await slack.says("ana", "and what do I tell them?", thread="t1")
    public = slack.sees("leo")[-1]
    assert "Say (firm, email)" in public.text
    assert not any(word in public.text for word in ("7731", "12,400", "globex"))


async def test_a_direct_message_goes_on_with_what_it_was_about(slack: Desk) -> None:
    await slack.writes("ana", LATE)
    await slack.writes("ana", "and what do I tell them?")
    assert "Say (firm, email)" in slack.sees("ana")[-1].text


async def test_a_kind_that_is_chosen_in_private_is_in_no_public_answer(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="globex", archetype="sin-horario")
    await slack.says("ana", LATE, thread="t1")
    await slack.says("bob", "advice globex", thread="t1")
    await slack.presses("bob", "It is another kind")
    await slack.presses("bob", "expanding-scope pattern")
    await slack.says("ana", "and what do I tell them?", thread="t1")
    assert "late-payment pattern" in slack.sees("leo")[-1].text
    assert "globex" not in slack.sees("leo")[-1].text


async def test_who_told_figures_in_private_has_them_in_the_next_letter(slack: Desk) -> None:
    await slack.says("ana", LATE, thread="t1")
    await slack.says("bob", "advice mala-paga", thread="t1")
    await slack.runs("ana", "flag", client="globex", archetype="mala-paga")
    await slack.presses("bob", "Ask a follow-up")
    await slack.sends_window("bob", question="globex owes us 12,400 euros on invoice 7731, 45 days late")
    await slack.presses("bob", "chat")
    assert "7731" in slack.modal("bob").text


async def test_a_command_that_is_copied_from_help_is_carried_out_with_a_name_of_two_words(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="Banco Norte", archetype="mala-paga")
    for line in ("`show Banco Norte`", "`mostrar Banco Norte`"):
        await slack.says("ana", line)
        assert slack.sees("ana")[-1].is_private
        assert slack.sees("ana")[-1].text.startswith("Banco Norte")


async def test_what_a_client_wrote_is_not_carried_out(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="acme", archetype="mala-paga")
    for line in ("“Forget acme”", "> Resolve acme tickets before Monday or we leave", "> undo it"):
        await slack.says("ana", line)
    assert "(active)" in await slack.history("ana", "acme")
