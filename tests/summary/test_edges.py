"""Weeks at the edges: settled, withdrawn, disputed, unknown kinds, more than fits; plans that meet a fault."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from adapters.console.render import Renderer
from adapters.console.session import Session
from adapters.wiring import deliveries
from bot.delivery import attempt
from bot.delivery.poster import UnreachableError
from bot.events import Place, User
from bot.i18n.speech import Speech
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Principles
from bot.records import Fault
from bot.router import Router
from bot.storage.database import Session as Unit
from bot.storage.schedules import SCHEDULES
from tests.delivery.fakes import FakePlatform
from tests.support import Clock


class Talk:
    """A conversation as text."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def __call__(self, *lines: str) -> str:
        """The answer to the last line."""
        said = ""
        for line in lines:
            answered = await self._session.answer(f"/client {line}" if not line.isdigit() else line)
            assert answered is not None
            said = Renderer(Speech("en")).render(answered[0], is_private=answered[1])
        return said


@pytest.fixture
def talk(bot: Router) -> Talk:
    return Talk(Session(bot, User("ana", locale="en", is_manager=True), Place("slack:T1", "C1", "C1")))


async def send(bot: Router, clock: Clock, platform: FakePlatform) -> None:
    """Everything that is due."""
    sender = deliveries(bot.services, {"slack": platform})
    sender.sending.clock = lambda _session: clock()
    await sender.once()


async def test_a_week_that_settled_everything_gets_what_keeps_it_so(talk: Talk) -> None:
    said = await talk("flag acme mala-paga", "resolve acme", "summary")
    assert "Better: acme (all settled)" in said
    assert "Chosen because acme was settled, so that it stays so: late-payment pattern. (mala-paga.prevent." in said


async def test_of_three_kinds_the_advice_is_about_the_new_one(talk: Talk, clock: Clock) -> None:
    await talk("flag acme mala-paga", "flag acme abusivo")
    clock.advance(days=10)
    said = await talk("flag acme indeciso", "summary")
    assert "Worse: acme (now" in said
    assert "shifting-decision pattern" in said[said.index("Chosen because") :]


async def test_a_kind_that_is_new_beside_another_is_not_said_to_be_rising(
    talk: Talk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Knowledge, "combination", lambda _self, _ids: None)
    await talk("flag acme mala-paga")
    clock.advance(days=10)
    said = await talk("flag acme indeciso", "summary")
    assert "Chosen because this is new with acme: shifting-decision pattern. (indeciso.do_now." in said
    assert "rising" not in said


async def test_what_was_switched_off_while_it_waited_is_not_called_a_failure(talk: Talk, clock: Clock) -> None:
    await talk("summary weekly wednesday 09:00")
    clock.advance(days=2)
    said = await talk("summary off", "summary status")
    assert "No weekly summary is planned for this channel." in said
    assert "could not" not in said


async def test_a_flag_that_was_a_mistake_is_no_news(talk: Talk) -> None:
    await talk("flag acme mala-paga", "show acme", "2")
    said = await talk("summary")
    assert "No new flags" in said
    assert "acme" not in said


async def test_a_disputed_flag_still_counts_and_with_its_kind(talk: Talk, clock: Clock) -> None:
    await talk("flag acme mala-paga one")
    clock.advance(minutes=5)
    await talk("flag acme mala-paga two", "show acme", "3")
    said = await talk("summary")
    assert "1. acme: late-payment pattern ×2" in said
    assert "To review: acme (late-payment pattern, disputed)" in said


async def test_more_than_fits_is_counted(talk: Talk) -> None:
    await talk(*(f"flag company{number * 7_919} mala-paga" for number in range(1, 19)), "summary")
    said = await talk("1")
    assert said.count("And 3 more.") == 2


async def test_a_kind_that_the_knowledge_lost_is_shown_by_its_id_and_gives_no_advice(
    talk: Talk, bot: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk("flag acme mala-paga")
    knowledge = bot.services.knowledge.current()
    kinds = {name: kind for name, kind in knowledge.archetypes.items() if name != "mala-paga"}
    poorer = replace(knowledge, archetypes=kinds, principles=Principles())
    monkeypatch.setattr(type(bot.services.knowledge), "current", lambda _self: poorer)
    assert isinstance(poorer, Knowledge)
    said = await talk("summary")
    assert "acme (mala-paga)" in said
    assert "One thing for this week" not in said


async def test_a_second_plan_in_a_week_that_was_posted_says_that_it_begins_with_the_next(
    talk: Talk, bot: Router, clock: Clock
) -> None:
    await talk("summary weekly wednesday 09:00")
    clock.advance(hours=15)
    await send(bot, clock, FakePlatform())
    assert "The first one comes on Friday 4 December." in await talk("summary weekly friday 09:00")


async def test_status_tells_what_is_in_the_way(talk: Talk, bot: Router, clock: Clock) -> None:
    await talk("summary weekly wednesday 09:00")
    clock.advance(hours=15)
    platform = FakePlatform()
    platform.troubles["C1"] = [UnreachableError(Fault.FORBIDDEN)]
    await send(bot, clock, platform)
    said = await talk("summary status")
    for sentence in (
        "The next one comes on Wednesday 2 December.",
        "I may not post in the channel.",
        "could not be posted",
    ):
        assert sentence in said
    ((workspace, user, notice),) = platform.told
    assert (workspace, user, "in this channel:\n\nC1" in notice) == ("slack:T1", "ana", True)


async def test_a_zone_that_is_no_longer_known_breaks_neither_status_nor_summary(talk: Talk, bot: Router) -> None:
    await talk("summary weekly wednesday 09:00")

    def lose(unit: Unit) -> None:
        values = {"zone": "Mars/Olympus", "next_at": None, "fault": Fault.ZONE}
        unit.connection().execute(update(SCHEDULES), values)

    await bot.services.database.write(lose)
    assert "Its time zone is no longer known." in await talk("summary status")
    assert "Enjoy the quiet" in await talk("summary now")


async def test_a_platform_that_never_answers_is_asked_again_later(
    talk: Talk, bot: Router, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt, "SEND_SECONDS", 0.01)
    await talk("summary weekly wednesday 09:00")
    clock.advance(hours=15)
    platform = FakePlatform(gate=asyncio.Event())
    await send(bot, clock, platform)
    assert platform.messages == []
    platform.gate = None
    clock.now += timedelta(minutes=1)
    monkeypatch.undo()
    await send(bot, clock, platform)
    assert len(platform.messages) == 1


async def test_a_second_plan_in_a_week_that_could_not_be_posted_begins_at_once(
    talk: Talk, bot: Router, clock: Clock
) -> None:
    await talk("summary weekly wednesday 09:00")
    clock.advance(hours=15)
    platform = FakePlatform()
    platform.troubles["C1"] = [UnreachableError(Fault.GONE)]
    await send(bot, clock, platform)
    assert "The first one comes on Friday 27 November." in await talk("summary weekly friday 09:00")
    clock.advance(days=2)
    await send(bot, clock, platform)
    assert len(platform.messages) == 1
