"""Slack in a running process: Socket Mode, HTTP or both, for one workspace or for all that installed the bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from starlette.routing import Route

from adapters.failure import CommandFailedError
from adapters.slack.api import SlackError, web_client
from adapters.slack.app import Entry, slack_app
from adapters.slack.http import Endpoint
from adapters.slack.installations import Installations, ManyWorkspaces, OneWorkspace, States
from adapters.slack.lifecycle import Lifecycle
from adapters.slack.logs import quiet_logger
from adapters.slack.manifest import SCOPES
from adapters.slack.office import Office
from adapters.slack.parse import workspace
from adapters.slack.secrets import Vault
from adapters.slack.slash import Slash
from adapters.slack.socket import Socket
from adapters.slack.summaries import SlackPoster, Token
from bot.leaving import come_back
from bot.router import Router
from bot.settings import Settings

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
CALL_SECONDS, FINISH_SECONDS = 20.0, 8.0
log = structlog.get_logger(__name__)


class SlackPlatform:
    """One Bolt app and what feeds it. `routes` are to be served over HTTP."""

    name = "slack"

    def __init__(self, app: AsyncApp, entry: Entry, office: Office, settings: Settings) -> None:
        self._office, self._authorize = office, entry.authorize
        self._token = _token_finder(entry, settings)
        secret = settings.secret("slack_signing_secret")
        slash = Slash(office, entry.authorize)
        endpoint = Endpoint(app, slash, secret)
        self.routes = [Route("/slack/events", endpoint, methods=["POST"])] if secret else []
        if app.oauth_flow:
            self.routes += [Route(path, endpoint.oauth, methods=["GET"]) for path in (INSTALL, REDIRECT)]
        token = settings.secret("slack_app_token")
        self._socket = Socket(app, slash, token, office) if token else None
        self._stopped_at: float | None = None

    @property
    def is_ready(self) -> bool:
        """Whether payloads reach us."""
        return self._socket is None or self._socket.is_connected

    async def run(self) -> None:
        """Serve until cancelled."""
        if isinstance(self._authorize, ManyWorkspaces):
            await self._authorize.store.rotate()
        serving = asyncio.create_task(self._socket.run()) if self._socket else asyncio.create_task(_for_ever())
        begun = (serving, asyncio.create_task(self.stay()))
        try:
            await asyncio.wait({serving})
            serving.result()
        except asyncio.CancelledError:
            self._stops()
            raise
        finally:
            for task in begun:
                task.cancel()
            await asyncio.gather(*begun, return_exceptions=True)

    def _stops(self) -> None:
        """The process is about to end: what waits for our own pace goes out now."""
        self._stopped_at = asyncio.get_running_loop().time()
        self._office.pace.give_up()

    async def stay(self) -> None:
        """A token of the environment that works means that the bot is installed: no purge is due any more."""
        if not isinstance(self._authorize, OneWorkspace):
            return
        try:
            me = await self._office.api(self._authorize.token).call("auth.test", {}, is_safe=True)
        except SlackError as error:
            log.warning("bot_token_not_checked", code=error.code)
            return
        team = None if me.get("is_enterprise_install") else me.get("team_id")
        await come_back(self._office.router.services, workspace(team, me.get("enterprise_id")))

    @property
    def poster(self) -> SlackPoster:
        """What posts weekly summaries."""
        return SlackPoster(self._office, self._token)

    async def finish(self) -> None:
        """Send what was accepted, within `FINISH_SECONDS` of the moment at which `run` was stopped."""
        now = asyncio.get_running_loop().time()
        spent = now - self._stopped_at if self._stopped_at is not None else 0.0
        await self._office.background.finish(max(FINISH_SECONDS - spent, 0.0))


@asynccontextmanager
async def slack_platform(router: Router, settings: Settings) -> AsyncIterator[SlackPlatform]:
    """Slack as the settings say; raises `CommandFailedError` for settings that do not fit together."""
    check(settings)
    timeout = aiohttp.ClientTimeout(total=CALL_SECONDS, connect=5)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session:
        office = Office(router, settings.slack_api_url, session)
        installations, entry = _entry(router, settings, session)
        lifecycle = Lifecycle(router.services, installations, timedelta(days=settings.grace_days))
        platform = SlackPlatform(slack_app(entry, office, lifecycle), entry, office, settings)
        try:
            yield platform
        finally:
            await platform.finish()


async def _for_ever() -> None:
    await asyncio.Event().wait()


def _token_finder(entry: Entry, settings: Settings) -> Token:
    if isinstance(entry.authorize, ManyWorkspaces):
        return entry.authorize.store.token_of

    async def only_one(_workspace: str) -> str | None:
        return settings.secret("slack_bot_token")

    return only_one


def check(settings: Settings) -> None:
    """Refuse settings that can't serve, saying which is missing and where to find it."""
    has = settings.secret
    if not (has("slack_bot_token") or is_oauth(settings)):
        if lacking := lacking_for_oauth(settings):
            raise CommandFailedError(lacking)
        raise CommandFailedError("SLACK_BOT_TOKEN is missing: it is under “OAuth & Permissions” in your app's settings")
    if is_oauth(settings):
        Vault(has("secret_key"))  # refuses keys that are none
    if not (has("slack_app_token") or has("slack_signing_secret")):
        msg = (
            "SLACK_APP_TOKEN (Socket Mode; “Basic Information”, App-Level Tokens, scope connections:write) or "
            "SLACK_SIGNING_SECRET (HTTP; “Basic Information”, App Credentials) is missing"
        )
        raise CommandFailedError(msg)


def lacking_for_oauth(settings: Settings) -> str:
    """Which half of the settings of installs by OAuth is missing while the other is set, and where to find it."""
    halves = {name: settings.secret(name) for name in ("slack_client_id", "slack_client_secret")}
    lacking = [name.upper() for name, value in halves.items() if not value]
    return f"{lacking[0]} is missing: it is under “Basic Information”, App Credentials" if len(lacking) == 1 else ""


def is_oauth(settings: Settings) -> bool:
    """Whether workspaces install the bot themselves."""
    return bool(settings.secret("slack_client_id") and settings.secret("slack_client_secret"))


def _entry(router: Router, settings: Settings, session: aiohttp.ClientSession) -> tuple[Installations | None, Entry]:
    if not is_oauth(settings):
        return None, Entry(OneWorkspace(settings.secret("slack_bot_token")))
    installations = Installations(router.services, Vault(settings.secret("secret_key")))
    oauth = AsyncOAuthFlow(
        client=web_client(settings.slack_api_url, session),
        logger=quiet_logger(),
        settings=AsyncOAuthSettings(
            client_id=settings.secret("slack_client_id"),
            client_secret=settings.secret("slack_client_secret"),
            scopes=list(SCOPES),
            install_path=INSTALL,
            install_page_rendering_enabled=False,
            redirect_uri_path=REDIRECT,
            authorization_url=_page(settings.slack_api_url, "/oauth/v2/authorize"),
            installation_store=installations,
            state_store=States(router.services),
        ),
    )
    return installations, Entry(ManyWorkspaces(installations), oauth)


def _page(api_url: str, path: str) -> str:
    """A page on the host of the Web API: GovSlack has its own."""
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}{path}"
