"""Conversations about clients: seeing, listing, renaming, merging, exporting and forgetting them."""

from __future__ import annotations

import json

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.support import Clock


async def test_show_is_the_whole_timeline_with_notes_and_other_names(chat: Driver, clock: Clock) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    clock.advance(days=1)
    await chat.runs("ana", "note", client="acme", text="promised Friday")
    await chat.runs("ana", "rename", client="acme", name="Acme Studio")
    await chat.runs("ana", "show", client="ACME")
    text = last(chat)
    assert text.startswith("Acme Studio")
    assert "Also known as acme." in text
    assert text.index("promised Friday") < text.index("inv 104")


async def test_of_a_history_too_long_for_one_message_the_newest_part_is_shown(chat: Driver, clock: Clock) -> None:
    for number in range(30):
        clock.advance(minutes=5)
        await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason=f"event {number} " + "x" * 700)
    await chat.runs("ana", "show", client="acme")
    assert "event 29 " in last(chat)


async def test_show_suggests_the_client_that_was_meant(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="Banco Norte", archetype="mala-paga")
    await chat.runs("ana", "show", client="Banco Nrte")
    assert "Did you mean “Banco Norte”?" in last(chat)


async def test_the_list_puts_those_in_most_need_first(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="quiet", archetype="indeciso")
    await chat.runs("ana", "flag", client="loud", archetype="mala-paga")
    await chat.runs("ana", "flag", client="loud", archetype="abusivo")
    await chat.runs("ana", "list")
    text = last(chat)
    assert "2 clients with open flags" in text
    assert text.index("loud") < text.index("quiet")
    await chat.runs("ana", "list", archetype="indecisive")
    assert "loud" not in last(chat)


async def test_a_list_of_a_kind_that_nobody_has_says_so(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="loud", archetype="mala-paga")
    await chat.runs("ana", "list", archetype="indeciso")
    assert "No client has open flags of that kind." in last(chat)


async def test_a_long_list_shows_twenty_and_counts_the_rest(chat: Driver) -> None:
    for number in range(23):
        await chat.runs("ana", "flag", client=f"client {number}", archetype="indeciso")
    await chat.runs("ana", "list")
    assert "23 clients with open flags" in last(chat)
    assert "And 3 more" in last(chat)


async def test_a_long_history_shows_the_newest_and_counts_the_rest(chat: Driver) -> None:
    for number in range(43):
        await chat.runs("ana", "flag", client="acme", archetype="indeciso", reason=f"turn {number}.")
    await chat.runs("ana", "show", client="acme")
    assert "turn 42." in last(chat)
    assert "turn 1." not in last(chat)
    assert "There are older entries." in last(chat)


async def test_a_name_that_another_client_bears_is_refused(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.runs("ana", "flag", client="globex", archetype="mala-paga")
    await chat.runs("ana", "rename", client="acme", name="GLOBEX")
    assert "Another client, globex, already has that name." in last(chat)


async def test_merging_gives_flags_and_names_to_the_client_that_stays_and_can_be_undone(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await chat.runs("ana", "flag", client="globex", archetype="indeciso")
    await chat.runs("ana", "merge", client="acme", into="globex")
    await chat.runs("ana", "show", client="acme")
    assert last(chat).startswith("globex")
    assert "inv 104" in last(chat)
    await chat.runs("ana", "undo")
    await chat.runs("ana", "show", client="acme")
    assert last(chat).startswith("acme")


async def test_a_client_is_not_merged_with_itself(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.runs("ana", "merge", client="acme", into="ACME")
    assert "the same client" in last(chat)


async def test_export_hands_over_everything_as_json(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await chat.runs("ana", "note", client="acme", text="promised Friday")
    await chat.runs("ana", "export")
    text = last(chat)
    document = json.loads(text[text.index("{") : text.rindex("}") + 1])
    assert document["clients"][0]["flags"][0]["reason"] == "inv 104"
    assert document["clients"][0]["notes"][0]["text"] == "promised Friday"


async def test_a_forgotten_client_is_gone_for_everybody_and_for_undo(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await chat.runs("ana", "forget", client="acme")
    assert "acme is forgotten" in last(chat)
    await chat.runs("ana", "undo")
    assert "nothing to take back" in last(chat)
    await chat.runs("ana", "show", client="acme")
    assert "I know no client" in last(chat)


@pytest.mark.parametrize("command", ["export", "forget", "settings"])
async def test_only_managers_take_data_out_erase_it_or_change_settings(chat: Driver, command: str) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    await chat.types("bob", command if command == "settings" else f"{command} acme")
    assert "Only managers may do that." in last(chat, "bob")


async def test_shared_client_cards_hold_counts_and_no_reasons(chat: Driver) -> None:
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await chat.runs("ana", "note", client="acme", text="promised Friday")
    await chat.runs("ana", "show", client="acme")
    await chat.presses("ana", "Share")
    seen = chat.sees("bob")[-1]
    assert not seen.is_private
    assert "1 open flag" in seen.text
    assert "inv 104" not in seen.text
    assert "promised Friday" not in seen.text
