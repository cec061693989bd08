"""Weekly summaries on Discord: once, with their picture, found again, and what a refusal means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from adapters.discord.summaries import DiscordPoster
from bot.delivery.poster import RetryLaterError, UnknownOutcomeError, UnreachableError
from bot.events import Place
from bot.records import Fault
from bot.reply import Picture, Reply, Section
from tests.discord.fake import BOT, GUILD, Posted
from tests.discord.shown import read
from tests.discord.world import CHANNEL, DM, FORUM, World

HERE = Place(f"discord:{GUILD}", CHANNEL)
WEEK = Reply("The week", (Section("2 new flags"), Picture(b"png", "a chart")), language="en")
MARKER = "chao-2026-W48"
MESSAGES = f"/channels/{CHANNEL}/messages"


@pytest.fixture
async def poster(world: World) -> DiscordPoster:
    await world.connect()
    return DiscordPoster(lambda: world.client, "en")


async def test_a_summary_is_one_message_with_its_picture_and_no_link_in_its_title(
    world: World, poster: DiscordPoster
) -> None:
    message_id = await poster.post(HERE, WEEK, MARKER)
    (posted,) = world.fake.posted
    assert posted.id == message_id
    assert posted.files == {"chart.png": b"png"}
    assert "title" not in posted.payload["embeds"][0]
    assert read(posted.payload, {}).split() == "The week 2 new flags".split()


async def test_the_same_summary_is_posted_once_and_each_channel_has_its_own(
    world: World, poster: DiscordPoster
) -> None:
    first = await poster.post(HERE, WEEK, MARKER)
    assert await poster.post(HERE, WEEK, MARKER) == first
    assert await poster.post(Place(HERE.workspace, "201"), WEEK, MARKER) != first
    assert len(world.fake.posted) == 2
    assert all(len(message.payload["nonce"]) <= 25 for message in world.fake.posted)


async def test_details_go_under_their_summary(world: World, poster: DiscordPoster) -> None:
    message_id = await poster.post(HERE, WEEK, MARKER)
    await poster.post(Place(*(HERE.workspace, HERE.channel, message_id)), WEEK, f"{MARKER}-more")
    assert world.fake.posted[1].payload["message_reference"]["message_id"] == message_id


def chatter(world: World, count: int) -> None:
    """What others wrote."""
    for _ in range(count):
        world.fake.posted.append(Posted(world.fake.snowflake(), CHANNEL, {"content": "x"}, {}, author="1"))


async def test_a_summary_is_found_again_among_what_others_wrote_since(world: World, poster: DiscordPoster) -> None:
    # Ids hold their time: these are of today.
    world.fake.restart_numbers(discord.utils.time_snowflake(datetime.now(UTC)))
    message_id = await poster.post(HERE, WEEK, MARKER)
    chatter(world, 250)
    assert await poster.find(HERE, MARKER) == message_id
    assert await poster.find(HERE, "chao-2026-W49") is None
    assert await poster.find(Place(HERE.workspace, "201"), MARKER) is None
    chatter(world, 500)
    assert await poster.find(HERE, MARKER) is None


async def test_nobody_is_looked_for_further_back_than_days(world: World, poster: DiscordPoster) -> None:
    world.fake.restart_numbers(discord.utils.time_snowflake(datetime.now(UTC) - timedelta(days=3)))
    chatter(world, 300)
    assert await poster.find(HERE, MARKER) is None
    assert len([path for method, path, _ in world.fake.requests if (method, path) == ("GET", MESSAGES)]) == 1


async def test_a_copy_by_somebody_else_is_not_ours(world: World, poster: DiscordPoster) -> None:
    await poster.post(HERE, WEEK, MARKER)
    world.fake.posted[0].author = "666"
    assert await poster.find(HERE, MARKER) is None


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (403, {"code": 50013}, UnreachableError(Fault.FORBIDDEN)),
        (404, {"code": 10003}, UnreachableError(Fault.GONE)),
        (400, {"code": 50008}, UnreachableError(Fault.GONE)),
        (429, {"retry_after": 7}, RetryLaterError(7.0)),
        (500, {}, UnknownOutcomeError("500")),
    ],
)
async def test_a_refusal_says_what_follows(
    world: World, poster: DiscordPoster, status: int, body: dict[str, Any], expected: Exception
) -> None:
    for work in (poster.post(HERE, WEEK, MARKER), poster.find(HERE, MARKER)):
        world.fake.faults = [(MESSAGES, status, body)]
        with pytest.raises(type(expected), match=str(expected)):
            await work
    world.fake.faults = [("@me/channels", status, body)]
    with pytest.raises(type(expected), match=str(expected)):
        await poster.tell(HERE.workspace, "1000", WEEK)


async def test_a_malformed_message_is_a_bug_and_said_as_it_is(world: World, poster: DiscordPoster) -> None:
    world.fake.faults = [(MESSAGES, 400, {"code": 50035})]
    with pytest.raises(discord.HTTPException):
        await poster.post(HERE, WEEK, MARKER)


async def test_without_a_connection_it_is_later(world: World) -> None:
    for poster in (DiscordPoster(lambda: None, "en"), DiscordPoster(lambda: world.client, "en")):
        with pytest.raises(RetryLaterError):
            await poster.post(HERE, WEEK, MARKER)


async def test_who_set_it_up_is_told_directly(world: World, poster: DiscordPoster) -> None:
    await poster.tell(HERE.workspace, "1000", Reply(blocks=(Section("It can't be posted."),)))
    assert world.fake.posted[0].channel == f"{DM}1000"


async def test_the_weekly_summary_is_planned_by_the_slash_command(world: World) -> None:
    await world.slash("ana", "summary", when="weekly", day="monday", time="09:00", zone="Europe/Madrid")
    assert "I post the summary of the week in this channel" in read(world.fake.posted[-1].payload, {})


NO_ROOM = "no weekly summary can come here"


async def test_a_summary_planned_in_a_forum_post_is_refused_with_what_to_do_instead(world: World) -> None:
    await world.connect()
    for name, parent in (("post", FORUM), ("thread", CHANNEL)):
        await world.receive("THREAD_CREATE", world.thread_object(name, parent))
    post = {"channel_id": world.thread("post"), "channel": {"id": world.thread("post"), "type": 11, "parent_id": FORUM}}
    event, payload = world.typed("ana", "summary", when="weekly", day="monday", time="09:00")
    await world.receive(event, payload | post)
    assert NO_ROOM in read(world.fake.posted[-1].payload, {})
    assert "Plan it in a text channel" in read(world.fake.posted[-1].payload, {})
    for name, is_refused in (("post", True), ("thread", False)):
        await world.says("ana", f"<@{BOT}> summary weekly monday 09:00", world.thread(name))
        assert (NO_ROOM in read(world.fake.posted[-1].payload, {})) is is_refused


async def test_a_summary_now_has_its_picture_for_who_asked(world: World) -> None:
    await world.slash("ana", "flag", client="acme", archetype="mala-paga")
    await world.slash("ana", "summary", when="now")
    shown = world.fake.posted[-1]
    assert shown.only_for
    assert [content[:4] for content in shown.files.values()] == [b"\x89PNG"]
