"""What the assistant's pane shows while an answer is on its way; only threads of direct messages have it."""

from __future__ import annotations

import asyncio

import structlog

from adapters.slack.api import SlackError
from adapters.slack.office import Office
from adapters.slack.parse import Source
from bot.features.home import thinking
from bot.i18n.speech import Speech

log = structlog.get_logger(__name__)


class Status:
    """The status of one thread: asked for beside the work on the answer, which it never holds up."""

    def __init__(self, office: Office, source: Source, token: str | None) -> None:
        self._office, self._source, self._token = office, source, token
        self._showing: asyncio.Task[None] | None = None

    def begin(self, speech: Speech) -> None:
        """Show it, where there is a pane."""
        if self._source.is_direct and self._source.thread:
            self._showing = self._office.background.start(self._set(speech(thinking())), "status")

    def end(self, *, is_answered: bool) -> None:
        """The answer goes out, and Slack takes the status away with it; a status still on its way may come after."""
        if self._showing and not (is_answered and self._showing.done()):
            self._office.background.start(self._clear(self._showing), "status")

    async def _clear(self, showing: asyncio.Task[None]) -> None:
        await showing
        await self._set("")

    async def _set(self, status: str) -> None:
        params = {"channel_id": self._source.channel, "thread_ts": self._source.thread, "status": status}
        try:
            await self._office.api(self._token).once("assistant.threads.setStatus", params)
        except SlackError as error:
            # Only the assistant's own threads have a status; the answer matters more.
            log.info("no_status", code=error.code, channel=self._source.channel)
