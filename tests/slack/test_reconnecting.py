"""Socket Mode: Slack's wish for another connection is obeyed at once, a refusal of one only after a while."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp

from adapters.slack.installations import OneWorkspace
from adapters.slack.office import Office
from adapters.slack.slash import Slash
from adapters.slack.socket import CONNECTIONS, Socket
from bot.router import Router
from tests.slack.fake import BASE, Json
from tests.slack.logs import Logs
from tests.slack.loopback import Link
from tests.slack.transport import FakeSession
from tests.slack.virtual import at_once

HELLO: Json = {"type": "hello"}
MINUTES, ENOUGH = 10, 200


def bye(reason: str | None) -> Json:
    """Slack ends a connection."""
    return {"type": "disconnect", "reason": reason}


class Doorkeeper(FakeSession):
    """Says the same on every connection and ends it; after many it says nothing more."""

    def __init__(self, *said: Json) -> None:
        super().__init__(Link(link_url="wss://slack.test/link"))
        self._said, self.opened = said, 0

    @asynccontextmanager
    async def ws_connect(self, _url: str, **_options: object) -> AsyncIterator[AsyncIterator[aiohttp.WSMessage]]:
        """One connection."""
        self.opened += 1
        yield self._connection()

    async def _connection(self) -> AsyncIterator[aiohttp.WSMessage]:
        if self.opened > ENOUGH:
            await asyncio.Event().wait()
        for envelope in self._said:
            yield aiohttp.WSMessage(aiohttp.WSMsgType.TEXT, json.dumps(envelope), None)


def connections(bot: Router, *said: Json) -> int:
    """How many the bot opens in ten minutes."""
    session = Doorkeeper(*said)
    office = Office(bot, BASE, cast("aiohttp.ClientSession", session))
    socket = Socket(cast("AsyncApp", None), Slash(office, OneWorkspace("xoxb-test")), "xapp-1", office)

    async def run() -> None:
        running = asyncio.create_task(socket.run())
        await asyncio.wait([running], timeout=60 * MINUTES)
        running.cancel()
        await asyncio.wait([running])

    at_once(run())
    return session.opened


@pytest.mark.parametrize(
    "said",
    [
        [bye("too_many_websockets")],
        [HELLO, bye("too_many_websockets")],
        [HELLO, bye("some_new_reason")],
        [HELLO, bye(None)],
        [bye("refresh_requested")],
    ],
)
def test_a_connection_that_slack_refuses_is_asked_for_ever_more_rarely_and_the_reason_is_logged(
    bot: Router, logs: Logs, said: list[Json]
) -> None:
    assert CONNECTIONS * 10 < connections(bot, *said) < CONNECTIONS * 40
    assert {line["reason"] for line in logs.events if line["event"] == "disconnected"} == {str(said[-1]["reason"])}


def test_a_connection_that_ends_before_it_was_greeted_is_asked_for_ever_more_rarely(bot: Router) -> None:
    assert connections(bot) < CONNECTIONS * 40


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_connection_that_slack_renews_is_opened_at_once(bot: Router, logs: Logs, reason: str) -> None:
    assert connections(bot, HELLO, bye(reason)) > ENOUGH
    assert "disconnected" not in logs.names
