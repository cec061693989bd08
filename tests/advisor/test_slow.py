"""A model that takes its time: the platform is answered within its own, and the card follows where it was asked."""

from __future__ import annotations

import asyncio

from adapters.discord.respond import Patience
from tests.advisor.server import ModelServer, Team, opinion, says
from tests.advisor.test_opinions import ASKED, ENTRIES, GOOD
from tests.discord.acting import kinds, last, text
from tests.discord.world import World, at_once
from tests.slack.desk import Desk


async def test_slack_is_acknowledged_while_the_model_thinks_and_the_answer_follows_privately(
    team: Team, server: ModelServer
) -> None:
    slow = Desk(team.bot, budget=0)
    await slow.runs("ana", "settings", name="model", value="on")
    await slow.office.background.finish()
    server.waits = asyncio.Event()
    server.answer = lambda _: says(opinion((GOOD, ENTRIES)))
    before = len(slow.sees("ana"))
    await slow.runs("ana", "ask", question=ASKED)
    await server.asked.wait()
    assert len(slow.sees("ana")) == before
    server.waits.set()
    await slow.office.background.finish()
    seen = slow.sees("ana")[-1]
    assert seen.is_private
    assert GOOD in seen.text
    assert slow.sees("bob") == []


async def test_discord_is_told_to_wait_while_the_model_thinks_and_the_answer_follows_privately(
    team: Team, server: ModelServer
) -> None:
    world = World(team.bot, Patience(answer=0, form=0, pause=at_once))
    await world.slash("ana", "settings", name="model", value="on")
    server.waits = asyncio.Event()
    server.answer = lambda _: says(opinion((GOOD, ENTRIES)))
    answering = asyncio.create_task(world.slash("ana", "ask", question=ASKED))
    await server.asked.wait()
    assert not answering.done()
    server.waits.set()
    await answering
    assert kinds(world) == [5, 5]
    assert GOOD in text(last(world))
    assert world.fake.visible("someone else") == []
