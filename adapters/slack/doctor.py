"""`chao doctor` for Slack: are the tokens good, are the scopes all there, which mode will it serve in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.failure import CommandFailedError
from adapters.slack.api import web_client
from adapters.slack.manifest import SCOPES
from adapters.slack.platform import check, is_oauth, lacking_for_oauth
from bot.settings import Settings

Finding = tuple[bool, str, str]
SECONDS = 10
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
        yield False, "Slack's installs by OAuth", lacking
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS), trust_env=True) as session:
        client = web_client(settings.slack_api_url, session)
        token = settings.secret("slack_bot_token")
        if token and is_oauth(settings):
            yield False, "Slack's bot token", UNUSED
        elif token:
            async for finding in _bot(client, token):
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
    given = {scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
    if missing := sorted(set(SCOPES) - given):
        yield False, "Slack's scopes", f"add {', '.join(missing)} under “OAuth & Permissions”, then install it again"
    else:
        yield True, "Slack's scopes", ""


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
