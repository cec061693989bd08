"""Socket Mode with installs by OAuth: also what comes from a workspace without a token is acknowledged and answered."""

from __future__ import annotations

import asyncio
from typing import cast

import aiohttp
from cryptography.fernet import Fernet

from adapters.slack.app import Entry, slack_app
from adapters.slack.installations import Installations, ManyWorkspaces
from adapters.slack.lifecycle import Lifecycle
from adapters.slack.office import Office
from adapters.slack.secrets import Vault
from adapters.slack.slash import Slash
from adapters.slack.socket import Socket
from bot.router import Router
from tests.slack.fake import BASE, FakeSlack, Json
from tests.slack.payloads import mention_body, slash_body
from tests.slack.transport import FakeSession


class SlowInstallations(Installations):
    """A database that takes its time with tokens."""

    async def token(self, team_id: str | None, enterprise_id: str | None) -> str | None:
        """Never, for all that anybody waits."""
        await asyncio.Event().wait()
        return await super().token(team_id, enterprise_id)


def socket(bot: Router, kind: type[Installations] = Installations, budget: float = 1.5) -> Socket:
    """One that nobody has installed the bot for."""
    office = Office(bot, BASE, cast("aiohttp.ClientSession", FakeSession(FakeSlack())), budget)
    installed = kind(bot.services, Vault(Fernet.generate_key().decode()))
    entry = Entry(ManyWorkspaces(installed))
    app = slack_app(entry, office, Lifecycle(bot.services, installed))
    return Socket(app, Slash(office, entry.authorize), "xapp-1", office)


async def acknowledged(one: Socket, kind: str, payload: Json) -> Json | None:
    """What is acknowledged with."""
    said: asyncio.Queue[Json | None] = asyncio.Queue()
    answering = asyncio.create_task(one._answer({"envelope_id": "1", "type": kind, "payload": payload}, said.put))
    answering.add_done_callback(lambda _: said.put_nowait(None))
    acknowledged = await said.get()
    answering.cancel()
    return acknowledged


async def test_a_command_from_a_workspace_without_a_token_is_told_why_it_is_not_answered(bot: Router) -> None:
    answer = await acknowledged(socket(bot), "slash_commands", slash_body("show acme"))
    assert answer
    assert answer["response_type"] == "ephemeral"
    assert "not installed" in answer["text"]


async def test_a_mention_in_a_workspace_without_a_token_is_acknowledged(bot: Router) -> None:
    assert await acknowledged(socket(bot), "events_api", mention_body("hello", "1.1")) == {}


async def test_a_command_is_acknowledged_in_time_while_the_token_is_being_looked_for(bot: Router) -> None:
    one = socket(bot, SlowInstallations, budget=0.01)
    assert await acknowledged(one, "slash_commands", slash_body("show acme")) == {}
    await one._office.background.finish(0)
