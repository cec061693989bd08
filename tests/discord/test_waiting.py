"""Discord waits three seconds: whatever takes its time, it is told in time that the answer comes later."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import Any

from discord.http import Route

from bot.commands import Turn
from bot.events import Command
from bot.reply import Drawing, Reply
from bot.router import Router
from tests.discord.acting import CALLBACK, SLOW, flagged, kinds, last, press, text, with_handler
from tests.discord.world import World

PATIENT = 5.0  # seconds until a test gives up
Files = dict[str, bytes] | None


def acknowledged(world: World) -> Event:
    """Set as soon as Discord gets a first answer."""
    handle, is_taken = world.fake.handle, Event()

    def watched(method: str, path: str, payload: Any = None, files: Files = None) -> tuple[int, Any]:
        if path.endswith(CALLBACK):
            is_taken.set()
        return handle(method, path, payload, files)

    world.fake.handle = watched  # type: ignore[method-assign]  # the same, and it tells
    return is_taken


async def test_a_button_is_answered_in_time_however_long_it_takes_to_learn_who_may_press_it(world: World) -> None:
    await flagged(world)
    await world.slash("ana", "show", client="acme")
    world.client.responder._patience, ask, is_taken = SLOW, world.client.rest.request, acknowledged(world)

    async def slow(route: Route, **options: Any) -> Any:
        await asyncio.to_thread(is_taken.wait, PATIENT)
        return await ask(route, **options)

    world.client.rest.request = slow  # type: ignore[method-assign]  # the same, after the first answer
    await press(world, "What do I do?")
    paths = [path.rpartition("/")[2] for _, path, _ in world.fake.requests]
    assert paths[-3:] == [CALLBACK, "permissions", "@original"]
    assert "Do today" in text(last(world))


async def test_an_answer_whose_picture_waits_to_be_drawn_is_announced_in_time(bot: Router) -> None:
    def drawn(_command: Command, _turn: Turn) -> Reply:
        return Reply(blocks=(Drawing(lambda: b"drawn" if is_taken.wait(PATIENT) else b"", "a chart"),))

    world = World(with_handler(bot, drawn), SLOW)
    is_taken = acknowledged(world)
    await world.slash("ana", "help")
    assert kinds(world) == [5]
    assert last(world).files == {"chart.png": b"drawn"}


async def test_a_picture_that_cannot_be_drawn_is_replaced_by_a_reference(bot: Router) -> None:
    def broken() -> bytes:
        raise ZeroDivisionError

    world = World(with_handler(bot, lambda _command, _turn: Reply(blocks=(Drawing(broken, "a chart"),))))
    await world.slash("ana", "help")
    assert "I took in your message" in text(last(world))
