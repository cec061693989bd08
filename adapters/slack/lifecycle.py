"""The bot is removed from a workspace: its tokens go, and its data after the grace that the operator set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from adapters.slack import parse
from adapters.slack.installations import Installations
from bot.leaving import leave
from bot.router import Services


@dataclass(frozen=True)
class Lifecycle:
    """`grace`: how long data outlives the bot's removal."""

    services: Services
    installations: Installations | None
    grace: timedelta = timedelta(0)

    async def uninstalled(self, body: parse.Payload) -> None:
        """`app_uninstalled`, in either order with `tokens_revoked`."""
        tenant = parse.tenant(body)
        if self.installations:
            await self.installations.remove(tenant)
        await leave(self.services, tenant, self.grace)

    async def revoked(self, body: parse.Payload) -> None:
        """`tokens_revoked`: it concerns us when the bot's own token is among them."""
        if (body["event"].get("tokens") or {}).get("bot"):
            await self.uninstalled(body)
