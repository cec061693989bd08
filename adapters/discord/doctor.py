"""`chao doctor` for Discord: is the token good, which intents are on, and the link that invites the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp

from bot.settings import Settings

Finding = tuple[bool, str, str]
API = "https://discord.com/api/v10"
SECONDS = 10
# View channels, send messages and in threads, embed links, attach files, read message history (to look whether its own
# message arrived). https://discord.com/developers/docs/topics/permissions
PERMISSIONS = 1 << 10 | 1 << 11 | 1 << 38 | 1 << 14 | 1 << 15 | 1 << 16
# https://discord.com/developers/docs/resources/application#application-object-application-flags
PRIVILEGED = {1 << 12 | 1 << 13: "presence", 1 << 14 | 1 << 15: "server members", 1 << 18 | 1 << 19: "message content"}
WRONG = "copy the token from the application's Bot page, discord.com/developers, into DISCORD_TOKEN"


async def findings(settings: Settings) -> AsyncIterator[Finding]:
    """What is in order and what is not, and the invite link."""
    base = settings.discord_api_url or API
    url = f"{base.rstrip('/')}/applications/@me"
    headers = {"Authorization": f"Bot {settings.secret('discord_token')}"}
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS), trust_env=True) as session,
            session.get(url, headers=headers) as answer,
        ):
            application = await answer.json() if answer.status == 200 else {}
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
    flags = int(application.get("flags") or 0)
    needless = [name for bits, name in PRIVILEGED.items() if flags & bits]
    advice = f"switched on but not needed: {', '.join(needless)}" if needless else ""
    yield True, "Discord's privileged intents", advice
    yield True, "Discord's invite link", invite(str(application["id"]))


def invite(application: str) -> str:
    """The page that adds the bot to a server with the least that it needs."""
    scope = "bot%20applications.commands"
    return f"https://discord.com/oauth2/authorize?client_id={application}&scope={scope}&permissions={PERMISSIONS}"
