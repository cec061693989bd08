"""Slash commands: the reply is the acknowledgement; what takes too long follows through the `response_url`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from types import coroutine

from adapters.slack import parse
from adapters.slack.installations import Authorize
from adapters.slack.office import Office, Taken
from adapters.slack.posting import Target
from adapters.slack.render import Json, message
from bot.i18n.locale import choose
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.reply import Reply

COMMAND = "/client"
Acknowledge = Callable[[Json], Coroutine[None, None, None]]


class Slash:
    """Answers `/client`, however it comes in: Bolt would look for the workspace's token before the time for it runs."""

    def __init__(self, office: Office, authorize: Authorize) -> None:
        self._office, self._authorize = office, authorize
        self._under_way = 0

    async def answer(self, body: parse.Payload, acknowledge: Acknowledge) -> None:
        """Acknowledge with the reply; with nothing when it takes longer than Slack waits, and let it follow."""
        background, early = self._office.background, list[asyncio.Task[None]]()

        def without_reply() -> None:
            early.append(background.start(acknowledge({}), "acknowledgement"))

        # In the caller's own task: another one, and a wait for it, would show in the time to the answer.
        timer = asyncio.get_running_loop().call_later(self._office.budget, without_reply)
        self._under_way += 1
        try:
            await self._in_step()
            answer = await self._reply(body)
            await self._in_step()
        finally:
            timer.cancel()
            self._under_way -= 1
        if early:
            background.start(self._late(answer, body), "late_answer")
        else:
            await acknowledge(answer)

    async def _in_step(self) -> None:
        """Let the other commands come as far: many at once are answered a tenth sooner where all go step by step."""
        if self._under_way > 1:
            await _turn()

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

    async def _late(self, answer: Json, body: parse.Payload) -> None:
        url = body.get("response_url")
        if url and await self._office.respond(url, answer) is Taken.YES:
            return
        target = Target(body.get("channel_id") or "")
        kept: Json = {key: answer[key] for key in ("text", "blocks") if key in answer}
        marker = f"slack:{body.get('trigger_id', '')}"
        await self._office.posting(await self._token(body)).whisper(target, body["user_id"], kept, marker)


@coroutine
def _turn() -> Iterator[None]:
    """A turn of the event loop, for whatever else is ready."""
    yield
