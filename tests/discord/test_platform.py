"""Discord over real connections: connecting, resuming, identifying again, registering, and what only a person mends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from structlog.testing import capture_logs

from adapters.discord.platform import SETTLED, DiscordPlatform, discord_platform
from adapters.discord.rest import Rest
from adapters.failure import CommandFailedError
from bot.router import Router
from bot.settings import Settings
from tests.discord.acting import eve_comes, only_the_team
from tests.discord.fake import BOT
from tests.discord.loopback import IDENTIFY, RESUME, TOKEN, Loopback, loopback
from tests.discord.shown import read
from tests.discord.world import READY, World, at_once

WRONG = "nope"


@pytest.fixture
async def server(world: World) -> AsyncIterator[Loopback]:
    """A Discord with one server, on this machine."""
    async with loopback(world.fake, [("READY", READY), ("GUILD_CREATE", world.guild())]) as running:
        yield running


def settings(server: Loopback, **more: str) -> Settings:
    return Settings.model_validate({**server.environment, **more})


@asynccontextmanager
async def running(platform: DiscordPlatform) -> AsyncIterator[None]:
    """The platform, as soon as it is begun."""
    task = asyncio.create_task(platform.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def serving(bot: Router, server: Loopback, **more: str) -> AsyncIterator[DiscordPlatform]:
    """The platform, connected and registered."""
    platform = DiscordPlatform(bot, settings(server, **more), at_once)
    async with running(platform):
        await server.until(lambda: server.opened and server.fake.commands)
        yield platform


async def asks_for_help(world: World, server: Loopback) -> str:
    """What a slash command is answered with, over the wire."""
    (event, payload), before = world.typed("ana", "help"), len(world.fake.posted)
    await server.send(event, payload)
    await server.until(lambda: len(world.fake.posted) > before)
    return read(world.fake.posted[-1].payload, {})


async def test_it_identifies_without_privileged_intents_and_answers(
    bot: Router, world: World, server: Loopback
) -> None:
    async with serving(bot, server) as platform:
        assert server.opened[0]["op"] == IDENTIFY
        identified = server.opened[0]["d"]
        assert identified["token"] == TOKEN
        # Server members (1), presences (8) and message content (15) are the privileged ones.
        assert identified["intents"] & (1 << 1 | 1 << 8 | 1 << 15) == 0
        assert identified["shard"] == [0, 1]
        assert "What I can do" in await asks_for_help(world, server)
        assert platform.is_ready
    assert not platform.is_ready


async def test_commands_are_registered_once_and_not_again_by_the_next_process(bot: Router, server: Loopback) -> None:
    for _ in range(2):
        server.opened.clear()
        async with serving(bot, server) as platform:
            assert platform.client
            await asyncio.gather(*platform.client.running)
    methods = [method for method, path, _ in server.fake.requests if path.endswith("/commands")]
    assert methods == ["GET", "PUT", "GET"]


async def test_a_dropped_connection_is_resumed_and_nothing_is_registered_again(
    bot: Router, world: World, server: Loopback
) -> None:
    async with serving(bot, server):
        await server.drop(4000)
        await server.until(lambda: len(server.opened) == 2)
        assert server.opened[1]["op"] == RESUME
        assert server.opened[1]["d"]["session_id"] == READY["session_id"]
        assert "What I can do" in await asks_for_help(world, server)
    assert len([path for method, path, _ in server.fake.requests if method == "PUT"]) == 1


async def test_an_invalid_session_identifies_again(bot: Router, world: World, server: Loopback) -> None:
    async with serving(bot, server):
        await server.invalidate()
        await server.until(lambda: len(server.opened) == 2)
        assert server.opened[1]["op"] == IDENTIFY
        assert "What I can do" in await asks_for_help(world, server)


async def test_a_token_that_is_none_is_said_in_one_line(bot: Router, server: Loopback) -> None:
    with pytest.raises(CommandFailedError, match="DISCORD_TOKEN is not a bot's token"):
        await DiscordPlatform(bot, settings(server, DISCORD_TOKEN=WRONG), at_once).run()


@pytest.mark.parametrize(
    ("code", "words"), [(4004, "DISCORD_TOKEN"), (4010, "DISCORD_SHARD_IDS"), (4011, "DISCORD_SHARD_COUNT")]
)
async def test_what_the_gateway_refuses_for_good_is_said(bot: Router, server: Loopback, code: int, words: str) -> None:
    server.refuse_with = code
    with pytest.raises(CommandFailedError, match=words):
        await DiscordPlatform(bot, settings(server), at_once).run()


async def test_shards_may_be_spread_over_processes(bot: Router, world: World, server: Loopback) -> None:
    server.greeting[0] = ("READY", READY | {"shard": [2, 4]})
    async with serving(bot, server, DISCORD_SHARD_IDS="2", DISCORD_SHARD_COUNT="4") as platform:
        assert server.opened[0]["d"]["shard"] == [2, 4]
        assert "What I can do" in await asks_for_help(world, server)
        assert platform.is_ready


@pytest.mark.parametrize(("ids", "count"), [("4", "4"), ("x", "4"), ("0,1", "0"), ("-1", "2")])
async def test_shards_that_cannot_be_are_refused(bot: Router, server: Loopback, ids: str, count: str) -> None:
    wrong = settings(server, DISCORD_SHARD_IDS=ids, DISCORD_SHARD_COUNT=count)
    with pytest.raises(CommandFailedError, match="DISCORD_SHARD_IDS"):
        async with discord_platform(bot, wrong):
            pass


async def test_a_discord_that_is_away_is_tried_again_until_it_is_back(bot: Router, server: Loopback) -> None:
    waits: list[float] = []
    back = asyncio.Event()

    async def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            platform._settings = settings(server)
            back.set()

    away = settings(server, DISCORD_API_URL="http://127.0.0.1:9/api/v10")
    platform = DiscordPlatform(bot, away, pause)
    with capture_logs() as logs:
        task = asyncio.create_task(platform.run())
        await back.wait()
        await server.until(lambda: bool(server.opened))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert waits == [1, 2, 4]
    assert {line["event"] for line in logs if line["log_level"] == "warning"} >= {"discord_unreachable"}


async def test_an_address_that_is_none_ends_it_with_a_line_that_says_how_one_looks(
    bot: Router, server: Loopback
) -> None:
    wrong = settings(server).model_copy(update={"discord_api_url": "discord.com/api"})
    platform = DiscordPlatform(bot, wrong, at_once)
    with pytest.raises(CommandFailedError, match="DISCORD_API_URL"):
        await platform.run()


def test_the_proxy_of_the_environment_is_used_but_where_it_is_ruled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.test:3128")
    monkeypatch.setenv("no_proxy", "discord.internal")
    assert Rest().proxy == "http://proxy.test:3128"
    assert Rest("https://discord.internal/api/v10").proxy is None


async def test_a_registration_that_fails_is_tried_again(bot: Router, server: Loopback) -> None:
    server.fake.faults = [("/commands", 503, {})]
    async with serving(bot, server):
        assert server.fake.commands


async def test_a_registration_that_is_refused_is_said_and_the_bot_serves_all_the_same(
    bot: Router, world: World, server: Loopback
) -> None:
    server.fake.faults = [("/commands", 403, {"code": 50001, "message": "Missing Access"})]
    platform = DiscordPlatform(bot, settings(server), at_once)
    with capture_logs() as logs:
        task = asyncio.create_task(platform.run())
        await server.until(lambda: not server.fake.faults)
        assert "What I can do" in await asks_for_help(world, server)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert "commands_not_registered" in [line["event"] for line in logs]


async def asks_for_the_list(world: World, server: Loopback, name: str) -> str:
    """What a mention is answered with, over the wire."""
    before = len(world.fake.posted)
    await server.send(*world.said(name, f"<@{BOT}> list"))
    await server.until(lambda: len(world.fake.posted) > before)
    return read(world.fake.posted[-1].payload, {})


async def test_who_asks_before_the_commands_are_registered_is_answered_when_they_are(
    bot: Router, world: World, server: Loopback
) -> None:
    registers = asyncio.Event()

    async def pause(seconds: float) -> None:
        if seconds == SETTLED:
            await registers.wait()

    async with running(DiscordPlatform(bot, settings(server), pause)):
        await server.until(lambda: server.opened)
        await server.send(*world.said("bob", f"<@{BOT}> list"))
        assert "What I can do" in await asks_for_help(world, server)
        registers.set()
        await server.until(lambda: len(world.fake.posted) == 2)
    assert "No client has open flags" in read(world.fake.posted[-1].payload, {})


async def test_a_team_whose_commands_are_refused_is_told_from_outsiders_by_those_that_are_there(
    bot: Router, world: World, server: Loopback
) -> None:
    server.fake.commands = [{"id": "700", "name": "client", "type": 1}]
    server.fake.faults = [("PUT /applications/900/commands", 400, {"code": 50035, "message": "Invalid Form Body"})]
    only_the_team(world)
    eve_comes(world)
    async with running(DiscordPlatform(bot, settings(server), at_once)):
        await server.until(lambda: server.opened and not server.fake.faults)
        assert "No client has open flags" in await asks_for_the_list(world, server, "bob")
        assert "to people from outside the team" in await asks_for_the_list(world, server, "eve")
