"""`chao doctor` for Discord: is the token good, which intents are on, and the link that invites the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp

from adapters.discord.parse import ADMINISTRATOR
from adapters.discord.platform import shards_of
from adapters.failure import CommandFailedError
from bot.settings import Settings

Finding = tuple[bool, str, str]
API = "https://discord.com/api/v10"
SECONDS = 10
SHOWN = 10
# History is read to look whether its own message arrived. https://discord.com/developers/docs/topics/permissions
NAMES = {
    1 << 10: "view channels",
    1 << 11: "send messages",
    1 << 38: "send messages in threads",
    1 << 14: "embed links",
    1 << 15: "attach files",
    1 << 16: "read message history",
}
PERMISSIONS = sum(NAMES)
# https://discord.com/developers/docs/resources/application#application-object-application-flags
PRIVILEGED = {1 << 12 | 1 << 13: "presence", 1 << 14 | 1 << 15: "server members", 1 << 18 | 1 << 19: "message content"}
ENDPOINT = "they go to an address of their own: empty “Interactions Endpoint URL” on the application's page"
WRONG = "copy the token from the application's Bot page, discord.com/developers, into DISCORD_TOKEN"


async def findings(settings: Settings) -> AsyncIterator[Finding]:
    """What is in order and what is not, and the invite link."""
    try:
        shards_of(settings)
    except CommandFailedError as error:
        yield False, "Discord's shards", str(error)
    try:
        application, servers = await _asked(settings)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        yield (
            False,
            "Discord",
            "it can't be reached from here: look at the network, and at DISCORD_API_URL if it is set",
        )
        return
    if "id" not in application:
        yield False, "Discord's token", WRONG
        return
    yield True, f"Discord's token (application {application['id']})", ""
    if application.get("interactions_endpoint_url"):
        yield False, "Discord's interactions", ENDPOINT
    flags = int(application.get("flags") or 0)
    needless = [name for bits, name in PRIVILEGED.items() if flags & bits]
    advice = f"switched on but not needed: {', '.join(needless)}" if needless else ""
    yield True, "Discord's privileged intents", advice
    for server, lacking in list(_lacking(servers))[:SHOWN]:
        yield False, f"Discord server {server}", f"give the bot's role there: {', '.join(lacking)}"
    yield True, "Discord's invite link", invite(str(application["id"]))


async def _asked(settings: Settings) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The application, and the servers that the bot is on with what it may do there."""
    base = (settings.discord_api_url or API).rstrip("/")
    headers = {"Authorization": f"Bot {settings.secret('discord_token')}"}
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=True, headers=headers) as session:
        application = await _answer(session, f"{base}/applications/@me")
        servers = await _answer(session, f"{base}/users/@me/guilds") if application else []
    return application or {}, servers if isinstance(servers, list) else []


async def _answer(session: aiohttp.ClientSession, url: str) -> Any:
    """What an address says; None where the token is refused. Raises what aiohttp raises when Discord fails."""
    async with session.get(url) as answer:
        if answer.status in (401, 403):
            return None
        answer.raise_for_status()
        return await answer.json()


def _lacking(servers: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    for server in servers:
        given = int(server.get("permissions") or 0)
        lacking = [name for bit, name in NAMES.items() if not given & bit]
        if lacking and not given & ADMINISTRATOR:
            yield str(server["id"]), lacking


def invite(application: str) -> str:
    """The page that adds the bot to a server with the least that it needs."""
    scope = "bot%20applications.commands"
    return f"https://discord.com/oauth2/authorize?client_id={application}&scope={scope}&permissions={PERMISSIONS}"
