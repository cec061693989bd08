"""Conversations about flagging: what a team member sees on every platform."""

from __future__ import annotations

from bot.events import Action, Command, Place, User
from bot.reply import plain_text
from bot.router import Router
from tests.contract.driver import Driver
from tests.support import Clock


def last(chat: Driver, user: str = "ana") -> str:
    return chat.sees(user)[-1].text


async def test_a_flag_is_confirmed_privately_with_its_reason(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104, 20 days late")
    seen = chat.sees("ana")[-1]
    assert seen.is_private
    assert "acme is flagged mala-paga" in seen.text
    assert "inv 104, 20 days late" in seen.text
    assert chat.sees("bob") == []


async def test_the_same_flag_twice_in_a_minute_is_stored_once(chat: Driver) -> None:
    for _ in range(2):
        await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    assert "not added twice" in last(chat)
    await chat.runs("ana", "show", client="acme")
    assert "1 open flag" in last(chat)


async def test_a_second_incident_is_a_second_flag(chat: Driver, clock: Clock) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    clock.advance(days=3)
    await chat.runs("bob", "flag", client="ACME, C.A.", archetype="bad payer", reason="inv 105")
    assert "open flag number 2" in last(chat, "bob")


async def test_an_unknown_archetype_is_refused_with_the_nearest(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-pago")
    assert "Did you mean `mala-paga`?" in last(chat)
    await chat.runs("ana", "list")
    assert "No client has open flags" in last(chat)


async def test_a_missing_argument_shows_how_the_command_is_written(chat: Driver) -> None:
    await chat.types("ana", "flag acme")
    assert "I need the kind of difficulty." in last(chat)
    assert "/client flag <client> <archetype> [reason…]" in last(chat)


async def test_a_quoted_name_keeps_its_spaces_and_an_alias_may_have_two_words(chat: Driver) -> None:
    await chat.types("ana", "flag “Acme Studio” bad payer since May")
    assert "Acme Studio is flagged mala-paga" in last(chat)
    assert "Reason: since May" in last(chat)


async def test_undo_takes_the_flag_and_the_new_client_back(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.runs("ana", "undo")
    assert "Taken back: `flag`" in last(chat)
    await chat.runs("ana", "show", client="acme")
    assert "I know no client called “acme”" in last(chat)


async def test_nobody_takes_back_what_another_did(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.runs("bob", "undo")
    assert "nothing to take back" in last(chat, "bob")


async def test_resolving_ends_the_flags_of_one_archetype_only(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await chat.runs("ana", "flag", client="acme", archetype="insaciable", reason="round 9")
    await chat.types("ana", "resolve acme mala-paga paid in full")
    assert "1 flag on acme is resolved" in last(chat)
    await chat.runs("ana", "show", client="acme")
    assert "1 open flag" in last(chat)
    assert "paid in full" in last(chat)


async def test_a_near_miss_asks_which_client_before_anything_is_stored(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Banco Norte", archetype="mala-paga", reason="first")
    await chat.runs("ana", "flag", client="Banco Nrote", archetype="mala-paga", reason="second")
    seen = chat.sees("ana")[-1]
    assert "Did you mean “Banco Norte”?" in seen.text
    await chat.presses("ana", "Banco Norte")
    assert "open flag number 2" in last(chat)


async def test_a_near_miss_may_be_a_new_client_after_all(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Banco Norte", archetype="mala-paga")
    await chat.runs("ana", "flag", client="Banco Nrote", archetype="mala-paga")
    await chat.presses("ana", "“Banco Nrote” is a new client")
    assert "Banco Nrote is flagged mala-paga" in last(chat)
    await chat.presses("ana", "“Banco Nrote” is a new client")
    assert "no longer open" in last(chat)


async def test_a_flag_expires_and_stays_in_the_history(chat: Driver, clock: Clock) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    clock.advance(days=181)
    await chat.runs("ana", "show", client="acme")
    assert "No open flags" in last(chat)
    assert "(expired) · inv 104" in last(chat)


async def test_a_mistaken_flag_is_withdrawn_and_a_disputed_one_says_so(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await chat.runs("ana", "show", client="acme")
    await chat.presses("ana", "Dispute newest")
    await chat.runs("ana", "show", client="acme")
    assert "(disputed)" in last(chat)
    await chat.presses("ana", "Withdraw newest")
    await chat.runs("ana", "show", client="acme")
    assert "(withdrawn)" in last(chat)
    assert "No open flags" in last(chat)


async def test_a_button_withdraws_the_flag_that_its_card_showed_and_no_other(chat: Driver, clock: Clock) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="mine")
    await chat.runs("ana", "show", client="acme")
    clock.advance(hours=1)
    await chat.runs("bob", "flag", client="acme", archetype="indeciso", reason="his")
    await chat.presses("ana", "Withdraw newest")
    assert "The flag on acme of 24 November 2026 (late-payment pattern) is withdrawn" in last(chat)
    await chat.presses("ana", "Withdraw newest")
    assert "no longer open" in last(chat)
    await chat.runs("ana", "show", client="acme")
    assert "shifting-decision pattern (active) · his" in last(chat)


async def test_a_button_of_a_card_from_before_says_so(bot: Router) -> None:
    ana, here = User("ana"), Place("console:t", "c")
    await bot.dispatch(Command("1", ana, here, "flag", {"client": "acme", "archetype": "mala-paga"}))
    reply = await bot.dispatch(Action("2", ana, here, "withdraw", "1"))
    assert reply
    assert "older version" in plain_text(reply)


async def test_a_member_of_the_chat_is_never_flagged(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="<@U123>", archetype="abusivo")
    assert "no records about people" in last(chat)


async def test_hostile_names_are_kept_as_the_data_that_they_are(chat: Driver) -> None:
    for name in ("@everyone", "<!channel>", "'; DROP TABLE flags; --", "{amount} %s", "宏达科技有限公司"):
        await chat.runs("ana", "flag", client=name, archetype="mala-paga")
        await chat.runs("ana", "show", client=name)
        assert name in last(chat)
