"""When and how interactions are answered: at once, or later as privately; once; and what happens when Discord balks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from adapters.discord.answer import Call
from adapters.discord.respond import Patience
from adapters.discord.sending import Sender
from bot.commands import Registry, Turn
from bot.events import Command
from bot.reply import Reply
from bot.router import Router
from tests.discord.acting import CALLBACK, SLOW, Unhurried, flagged, kinds, last, press, text, with_handler
from tests.discord.fake import BOT
from tests.discord.shown import labels
from tests.discord.world import World, at_once


@pytest.fixture
def bot(bot: Router) -> Router:
    """One that can be slow."""
    services = replace(bot.services, database=Unhurried(bot.services.database))
    return Router(services, Registry(bot.commands, bot.actions, bot._answer))


async def test_an_answer_in_time_is_the_first_one_itself(world: World) -> None:
    await flagged(world)
    assert [path.rpartition("/")[2] for _, path, _ in world.fake.requests] == [CALLBACK]
    assert "acme is flagged" in text(last(world))
    assert world.fake.visible("someone else") == []


async def test_a_slow_answer_is_announced_and_follows_as_privately(bot: Router) -> None:
    world = World(bot, SLOW)
    await flagged(world)
    assert kinds(world) == [5]
    assert [method for method, _, _ in world.fake.requests] == ["POST", "PATCH"]
    assert "acme is flagged" in text(last(world))
    assert world.fake.visible("someone else") == []


async def test_a_slow_public_answer_follows_in_public(world: World) -> None:
    await flagged(world)
    await world.slash("ana", "show", client="acme")
    world.client.responder._patience = SLOW
    await press(world, "Share")
    assert kinds(world)[-1] == 5
    shared = world.fake.visible("someone else")
    assert len(shared) == 1
    assert "1 open flag" in text(shared[0])


async def test_a_card_is_replaced_where_it_is_also_when_that_is_slow(world: World) -> None:
    await world.slash("ana", "advice", subject="mala-paga")
    await press(world, "final")
    assert "mala-paga.say.email.final" in text(last(world))
    world.client.responder._patience = SLOW
    await press(world, "chat")
    assert "mala-paga.say.chat.final" in text(last(world))
    assert kinds(world) == [4, 7, 6]
    assert len(world.fake.posted) == 1


async def test_a_long_answer_comes_in_parts_that_are_all_private(world: World) -> None:
    await world.slash("ana", "archetypes", archetype="mala-paga")
    assert len(world.fake.posted) > 1
    assert world.fake.visible("someone else") == []
    assert "What could we have caused?" in "".join(text(part) for part in world.fake.posted)


async def test_what_goes_wrong_with_a_card_is_told_beside_it(world: World) -> None:
    await flagged(world)
    await world.slash("ana", "advice", subject="acme")
    card = last(world)
    await world.slash("ana", "forget", client="acme")
    for patience in (world.client.responder._patience, SLOW):
        world.client.responder._patience = patience
        await world.presses("ana", card, dict(labels(card.payload))["final"])
        assert "no longer there" in text(last(world))
        assert last(world).only_for
    assert "Do today" in text(card)


async def test_a_public_card_is_replaced_for_all_and_its_other_buttons_answer_one(world: World) -> None:
    await world.says("ana", "<@901> the client has not paid the invoice for two months")
    await press(world, "final", "bob")
    assert "mala-paga.say.email.final" in text(last(world, "eve"))
    await press(world, "More", "bob")
    assert len(world.fake.visible(world.person("eve").id)) == 1


async def test_a_form_opens_at_once_and_one_that_is_late_is_answered_with_a_reason(bot: Router) -> None:
    world = World(bot)
    await world.uses_menu("ana", "They have not paid our invoice for two months")
    assert kinds(world) == [9]
    late = World(bot, SLOW)
    await late.uses_menu("ana", "They have not paid our invoice for two months")
    assert kinds(late) == [4]
    assert "That took too long" in text(last(late))
    assert last(late).only_for


async def test_the_flag_form_of_a_message_keeps_its_link(world: World) -> None:
    await world.uses_menu("ana", "They have not paid our invoice for two months")
    await world.submits("ana", client="acme", reason="see there")
    assert "acme is flagged mala-paga" in text(last(world))
    await world.slash("ana", "show", client="acme")
    assert "https://discord.com/channels/100/200/888" in text(last(world))


async def test_a_follow_up_form_goes_on_with_its_card(world: World) -> None:
    await flagged(world)
    await world.slash("ana", "advice", subject="acme")
    card = last(world)
    await press(world, "Ask a follow-up")
    await world.submits("ana", card, question="ok, and who pays for the projector?")
    assert "acme · late-payment pattern" in text(last(world))
    assert last(world).only_for


async def test_500s_and_a_429_are_tried_again_and_the_answer_arrives(world: World) -> None:
    world.fake.faults = [(CALLBACK, 500, {}), (CALLBACK, 503, {}), (CALLBACK, 429, {"retry_after": 0.3})]
    await flagged(world)
    assert kinds(world) == [4, 4, 4, 4]
    assert len(world.fake.posted) == 1


async def test_an_answer_that_discord_took_though_it_said_500_is_followed_up(world: World) -> None:
    taken = {"code": 40060, "message": "acknowledged"}
    world.fake.faults = [(CALLBACK, 500, {}), (CALLBACK, 400, taken)]
    opened = world.fake.opens
    world.fake.opens = lambda *where: _answered(opened(*where))  # type: ignore[method-assign]  # as after a lost 500
    await world.slash("ana", "archetypes", archetype="mala-paga")
    assert [path.count("/") for _, path, _ in world.fake.requests][2:]
    assert world.fake.posted


def _answered(opened: Any) -> Any:
    opened.kind = 4
    return opened


@pytest.mark.parametrize(
    ("status", "code"), [(404, 10062), (400, 40060)], ids=["expired", "answered by another process"]
)
async def test_an_interaction_that_is_over_is_logged_by_its_id_and_left(world: World, status: int, code: int) -> None:
    world.fake.faults = [(CALLBACK, status, {"code": code, "message": "x"})]
    with capture_logs() as logs:
        await world.slash("ana", "archetypes", archetype="mala-paga")
    assert world.fake.posted == []
    assert len(kinds(world)) == 1
    refused = next(line for line in logs if line["event"] == "answer_refused")
    assert (refused["status"], refused["code"]) == (status, code)
    assert not [line for line in logs if line["event"] == "crashed"]


async def test_an_answer_that_nobody_takes_is_given_up(world: World) -> None:
    world.fake.faults = [(CALLBACK, 500, {})] * 9
    with capture_logs() as logs:
        await flagged(world)
    assert len(kinds(world)) == 4
    assert [line["event"] for line in logs if line["log_level"] == "warning"] == ["answer_refused"]


async def test_a_button_whose_message_is_gone_is_answered_beside_it(world: World) -> None:
    await world.slash("ana", "advice", subject="mala-paga")
    card = last(world)
    for patience in (world.client.responder._patience, SLOW):
        world.client.responder._patience = patience
        world.fake.posted.clear()
        await world.presses("ana", card, dict(labels(card.payload))["final"])
        assert "mala-paga.say.email.final" in text(last(world))
        assert last(world).only_for


async def test_every_control_of_a_card_works_after_a_restart(world: World, bot: Router) -> None:
    await flagged(world)
    await world.slash("ana", "advice", subject="acme")
    card = last(world)
    controls = labels(card.payload)
    assert len(controls) > 5
    again = World(bot, fake=world.fake, people=world.people)
    for label, part in controls:
        answered = len(world.fake.requests)
        await again.presses("ana", card, part)
        assert len(world.fake.requests) > answered, label
        assert "older version" not in text(last(again)), label


async def test_a_card_in_place_of_another_keeps_none_of_its_files(world: World) -> None:
    await flagged(world)
    await world.slash("ana", "advice", subject="acme")
    await press(world, "final")
    [update] = [payload for _, path, payload in world.fake.requests if path.endswith(CALLBACK) and payload["type"] == 7]
    assert update["data"]["attachments"] == []


async def test_a_dismissed_announcement_is_followed_by_the_answer(bot: Router) -> None:
    world = World(bot, SLOW)
    world.fake.faults = [("@original", 404, {"code": 10008, "message": "Unknown Message"})]
    await flagged(world)
    assert "acme is flagged" in text(last(world))


async def test_a_private_card_that_is_dismissed_while_it_is_drawn_anew_stays_private(world: World) -> None:
    await flagged(world)
    await world.slash("ana", "advice", subject="acme")
    card = last(world)
    world.client.responder._patience = SLOW
    world.fake.faults = [("@original", 404, {"code": 10008, "message": "Unknown Message"})]
    await world.presses("ana", card, dict(labels(card.payload))["final"])
    assert "mala-paga.say.email.final" in text(last(world))
    assert last(world) is not card
    assert world.fake.visible("someone else") == []


async def test_a_crash_shows_a_reference_that_is_in_the_log_privately(bot: Router) -> None:
    def broken(_command: Command, _turn: Turn) -> Reply:
        raise ZeroDivisionError("Zeppelin")

    for patience in (None, SLOW):
        world = World(with_handler(bot, broken), patience or Patience(pause=at_once))
        with capture_logs() as logs:
            await world.slash("ana", "help")
        reference = next(line["reference"] for line in logs if line["event"] == "crashed")
        assert reference in text(last(world))
        assert last(world).only_for
        assert "Zeppelin" not in str(logs)


async def test_a_message_that_discord_refuses_is_replaced_by_a_reference(world: World) -> None:
    world.fake.faults = [(CALLBACK, 400, {"code": 50035, "message": "Invalid Form Body"})]
    with capture_logs() as logs:
        await world.slash("ana", "help")
    assert next(line["reference"] for line in logs if line["event"] == "crashed") in text(last(world))


async def test_an_answer_that_discord_refuses_does_not_deny_what_was_stored(world: World) -> None:
    malformed = {"code": 50035, "message": "Invalid Form Body"}
    world.fake.faults = [(CALLBACK, 400, malformed), ("messages", 400, malformed)]
    await flagged(world)
    assert "I took in your message" in text(last(world))
    await world.says("ana", f"<@{BOT}> flag zeta mala-paga")
    assert "I took in your message" in text(last(world))
    for client in ("acme", "zeta"):
        await world.slash("ana", "show", client=client)
        assert "1 open flag" in text(last(world))


async def test_a_command_delivered_twice_has_one_effect_and_one_answer(world: World) -> None:
    await flagged(world)
    await world.receive(*world.last)
    assert len(world.fake.posted) == 1
    await world.slash("ana", "show", client="acme")
    assert "1 open flag" in text(last(world))


async def test_lists_are_filled_and_a_refusal_of_one_is_no_matter(world: World) -> None:
    await flagged(world)
    assert await world.completes("ana", "show", "client", "ac") == [{"name": "acme", "value": "acme"}]
    assert [choice["value"] for choice in await world.completes("ana", "flag", "archetype", "拖欠")] == ["mala-paga"]
    assert await world.completes("ana", "no such command", "client", "ac") == []
    world.fake.faults = [(CALLBACK, 404, {"code": 10062, "message": "x"})]
    with capture_logs() as logs:
        await world.completes("ana", "show", "client", "ac")
    assert [line["event"] for line in logs] == ["choices_refused"]


async def test_the_network_is_tried_again_too_but_never_for_longer_than_discord_waits() -> None:
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async def fails() -> None:
        raise aiohttp.ServerDisconnectedError

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await Sender(pause).send(fails)
    assert waits == [0.2, 0.4, 0.8]
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await Sender(pause).send(fails, until=0)
    assert len(waits) == 3
    assert Call("1", "t", "9").webhook == "/webhooks/9/t"
