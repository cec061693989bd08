"""Which token serves which workspace: the environment's, or the one that its install by OAuth left in our database."""

from __future__ import annotations

import json
import secrets
from abc import abstractmethod
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack.logs import quiet_logger
from adapters.slack.parse import workspace
from adapters.slack.secrets import Vault
from bot.router import Services
from bot.storage import installations

STATE_FOR = timedelta(minutes=10)
log = structlog.get_logger(__name__)


class Authorize(AsyncAuthorize):
    """Whose token serves a payload, for Bolt and for what goes past it."""

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - Bolt's signature
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_actor: str | None,
    ) -> AuthorizeResult | None:
        """What Bolt needs to know; None where the bot is not installed."""
        token = await self.token_for(team_id, enterprise_id)
        if token is None:
            return None
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id, bot_token=token)

    @abstractmethod
    async def token_for(self, team_id: str | None, enterprise_id: str | None) -> str | None:
        """The bot's token in a workspace; None where it is not installed."""


class OneWorkspace(Authorize):
    """The token of the environment, for whichever workspace calls; Slack is not asked about it."""

    def __init__(self, token: str) -> None:
        self.token = token

    async def token_for(self, _team_id: str | None, _enterprise_id: str | None) -> str | None:
        """The one token."""
        return self.token


class ManyWorkspaces(Authorize):
    """The token that a workspace's install left, or its organisation's."""

    def __init__(self, store: Installations) -> None:
        self.store = store

    async def token_for(self, team_id: str | None, enterprise_id: str | None) -> str | None:
        """The bot's token in a workspace; None where it is not installed."""
        token = await self.store.token(team_id, enterprise_id)
        if token is None:
            log.info("not_installed", team=team_id, enterprise=enterprise_id)
        return token


class Installations(AsyncInstallationStore):
    """Bolt's installation store on our database; tokens are sealed. Old rows are sealed anew with the newest key."""

    logger = quiet_logger()

    def __init__(self, services: Services, vault: Vault) -> None:
        self._services, self._vault = services, vault

    async def async_save(self, installation: Installation) -> None:
        """Keep what an install left: only what serving it needs."""
        is_org = bool(installation.is_enterprise_install)
        key = workspace(None if is_org else installation.team_id, installation.enterprise_id)
        sealed = self._vault.seal(json.dumps(_kept(installation)))
        now = self._services.clock()
        await self._services.database.write(lambda session: installations.save_installation(session, key, sealed, now))
        log.info("installed", workspace=key)

    async def token(self, team_id: str | None, enterprise_id: str | None) -> str | None:
        """The bot's token for a workspace, its own before its organisation's."""
        return await self._first_token(workspace(team_id, None), workspace(None, enterprise_id))

    async def token_of(self, key: str) -> str | None:
        """The bot's token for a workspace's key; that of its organisation where it has none of its own."""
        read = self._services.database.read
        return await self._first_token(key, await read(lambda session: installations.organisation_of(session, key)))

    async def _first_token(self, *keys: str) -> str | None:
        for key in keys:
            if found := await self._open(key):
                return str(found["bot_token"])
        return None

    async def remove(self, key: str, until: datetime) -> bool:
        """Forget the tokens of a workspace or an organisation; False when it was installed again after `until`."""
        remove = installations.remove_installation
        return await self._services.database.write(lambda session: remove(session, key, until))

    async def rotate(self) -> int:
        """Seal every row with the newest key; how many there are. What no key opens is left and logged."""
        rows = await self._services.database.read(installations.sealed_installations)
        for key, sealed in rows.items():
            await self._reseal(key, sealed)
        return len(rows)

    async def _reseal(self, key: str, sealed: str) -> None:
        new = self._vault.rotated(sealed)
        if new is None:
            log.warning("token_not_readable", workspace=key)
            return
        await self._services.database.write(lambda session: installations.reseal(session, key, sealed, new))

    async def _open(self, key: str) -> dict[str, Any] | None:
        sealed = await self._services.database.read(lambda session: installations.sealed_installation(session, key))
        return opened(sealed, self._vault) if sealed else None


class States(AsyncOAuthStateStore):
    """The states of installs under way, as rows, so that any replica may end what another began."""

    logger = quiet_logger()

    def __init__(self, services: Services) -> None:
        self._services = services

    async def async_issue(self, *_args: Any, **_values: Any) -> str:
        """A new state, good for ten minutes."""
        state, now = secrets.token_urlsafe(24), self._services.clock()
        issue = installations.issue_state
        await self._services.database.write(lambda session: issue(session, state, now + STATE_FOR, now))
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it was issued here, is not too old and was not used."""
        now = self._services.clock()
        return await self._services.database.write(lambda session: installations.consume_state(session, state, now))


def opened(sealed: str, vault: Vault) -> dict[str, Any] | None:
    """What an install left; None when no key opens it."""
    text = vault.open(sealed)
    return dict(json.loads(text)) if text else None


def _kept(installation: Installation) -> dict[str, Any]:
    names = ("bot_token", "bot_user_id", "bot_scopes", "team_id", "enterprise_id", "is_enterprise_install")
    return {name: getattr(installation, name) for name in names}
