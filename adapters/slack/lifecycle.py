"""The bot is removed from a workspace: its tokens go, and its data after the grace that the operator set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from adapters.slack import parse
from adapters.slack.installations import Installations
from bot.leaving import come_back, leave
from bot.router import Services
from bot.storage.access import note_access, was_granted_since

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Lifecycle:
    """`grace`: how long data outlives the bot's removal."""

    services: Services
    installations: Installations | None
    grace: timedelta = timedelta(0)

    async def uninstalled(self, body: parse.Payload) -> None:
        """`app_uninstalled`, in either order with `tokens_revoked`; nothing when the bot was installed again since."""
        tenant = parse.tenant(body)
        if self.installations and not await self.installations.remove(tenant, self._at(body)):
            log.info("installed_again", workspace=tenant)
            return
        await leave(self.services, tenant, self.grace)

    async def revoked(self, body: parse.Payload) -> None:
        """`tokens_revoked`: it concerns us when the bot's own token is among them."""
        if (body["event"].get("tokens") or {}).get("bot"):
            await self.uninstalled(body)

    async def access_revoked(self, body: parse.Payload) -> None:
        """`team_access_revoked`: workspaces that an organisation's install serves no more, unless by their own."""
        for team in body["event"].get("team_ids") or ():
            key, happened, read = parse.workspace(team, None), self._at(body), self.services.database.read
            if await read(partial(was_granted_since, key=key, at=happened)):
                log.info("granted_again", workspace=key)
            elif self.installations is None or await self.installations.token(team, None) is None:
                await leave(self.services, key, self.grace)

    async def access_granted(self, body: parse.Payload) -> None:
        """`team_access_granted`: they are served again, and what was about to be erased is kept."""
        for team in body["event"].get("team_ids") or ():
            key = parse.workspace(team, None)
            await self.services.database.write(partial(note_access, key=key, at=self._at(body)))
            await come_back(self.services, key)

    def _at(self, body: parse.Payload) -> datetime:
        """The end of the second in which Slack says that it happened; now, where it does not say."""
        second = body.get("event_time")
        return datetime.fromtimestamp(second + 1, UTC) if isinstance(second, int) else self.services.clock()
