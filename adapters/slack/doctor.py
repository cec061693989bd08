"""`chao doctor` for Slack: are the tokens good, are the scopes all there, which mode will it serve in.

Where workspaces install the bot themselves each has a token of its own, in the database; of them only ids are told.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters import wiring
from adapters.failure import CommandFailedError
from adapters.slack.api import web_client
from adapters.slack.installations import opened
from adapters.slack.manifest import SCOPES
from adapters.slack.platform import check, is_oauth, lacking_for_oauth
from adapters.slack.secrets import Vault
from bot.settings import Settings
from bot.storage.database import StorageError
from bot.storage.installations import sealed_installations

Finding = tuple[bool, str, str]
SECONDS = 10
MOST = 20
INSTALLS = "Slack's installs by OAuth"
UNREAD = "they are kept in the database, which can't be read: what is wrong with the database stands above"
AGAIN = "install it there again, at /slack/install of your public address"
SEALED = f"put the key that sealed it behind the others in CHAO_SECRET_KEY, or {AGAIN}"
BOT_TOKEN = "copy the Bot User OAuth Token from “OAuth & Permissions” into SLACK_BOT_TOKEN"  # noqa: S105 - a message
UNUSED = "SLACK_BOT_TOKEN is not used beside SLACK_CLIENT_ID: install the bot at /slack/install there too, or unset one"
APP_TOKEN = "make one with connections:write under “Basic Information”, App-Level Tokens, for SLACK_APP_TOKEN"  # noqa: S105
UNREACHED, NETWORK = "Slack can't be reached", "look at the network, and at SLACK_API_URL if it is set"
# What Slack says of itself: https://docs.slack.dev/reference/methods/auth.test#errors
ITS_OWN = (
    "fatal_error",
    "internal_error",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
)


async def findings(settings: Settings) -> AsyncIterator[Finding]:
    """What is in order and what is not; nothing is asked when the settings do not fit together."""
    try:
        check(settings)
    except CommandFailedError as error:
        yield False, "Slack", str(error)
        return
    if lacking := lacking_for_oauth(settings):
        yield False, INSTALLS, lacking
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS), trust_env=True) as session:
        client = web_client(settings.slack_api_url, session)
        token = settings.secret("slack_bot_token")
        if token and is_oauth(settings):
            yield False, "Slack's bot token", UNUSED
        elif token:
            async for finding in _bot(client, token):
                yield finding
        if is_oauth(settings):
            async for finding in _installs(settings, client):
                yield finding
        if token := settings.secret("slack_app_token"):
            yield await _socket(client, token)
    if settings.secret("slack_signing_secret"):
        yield True, "Slack over HTTP", "Slack must reach POST /slack/events at your public address"


async def _bot(client: AsyncWebClient, token: str) -> AsyncIterator[Finding]:
    answer = await _asked(client, "auth.test", token)
    if isinstance(answer, str):
        yield False, f"Slack's bot token ({answer})", _advice(answer, BOT_TOKEN)
        return
    yield True, f"Slack's bot token (workspace {answer.get('team_id')})", ""
    if missing := _missing(answer):
        yield False, "Slack's scopes", f"add {', '.join(missing)} under “OAuth & Permissions”, then install it again"
    else:
        yield True, "Slack's scopes", ""


def _missing(answer: AsyncSlackResponse) -> list[str]:
    """The scopes that a token lacks."""
    given = {scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
    return sorted(set(SCOPES) - given)


async def _installs(settings: Settings, client: AsyncWebClient) -> AsyncIterator[Finding]:
    """How many workspaces and organisations have installed the bot, and what is wrong with each of the first."""
    try:
        rows = await _sealed(settings)
    except (CommandFailedError, StorageError):
        yield False, INSTALLS, UNREAD
        return
    if not rows:
        yield True, f"{INSTALLS} (none yet)", "open /slack/install of your public address"
        return
    yield True, f"{INSTALLS} ({len(rows)})", f"{MOST} of them are looked at below" if len(rows) > MOST else ""
    vault = Vault(settings.secret("secret_key"))
    asked = (_install(client, key, opened(rows[key], vault)) for key in sorted(rows)[:MOST])
    # Slack out of reach is so for all of them.
    for finding in dict.fromkeys(await asyncio.gather(*asked)):
        yield finding


async def _sealed(settings: Settings) -> Mapping[str, str]:
    """What installs left, by key; no file or table is made for it."""
    location = wiring.located_at(settings.data_url)
    if await location.revision() is None:
        return {}
    database = location.open()
    try:
        return await database.read(sealed_installations)
    finally:
        await database.close()


async def _install(client: AsyncWebClient, key: str, left: Mapping[str, str] | None) -> Finding:
    team = key.removeprefix("slack:")
    what = f"Slack's {'organisation' if team.startswith('E') else 'workspace'} {team}"
    if left is None:
        return False, f"{what} (its token can't be opened)", SEALED
    answer = await _asked(client, "auth.test", left["bot_token"])
    if answer == UNREACHED:
        return False, f"Slack's workspaces ({UNREACHED})", NETWORK
    if isinstance(answer, str):
        return False, f"{what} ({answer})", _advice(answer, AGAIN)
    missing = _missing(answer)
    return not missing, what, f"it lacks {', '.join(missing)}: {AGAIN}" if missing else ""


async def _socket(client: AsyncWebClient, token: str) -> Finding:
    answer = await _asked(client, "apps.connections.open", token)
    if isinstance(answer, str):
        return False, f"Slack in Socket Mode ({answer})", _advice(answer, APP_TOKEN)
    return True, "Slack in Socket Mode", ""


def _advice(answer: str, for_the_token: str) -> str:
    """No new token helps against a network that is down, or a Slack that is."""
    if answer == UNREACHED:
        return NETWORK
    return "Slack itself has trouble: try again later" if answer in ITS_OWN else for_the_token


async def _asked(client: AsyncWebClient, method: str, token: str) -> AsyncSlackResponse | str:
    """The answer, or in a word why there is none."""
    try:
        return await client.api_call(method, headers={"Authorization": f"Bearer {token}"})
    except SlackApiError as error:
        return str(error.response.get("error", "refused"))
    except (aiohttp.ClientError, TimeoutError):
        return UNREACHED
