"""What is kept of what people write in a thread (docs/privacy.md): values that letters need; and what erases them."""

from __future__ import annotations

import json

import pytest

from bot.events import Command, Place, Question, User
from bot.leaving import leave
from bot.retention import Retention, prune
from bot.router import Router
from tests.contract.teams import everything
from tests.support import Clock

ANA, HERE = User("ana", is_manager=True), Place("slack:T1", "C1", "t1")
TALK = (
    "{} hasn't paid invoice ZX-104 of 4,500 EUR for 40 days, the Zeppelin job with the blue door",
    "address it to Maria Perez",
    "sign it as Juan Gomez",
    "they promised to pay on 5/12",
)
VALUES = {"invoice", "amount", "greeting", "sender", "news", "promised_either", "promised_as"}


async def talks(bot: Router, client: str) -> None:
    for number, text in enumerate(TALK):
        await bot.dispatch(Question(f"{client}{number}", ANA, HERE, text.format(client)))


async def flags(bot: Router, client: str) -> None:
    await bot.dispatch(Command(client, ANA, HERE, "flag", {"client": client, "archetype": "mala-paga"}))


async def stored(bot: Router) -> str:
    return str(await bot.services.database.read(everything))


async def stated(bot: Router) -> list[dict[str, str]]:
    """The values of each row of the threads."""
    rows = await bot.services.database.read(everything)
    return [json.loads(row[-1]) for table in ("thread_subjects", "thread_clients") for row in rows[table]]


async def test_of_a_thread_its_values_for_letters_are_kept_and_no_other_word(bot: Router) -> None:
    await flags(bot, "Acme")
    await talks(bot, "Acme")
    one, other = await stated(bot)
    assert one == other
    assert set(one) == VALUES
    assert (one["amount"], one["invoice"], one["greeting"], one["sender"]) == (
        "4,500 EUR", "ZX-104", "Maria Perez", "Juan Gomez",
    )  # fmt: skip
    for word in ("Zeppelin", "blue", "door"):
        assert word not in await stored(bot)


async def test_what_stands_behind_a_label_is_kept_as_it_was_typed_to_120_characters(bot: Router) -> None:
    typed = "as it was agreed with them " * 8
    await bot.dispatch(Question("1", ANA, HERE, f"the client hasn't paid the invoice in two months\namount: {typed}"))
    (values,) = await stated(bot)
    assert values == {"amount": typed[:120]}


async def test_to_forget_a_client_erases_what_threads_about_it_kept(bot: Router) -> None:
    await flags(bot, "Acme")
    await talks(bot, "Acme")
    await bot.dispatch(Command("f", ANA, HERE, "forget", {"client": "Acme"}))
    assert await stated(bot) == []


async def test_a_thread_about_a_client_that_nobody_listed_is_not_forgotten_with_it(bot: Router) -> None:
    await talks(bot, "Globex")
    await flags(bot, "Globex")
    await bot.dispatch(Command("f", ANA, HERE, "forget", {"client": "Globex"}))
    assert [values["amount"] for values in await stated(bot)] == ["4,500 EUR"]
    assert "Globex" not in await stored(bot)


async def test_another_subject_takes_the_place_of_the_one_before(bot: Router) -> None:
    await talks(bot, "Globex")
    await bot.dispatch(Question("n", ANA, HERE, "new topic: another client insults us in every call"))
    assert "4,500" not in await stored(bot)


@pytest.mark.parametrize(("days", "left"), [(179, 1), (181, 0)])
async def test_after_half_a_year_it_is_gone(bot: Router, clock: Clock, days: int, left: int) -> None:
    await talks(bot, "Globex")
    clock.advance(days=days)
    await prune(bot.services.database, Retention(), clock())
    assert len(await stated(bot)) == left


async def test_when_the_bot_is_removed_it_is_gone(bot: Router) -> None:
    await talks(bot, "Globex")
    await leave(bot.services, "slack:T1")
    assert await stated(bot) == []
