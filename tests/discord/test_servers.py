"""A server that removes the bot loses its data after the grace; one that takes it back in time loses nothing."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from adapters.discord.library_log import LibraryLog, quieten
from adapters.discord.servers import DOUBT, Servers
from bot.leaving import purge
from bot.router import Router
from tests.contract.teams import Member, finds, flags
from tests.discord.fake import GUILD
from tests.discord.world import World
from tests.support import Clock

OTHER = str((1 << 22) + 5)


@pytest.fixture
async def ana(bot: Router, clock: Clock) -> Member:
    """A member of a server that has a flag."""
    member = Member(bot.services.database, f"discord:{GUILD}", clock=clock)
    await member.does(flags("acme"))
    return member


async def clients(member: Member) -> int:
    await member.sees(lambda _: None)
    return len(await member.sees(lambda store: store.clients.every()))


async def test_a_server_that_removes_the_bot_is_erased_at_once(world: World, ana: Member) -> None:
    await world.receive("GUILD_DELETE", {"id": GUILD, "unavailable": True})
    assert await clients(ana) == 1
    await world.receive("GUILD_DELETE", {"id": GUILD})
    assert await clients(ana) == 0


async def test_within_the_grace_it_may_come_back(bot: Router, ana: Member, clock: Clock) -> None:
    servers = Servers(bot.services, timedelta(days=3))
    await servers.left(GUILD)
    clock.advance(days=2)
    await servers.joined(GUILD)
    clock.advance(days=2)
    await purge(bot.services)
    assert await clients(ana) == 1
    await servers.left(GUILD)
    clock.advance(days=4)
    await purge(bot.services)
    assert await clients(ana) == 0


async def test_a_server_that_was_left_while_the_bot_was_away_is_erased_after_a_week(
    bot: Router, ana: Member, clock: Clock
) -> None:
    elsewhere = ana.elsewhere(f"discord:{OTHER}")
    slack, alone = ana.elsewhere("slack:T1"), ana.elsewhere("discord:@me:7")
    for member in (elsewhere, slack, alone):
        await member.does(flags("acme"))
    servers = Servers(bot.services)
    # Shard 0 of 2 has GUILD; OTHER is the other shard's.
    await servers.connected(0, 2, [])
    clock.advance(days=DOUBT.days - 1)
    await purge(bot.services)
    assert await clients(ana) == 1
    clock.advance(days=2)
    await purge(bot.services)
    assert [await clients(member) for member in (ana, elsewhere, slack, alone)] == [0, 1, 1, 1]


async def test_the_right_bot_in_time_keeps_what_the_wrong_one_missed(bot: Router, ana: Member, clock: Clock) -> None:
    await Servers(bot.services).connected(0, 1, [])
    await Servers(bot.services).connected(0, 1, [GUILD])
    clock.advance(days=DOUBT.days + 1)
    await purge(bot.services)
    assert (await ana.sees(finds("acme"))).name == "acme"


async def test_a_server_that_the_bot_is_added_to_is_noted(world: World, bot: Router, clock: Clock) -> None:
    there = Member(bot.services.database, f"discord:{OTHER}", clock=clock)
    await there.does(flags("acme"))
    await Servers(bot.services, timedelta(days=3)).left(OTHER)
    await world.receive("GUILD_CREATE", world.guild() | {"id": OTHER, "roles": [], "channels": []})
    clock.advance(days=5)
    await purge(bot.services)
    assert await clients(there) == 1


def test_discord_pys_own_lines_are_passed_on_without_what_they_say() -> None:
    quieten()
    quieten()
    library = logging.getLogger("discord.http")
    with capture_logs() as logs:
        library.warning("POST https://discord.com/api/v10/webhooks/1/%s is rate limited", "secret-token")
        library.error("Ignoring exception in %s", "on_x", exc_info=ValueError("secret text"))
        library.info("not even this")
    assert [line["event"] for line in logs] == ["discord_py", "discord_py"]
    assert logs[1]["fault"] == "ValueError"
    assert "secret" not in str(logs)
    assert len([h for h in logging.getLogger("discord").handlers if isinstance(h, LibraryLog)]) == 1
