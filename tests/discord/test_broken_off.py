"""Answers that Discord refuses halfway: nothing is said twice, nothing stays open, and the rest is told privately."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from adapters.discord.sending import Sender
from bot.router import Router
from tests.discord.acting import CALLBACK, SLOW, flagged, last, text
from tests.discord.fake import FakeDiscord
from tests.discord.shown import labels
from tests.discord.world import World, at_once

UNCLEAR, MALFORMED, TOO_MANY = 502, 400, 429


def refuse_a_part(fake: FakeDiscord, status: int, *, is_taken: bool = False) -> None:
    """The next message after a first answer is refused; `is_taken`: it is there all the same."""
    follow, left = fake._follow, [status]

    def refusing(parts: list[str], payload: Any, files: dict[str, bytes]) -> tuple[int, Any]:
        if not left:
            return follow(parts, payload, files)
        if is_taken:
            follow(parts, payload, files)
        return left.pop(), {"code": 0, "message": "x", "retry_after": 0.3}

    fake._follow = refusing  # type: ignore[method-assign]  # one refusal


def ways(world: World) -> list[str]:
    """Where the requests went, in order."""
    ends = [path.rpartition("/")[2] for _, path, _ in world.fake.requests]
    return ["follow-up" if end.startswith("token") else end for end in ends]


@pytest.mark.parametrize(("is_slow", "first"), [(False, [CALLBACK]), (True, [CALLBACK, "@original"])])
async def test_a_part_that_is_refused_leaves_what_is_shown_and_is_told_beside_it(
    bot: Router, is_slow: bool, first: list[str]
) -> None:
    world = World(bot, SLOW) if is_slow else World(bot)
    refuse_a_part(world.fake, MALFORMED)
    await world.slash("ana", "archetypes", archetype="mala-paga")
    assert ways(world) == [*first, "follow-up", "follow-up"]
    shown, told = world.fake.posted
    assert "late-payment" in text(shown)
    assert "I took in your message" in text(told)
    assert world.fake.visible("someone else") == []


async def test_a_part_that_discord_took_without_saying_so_is_there_once(world: World) -> None:
    refuse_a_part(world.fake, UNCLEAR, is_taken=True)
    await world.slash("ana", "archetypes", archetype="mala-paga")
    first, second, told = map(text, world.fake.posted)
    assert len({first, second, told}) == 3
    assert "I took in your message" in told


async def test_a_part_that_comes_too_fast_is_sent_again(world: World) -> None:
    refuse_a_part(world.fake, TOO_MANY)
    await world.slash("ana", "archetypes", archetype="mala-paga")
    assert ways(world) == [CALLBACK, "follow-up", "follow-up"]
    assert "I took in your message" not in text(last(world))


@pytest.mark.parametrize(
    ("fault", "times"),
    [
        (aiohttp.ServerDisconnectedError(), 1),
        (TimeoutError(), 1),
        (aiohttp.ClientConnectorError(ConnectionKey("d", 1, True, True, None, None, None), OSError()), 4),
    ],
)
async def test_what_must_not_be_there_twice_is_sent_again_only_if_it_was_not_taken(
    fault: Exception, times: int
) -> None:
    tried: list[None] = []

    async def fails() -> None:
        tried.append(None)
        raise fault

    with pytest.raises(type(fault)):
        await Sender(at_once).send(fails, is_once=True)
    assert len(tried) == times


@pytest.mark.parametrize("is_slow", [False, True])
async def test_sharing_a_card_of_a_forgotten_client_is_refused_privately_and_nothing_is_left_for_all(
    world: World, is_slow: bool
) -> None:
    await flagged(world)
    await world.slash("ana", "show", client="acme")
    card = last(world)
    await world.slash("ana", "forget", client="acme")
    if is_slow:
        world.client.responder._patience = SLOW
    await world.presses("ana", card, dict(labels(card.payload))["Share"])
    assert "no longer there" in text(last(world))
    assert last(world).only_for
    assert world.fake.visible("someone else") == []


async def test_what_can_not_be_told_beside_a_card_does_not_replace_it(world: World) -> None:
    await flagged(world)
    await world.slash("ana", "advice", subject="acme")
    card = last(world)
    await world.slash("ana", "forget", client="acme")
    world.client.responder._patience = SLOW
    refuse_a_part(world.fake, MALFORMED)
    await world.presses("ana", card, dict(labels(card.payload))["final"])
    assert "Do today" in text(card)
    assert "I took in your message" in text(last(world))
