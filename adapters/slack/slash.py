"""Slash commands: the reply is the acknowledgement; what takes too long follows through the `response_url`."""

from __future__ import annotations

import asyncio

from adapters.slack import parse
from adapters.slack.background import within
from adapters.slack.installations import Authorize
from adapters.slack.office import Office, Taken
from adapters.slack.posting import Target
from adapters.slack.render import Json, message
from bot.i18n.locale import choose
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.reply import Reply

COMMAND = "/client"


class Slash:
    """Answers `/client`, however it comes in: Bolt would look for the workspace's token before the time for it runs."""

    def __init__(self, office: Office, authorize: Authorize) -> None:
        self._office, self._authorize = office, authorize

    async def answer(self, body: parse.Payload) -> Json:
        """The body of the acknowledgement; empty when the answer takes longer than Slack waits."""
        task = self._office.background.start(self._reply(body), "slash_command")
        if await within(task, self._office.budget):
            return task.result()
        self._office.background.start(self._late(task, body), "late_answer")
        return {}

    async def _token(self, body: parse.Payload) -> str | None:
        return await self._authorize.token_for(body.get("team_id"), body.get("enterprise_id"))

    async def _reply(self, body: parse.Payload) -> Json:
        office, reply = self._office, None
        try:
            if (token := await self._token(body)) is None:
                return {"response_type": "ephemeral", "text": self._not_installed()}
            asker = await office.asker(parse.slash_source(body), token)
            event = await office.router.heard(parse.slash_command(body, asker, office.router))
            reply = await office.router.dispatch(event)
            drawn = await office.drawn(reply, asker.user.id, token, is_private=True) if reply else {}
        except Exception as error:  # noqa: BLE001 - who typed a command gets a reference, not silence
            reply = office.broken(error, "slash_command", is_late=reply is not None)
            drawn = message(reply, office.speech(reply), is_private=True)
        return {"response_type": "ephemeral", **drawn} if drawn else {}

    def broken(self, error: Exception, what: str) -> Reply:
        """What somebody hears when nothing better can be said: the reference of what was logged."""
        return self._office.broken(error, what)

    def _not_installed(self) -> str:
        """What a workspace hears whose tokens we no longer have."""
        speech = Speech(choose(self._office.router.services.locale))
        return speech(N("I am not installed in this workspace. Ask an administrator to install me."))

    async def _late(self, task: asyncio.Task[Json], body: parse.Payload) -> None:
        answer, url = await task, body.get("response_url")
        if url and await self._office.respond(url, answer) is Taken.YES:
            return
        target = Target(body.get("channel_id") or "")
        kept: Json = {key: answer[key] for key in ("text", "blocks") if key in answer}
        marker = f"slack:{body.get('trigger_id', '')}"
        await self._office.posting(await self._token(body)).whisper(target, body["user_id"], kept, marker)
