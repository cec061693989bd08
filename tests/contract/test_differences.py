"""What a platform lacks is declared, pinned here, and shown by what happens instead."""

from __future__ import annotations

import pytest

from tests.contract.conftest import declared
from tests.contract.driver import Driver

LACKS: dict[str, set[str]] = {
    "console": {"redelivery"},
    "slack": set(),
    "discord": {"private answers to mentions", "typed lines"},
}


def test_the_declared_differences_are_these() -> None:
    assert declared() == LACKS


async def test_a_name_with_spaces_needs_quotes_in_a_line_and_none_where_options_are_typed(chat: Driver) -> None:
    if "typed lines" in chat.lacks:
        await chat.runs("ana", "flag", client="Bright Harbor", archetype="mala-paga")
    else:
        await chat.types("ana", 'flag "Bright Harbor" mala-paga')
    assert "Bright Harbor is flagged mala-paga" in chat.sees("ana")[-1].text


async def test_a_command_by_mention_is_private_where_that_can_be_and_else_holds_no_reason(chat: Driver) -> None:
    await chat.says("ana", "flag acme mala-paga inv 104 of Zeppelin")
    seen = chat.sees("ana")[-1]
    assert "acme is flagged mala-paga" in seen.text
    assert seen.is_private == ("private answers to mentions" not in chat.lacks)
    assert seen.is_private == ("Zeppelin" in seen.text)


async def test_the_rest_of_a_public_answer_is_shown_to_who_presses_and_nobody_else(chat: Driver) -> None:
    await chat.says("ana", "flag acme mala-paga inv 104 of Zeppelin")
    if "private answers to mentions" not in chat.lacks:
        assert "Show me the rest" not in chat.sees("ana")[-1].buttons
        return
    await chat.presses("bob", "Show me the rest")
    assert "Zeppelin" in chat.sees("bob")[-1].text
    assert chat.sees("bob")[-1].is_private
    assert "Zeppelin" not in " ".join(seen.text for seen in chat.sees("ana"))


async def test_what_is_delivered_twice_is_answered_once(chat: Driver) -> None:
    await chat.says("ana", "flag acme mala-paga inv 104")
    before = chat.sees("ana")
    if "redelivery" in chat.lacks:
        with pytest.raises(AssertionError):
            await chat.redelivers()
    else:
        await chat.redelivers()
    assert chat.sees("ana") == before
    await chat.runs("ana", "show", client="acme")
    assert "1 open flag" in chat.sees("ana")[-1].text
