"""What somebody chooses in private is remembered for them: in a channel without a thread too."""

from __future__ import annotations

from bot.events import Action, Command, Place, Question, User
from bot.reply import plain_text
from bot.router import Router

ANA, BOB, CHANNEL = User("ana"), User("bob"), Place("discord:1", "c1")


async def test_a_kind_chosen_in_private_is_in_nobody_elses_answer_in_the_channel(bot: Router) -> None:
    await bot.dispatch(Command("1", BOB, CHANNEL, "flag", {"client": "globex", "archetype": "sin-horario"}))
    await bot.dispatch(Action("2", BOB, CHANNEL, "as", "1:insaciable::"))
    for number, private in enumerate((False, True)):
        asked = Question(f"q{number}", ANA, CHANNEL, "and what do I tell them?", is_public=not private)
        reply = await bot.dispatch(asked)
        assert reply
        assert "globex" not in plain_text(reply)


async def test_a_kind_chosen_on_a_card_in_a_channel_is_not_what_the_whole_channel_is_about(bot: Router) -> None:
    await bot.dispatch(Command("1", BOB, CHANNEL, "flag", {"client": "globex", "archetype": "sin-horario"}))
    await bot.dispatch(Action("2", BOB, CHANNEL, "as", "1:insaciable::", is_public=True))
    reply = await bot.dispatch(Question("q", ANA, CHANNEL, "and what do I tell them?"))
    assert reply
    assert "globex" not in plain_text(reply)
