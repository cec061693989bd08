"""A card is shared once: who presses Share again, or as the second one, is asked whether it is to stand there twice."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.support import Clock


def posted(chat: Driver, words: str) -> int:
    """How many messages that all see hold these words."""
    return sum(words in seen.text and not seen.is_private for seen in chat.sees("carol"))


async def asks(chat: Driver, user: str, command: str, **args: str) -> None:
    await chat.runs("bob", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await chat.runs(user, command, **args)


@pytest.mark.parametrize(
    ("command", "args", "words"),
    [("advice", {"subject": "acme"}, "Do today"), ("show", {"client": "acme"}, "×1"), ("summary", {}, "1 new flag")],
)
async def test_a_second_press_says_that_it_is_there_and_only_another_one_shares_it_again(
    chat: Driver, command: str, args: dict[str, str], words: str
) -> None:
    await asks(chat, "ana", command, **args)
    before = posted(chat, words)
    await chat.presses("ana", "Share")
    assert posted(chat, words) == before + 1
    await chat.presses("ana", "Share")
    assert posted(chat, words) == before + 1
    assert "shared here already" in chat.sees("ana")[-1].text
    await chat.presses("ana", "Share it again")
    assert posted(chat, words) == before + 2


async def test_what_a_colleague_shared_is_not_shared_again(chat: Driver) -> None:
    await asks(chat, "ana", "advice", subject="acme")
    await chat.runs("bob", "advice", subject="acme")
    await chat.presses("ana", "Share")
    await chat.presses("bob", "Share")
    assert posted(chat, "Do today") == 1
    assert "shared here already" in chat.sees("bob")[-1].text


async def test_a_card_that_says_something_else_is_another_one(chat: Driver) -> None:
    await asks(chat, "ana", "show", client="acme")
    await chat.presses("ana", "Share")
    await chat.runs("bob", "flag", client="acme", archetype="indeciso", reason="")
    await chat.runs("ana", "show", client="acme")
    await chat.presses("ana", "Share")
    assert posted(chat, "acme") >= 2
    assert "already" not in chat.sees("ana")[-1].text


async def test_a_day_later_it_may_be_shared_again(chat: Driver, clock: Clock) -> None:
    await asks(chat, "ana", "show", client="acme")
    await chat.presses("ana", "Share")
    clock.advance(days=1, seconds=1)
    await chat.presses("ana", "Share")
    assert posted(chat, "×1") == 2
