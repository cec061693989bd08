"""What is too long for one message comes in pages: every entry is reached by pressing “More”, and nothing twice."""

from __future__ import annotations

import re

import pytest

from bot.validation import MAX_TEXT
from tests.contract.driver import Driver, Seen
from tests.contract.test_flagging import last
from tests.support import Clock

MORE, GONE = "More", "That page is no longer there"
WRITTEN = (
    "They paid late again. ",
    "客户说下周一定付款，",
    "*not bold* & <!channel> _é_ ",
    "- and\n",
    "&",
    "`*_~|",
    "x",
)


def reason(number: int, written: str, length: int = 2_950) -> str:
    """A long reason whose beginning and end are its own."""
    middle = written * (length // len(written))
    return f"begin{number} {middle[: length - 20]} end{number}".replace('"', "'")


def bare(text: str) -> str:
    """A text as it can be compared wherever lines are broken and pieces joined."""
    return re.sub(r"\s", "", text.replace("(only you can see this)", ""))


async def pages(chat: Driver, user: str = "ana", start: int | None = None) -> list[Seen]:
    """All that is seen from the last message on while “More” is pressed to the end."""
    start = len(chat.sees(user)) - 1 if start is None else start
    while MORE in chat.sees(user)[-1].buttons:
        await chat.presses(user, MORE)
        assert len(chat.sees(user)) < 200
    return chat.sees(user)[start:]


async def bigco(chat: Driver, written: str = WRITTEN[0]) -> list[str]:
    """A client with seven flags as long as they may nearly be; their reasons."""
    reasons = [reason(number, written) for number in range(7)]
    for text in reasons:
        await chat.runs("ana", "flag", client="bigco", archetype="mala-paga", reason=text)
    return reasons


@pytest.mark.parametrize("written", WRITTEN)
async def test_every_long_reason_is_reached_in_full(chat: Driver, written: str) -> None:
    reasons = await bigco(chat, written)
    start = len(chat.sees("ana"))
    await chat.runs("ana", "show", client="bigco")
    assert "7 open flags" in chat.sees("ana")[start].text
    seen = await pages(chat, start=start)
    text = bare("".join(page.text for page in seen))
    for number, whole in enumerate(reasons):
        assert bare(whole) in text
        assert text.count(f"begin{number}") == 1
    assert all(page.is_private and "Shortened" not in page.text and "in the file" not in page.text for page in seen)
    assert text.index("begin6") < text.index("begin0")


async def test_the_longest_notes_and_endings_are_reached_too(chat: Driver, clock: Clock) -> None:
    for number in range(3):
        clock.advance(days=1)
        await chat.runs("ana", "flag", client="bigco", archetype="mala-paga")
        await chat.runs("ana", "note", client="bigco", text=f"note{number} " + "记" * (MAX_TEXT - 6))
        await chat.runs("ana", "resolve", client="bigco", note=f"done{number} " + "结" * (MAX_TEXT - 6))
    start = len(chat.sees("ana"))
    await chat.runs("ana", "show", client="bigco")
    text = bare("".join(page.text for page in await pages(chat, start=start)))
    assert all(text.count(f"{kind}{number}") == 1 for kind in ("note", "done") for number in range(3))
    assert (text.count("记"), text.count("结")) == (3 * (MAX_TEXT - 6), 3 * (MAX_TEXT - 6))


@pytest.mark.parametrize("minutes", [0, 1])
async def test_every_entry_of_a_long_history_is_reached_once(chat: Driver, clock: Clock, minutes: int) -> None:
    for number in range(60):
        await chat.runs("ana", "flag", client="acme", archetype="indeciso", reason=f"turn{number}.")
        await chat.runs("ana", "note", client="acme", text=f"note{number}.")
        clock.advance(minutes=minutes)
    await chat.runs("ana", "resolve", client="acme")
    await chat.runs("ana", "show", client="acme")
    text = "".join(page.text for page in await pages(chat))
    assert re.findall(r"turn(\d+)\.", text) == [str(number) for number in reversed(range(60))]
    assert re.findall(r"note: note(\d+)\.", text) == [str(number) for number in reversed(range(60))]
    assert text.count("resolved · ") == 60


@pytest.mark.parametrize("args", [{}, {"archetype": "mala-paga"}])
async def test_every_client_of_a_long_list_is_reached_once(chat: Driver, args: dict[str, str]) -> None:
    for number in range(122):
        await chat.runs("ana", "flag", client=f"客户 c{number}!", archetype="mala-paga")
    await chat.runs("ana", "flag", client="other", archetype="indeciso")
    await chat.runs("ana", "list", **args)
    seen = await pages(chat)
    numbered = re.findall(r"(?m)^\s*(\d+)\. 客户 c(\d+)!", "\n".join(page.text for page in seen))
    assert sorted(int(client) for _, client in numbered) == list(range(122))
    assert [int(number) for number, _ in numbered] == sorted(int(number) for number, _ in numbered)
    assert len(seen) == 7
    await chat.presses("ana", "客户 c121!")
    assert "客户 c121!" in last(chat)


async def test_who_was_dealt_with_between_two_pages_hides_nobody_else(chat: Driver) -> None:
    for number in range(45):
        await chat.runs("ana", "flag", client=f"client {number}.", archetype="mala-paga")
    await chat.runs("ana", "list")
    await chat.runs("ana", "forget", client="client 19.")
    for number in range(5):
        await chat.runs("ana", "resolve", client=f"client {number}.")
    start = len(chat.sees("ana"))
    await chat.presses("ana", MORE)
    text = "".join(page.text for page in await pages(chat, start=start))
    assert re.findall(r"client (\d+)\. · ", text.replace(":", " ·")) == [str(number) for number in range(20, 45)]


async def test_what_was_taken_back_between_two_pages_hides_nothing_else(chat: Driver, clock: Clock) -> None:
    for number in range(50):
        clock.advance(minutes=5)
        await chat.runs("ana", "flag", client="acme", archetype="indeciso", reason=f"turn{number}.")
    await chat.runs("ana", "show", client="acme")
    await chat.presses("ana", "Withdraw newest")
    await chat.runs("ana", "undo")
    await chat.runs("ana", "flag", client="acme", archetype="indeciso", reason="later")
    await chat.runs("ana", "undo")
    await chat.presses("ana", MORE)
    assert re.findall(r"turn(\d+)\.", last(chat)) == [str(number) for number in reversed(range(10))]


async def test_a_page_pressed_twice_comes_twice(chat: Driver) -> None:
    for number in range(45):
        await chat.runs("ana", "flag", client="acme", archetype="indeciso", reason=f"turn{number}.")
    await chat.runs("ana", "show", client="acme")
    await chat.presses("ana", MORE)
    first = last(chat)
    await chat.presses("ana", MORE)
    assert last(chat) == first
    assert "turn4." in first


async def test_pages_of_what_is_gone_say_so(chat: Driver) -> None:
    for number in range(45):
        await chat.runs("ana", "flag", client="acme", archetype="mala-paga", reason=f"turn{number}.")
        await chat.runs("ana", "flag", client=f"client {number}", archetype="mala-paga")
    await chat.runs("ana", "list", archetype="mala-paga")
    for number in range(45):
        await chat.runs("ana", "resolve", client=f"client {number}")
    await chat.presses("ana", MORE)
    assert GONE in last(chat)
    await chat.runs("ana", "show", client="acme")
    await chat.runs("ana", "forget", client="acme")
    await chat.presses("ana", MORE)
    assert "no longer there" in last(chat)
    assert "turn" not in last(chat)


async def test_in_public_no_page_holds_a_reason_and_the_rest_is_for_who_presses(chat: Driver) -> None:
    reasons = await bigco(chat)
    start = len(chat.sees("bob"))
    await chat.runs("ana", "show", client="bigco")
    await chat.presses("ana", "Share")
    shared = chat.sees("bob")[-1]
    assert "begin" not in shared.text
    assert MORE not in shared.buttons
    await chat.presses("bob", "Show me the rest")
    seen = await pages(chat, "bob", start + 1)
    assert all(page.is_private for page in seen)
    text = bare("".join(page.text for page in seen))
    assert all(bare(whole) in text for whole in reasons)
    assert not any("begin" in page.text for page in chat.sees("eve"))
