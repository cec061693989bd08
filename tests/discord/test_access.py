"""What a server's administrators allow for `/client` holds for mentions and buttons as well."""

from __future__ import annotations

from typing import Any

import pytest
from discord.http import Route

from adapters.discord.access import CHANNEL, ROLE, USER, Access, Member, Rule, Rules
from tests.discord.acting import eve_comes, last, only_the_team, text
from tests.discord.fake import APP, BOT, GUILD, FakeDiscord, FakeRest
from tests.discord.shown import labels
from tests.discord.world import READY, SEND, TEAM, Person, World

ME, HERE, EVERYWHERE = f"<@{BOT}>", "200", str(int(GUILD) - 1)
ADMINISTRATOR = 1 << 3


def member(user: str = "u", roles: tuple[str, ...] = (), permissions: int = SEND) -> Member:
    return Member(GUILD, user, frozenset(roles), permissions, HERE)


def rules(*own: tuple[int, str, bool]) -> tuple[Rule, ...]:
    return tuple(Rule(*rule) for rule in own)


NOT_EVERYONE = (ROLE, GUILD, False)


@pytest.mark.parametrize(
    ("own", "app", "who", "is_admitted"),
    [
        ([], [], member(), True),
        ([], [], member(permissions=0), False),
        ([NOT_EVERYONE], [], member(), False),
        ([NOT_EVERYONE, (ROLE, TEAM, True)], [], member(roles=(TEAM,)), True),
        ([NOT_EVERYONE, (ROLE, TEAM, True)], [], member(roles=("9",)), False),
        ([(ROLE, TEAM, False), (ROLE, "9", True)], [], member(roles=(TEAM, "9")), True),
        ([(ROLE, TEAM, True), (USER, "u", False)], [], member(roles=(TEAM,)), False),
        ([NOT_EVERYONE, (USER, "u", True)], [], member(permissions=0), True),
        ([NOT_EVERYONE], [], member(permissions=ADMINISTRATOR), True),
        ([], [NOT_EVERYONE], member(), False),
        ([], [NOT_EVERYONE, (ROLE, TEAM, True)], member(roles=(TEAM,)), True),
        ([(ROLE, TEAM, True)], [NOT_EVERYONE], member(roles=(TEAM,)), True),
        ([(CHANNEL, HERE, False)], [], member(), False),
        ([(CHANNEL, EVERYWHERE, False)], [], member(), False),
        ([(CHANNEL, EVERYWHERE, False), (CHANNEL, HERE, True)], [], member(), True),
        ([], [(CHANNEL, HERE, False)], member(), False),
        ([(CHANNEL, HERE, True)], [(CHANNEL, HERE, False)], member(), True),
    ],
)
def test_the_rules_are_discords(
    own: list[tuple[int, str, bool]], app: list[tuple[int, str, bool]], who: Member, is_admitted: bool
) -> None:
    assert Rules(rules(*own), rules(*app)).admit(who) is is_admitted


async def restricted(world: World, *, to_team: bool = True) -> None:
    """An administrator changes who may use the command."""
    world.fake.rules.clear()
    if to_team:
        only_the_team(world)
    await world.receive("APPLICATION_COMMAND_PERMISSIONS_UPDATE", {"id": "700", "guild_id": GUILD, "permissions": []})


async def test_who_may_not_use_the_command_sees_no_client_by_mention_or_button(world: World) -> None:
    only_the_team(world)
    eve_comes(world)
    await world.says("ana", f"{ME} flag acme mala-paga inv 104")
    card = last(world, "ana")
    rest = dict(labels(card.payload))["Show me the rest"]
    await world.presses("eve", card, rest)
    assert "to people from outside the team" in text(last(world, "eve"))
    await world.says("eve", f"{ME} show acme")
    assert "to people from outside the team" in text(last(world, "eve"))
    await world.says("eve", f"{ME} acme has not paid the invoice")
    assert "open flag" not in text(last(world, "eve"))
    assert "People from outside the team may read this" in text(last(world, "eve"))
    await world.presses("bob", card, rest)
    assert "inv 104" in text(last(world, "bob"))


async def test_who_may_not_use_the_command_gets_no_form_from_a_messages_menu(world: World) -> None:
    only_the_team(world)
    eve_comes(world)
    await world.uses_menu("eve", "They have not paid our invoice for two months")
    assert "to people from outside the team" in text(last(world, "eve"))
    assert not world.fake.modals
    await world.uses_menu("bob", "They have not paid our invoice for two months")
    assert world.fake.modals


async def test_who_lost_the_command_flags_nothing_and_learns_no_name_by_a_form_that_is_open(world: World) -> None:
    eve_comes(world)
    await world.slash("ana", "flag", client="Zeppelin", archetype="mala-paga", reason="inv 104")
    for name in ("zepelin", "zeppelin"):
        await restricted(world, to_team=False)
        await world.uses_menu("eve", "They have not paid our invoice for two months")
        await restricted(world)
        await world.submits("eve", client=name, archetype="mala-paga")
        assert "to people from outside the team" in text(last(world, "eve"))
        assert "Zeppelin" not in text(last(world, "eve"))
    await world.slash("ana", "show", client="zeppelin")
    assert "1 open flag" in text(last(world, "ana"))


async def test_rules_are_asked_for_once_and_again_when_they_change(world: World) -> None:
    def asked() -> int:
        return len([path for _, path, _ in world.fake.requests if path.endswith("permissions")])

    await world.says("bob", f"{ME} list")
    await world.says("bob", f"{ME} list")
    assert asked() == 1
    only_the_team(world)
    await world.receive("APPLICATION_COMMAND_PERMISSIONS_UPDATE", {"id": "700", "guild_id": GUILD, "permissions": []})
    await world.says("bob", f"{ME} list", member={"roles": [], "flags": 0})
    assert asked() == 2
    assert "to people from outside the team" in text(last(world, "bob"))


async def test_rules_that_changed_while_the_bot_was_away_hold_when_it_is_back(world: World) -> None:
    eve_comes(world)
    await world.says("eve", f"{ME} list")
    assert "No client has open flags" in text(last(world, "eve"))
    only_the_team(world)
    await world.receive("READY", READY)
    await world.receive("GUILD_CREATE", world.guild())
    await world.says("eve", f"{ME} list")
    assert "to people from outside the team" in text(last(world, "eve"))


def overtakes(world: World, times: int) -> None:
    """An administrator keeps outsiders out while the bot is being told the rules as they were before."""
    ask, left = world.client.rest.request, [None] * times

    async def overtaken(route: Route, **options: Any) -> Any:
        found = await ask(route, **options)
        if left and route.path.endswith("permissions"):
            left.pop()
            only_the_team(world)
            world.client.access.changed(GUILD)
        return found

    world.client.rest.request = overtaken  # type: ignore[method-assign]  # what happens in between


async def test_rules_that_change_while_they_are_asked_for_are_asked_for_again(world: World) -> None:
    eve_comes(world)
    overtakes(world, 1)
    for _ in range(2):
        await world.says("eve", f"{ME} list")
        assert "to people from outside the team" in text(last(world, "eve"))
    await world.says("bob", f"{ME} list")
    assert "No client has open flags" in text(last(world, "bob"))


async def test_rules_that_do_not_come_to_rest_let_nobody_in_and_are_not_asked_for_without_end(world: World) -> None:
    overtakes(world, 9)
    await world.says("bob", f"{ME} list")
    assert "to people from outside the team" in text(last(world, "bob"))
    assert len([path for _, path, _ in world.fake.requests if path.endswith("permissions")]) == 3


async def test_nothing_of_a_client_is_shown_while_the_rules_are_not_known(world: World) -> None:
    world.fake.faults = [("permissions", 500, {})]
    await world.says("bob", f"{ME} list")
    assert "to people from outside the team" in text(last(world, "bob"))
    await world.says("bob", f"{ME} list")
    assert "No client has open flags" in text(last(world, "bob"))


async def test_who_may_not_use_the_command_asks_on_about_no_client_in_a_follow_up_form(world: World) -> None:
    only_the_team(world)
    eve_comes(world)
    await world.slash("ana", "flag", client="zeppelin", archetype="abusivo", reason="secret")
    for name, is_told in (("eve", False), ("bob", True)):
        await world.says("ana", f"{ME} what to do when a client has not paid the invoice for two months?")
        card = last(world, "ana")
        await world.presses(name, card, dict(labels(card.payload))["Ask a follow-up"])
        await world.submits(name, card, question="what about zeppelin, it insults us")
        assert ("zeppelin is flagged" in text(last(world, name))) is is_told


async def test_an_administrator_is_answered_while_the_rules_are_not_known(world: World) -> None:
    world.people["mia"] = Person("1998", "mia", SEND | ADMINISTRATOR)
    await world.says("ana", f"{ME} flag acme mala-paga inv 104")
    card = last(world, "ana")
    world.fake.faults = [("permissions", 500, {})]
    await world.presses("mia", card, dict(labels(card.payload))["Show me the rest"])
    assert "inv 104" in text(last(world, "mia"))
    assert not [path for _, path, _ in world.fake.requests if path.endswith("permissions")]


async def test_while_it_is_not_known_whose_rules_they_are_nobody_is_let_in_and_nobody_waits_for_ever() -> None:
    fake = FakeDiscord()
    hurried, refused = Access(FakeRest(fake), 0), Access(FakeRest(fake))
    refused.give_up()
    for access in (hurried, refused):
        access.application = APP
        assert await access.is_outsider(member())
    assert not fake.requests
    hurried.learn("700")
    assert not await hurried.is_outsider(member())
