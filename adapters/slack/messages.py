"""Mentions and direct messages: answered once, where they were said, and privately where the core says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog

from adapters.slack import parse
from adapters.slack.api import RefusedError, SlackError
from adapters.slack.background import within
from adapters.slack.office import Office
from adapters.slack.posting import Target
from adapters.slack.status import Status
from bot.errors import TooSoonError
from bot.features.home import prompts
from bot.reply import Reply

log = structlog.get_logger(__name__)
_WRITTEN = ("", "file_share", "me_message", "thread_broadcast")


@dataclass(frozen=True)
class _Way:
    """How an answer reaches who asked. `is_repeat`: it may have been sent before, by who was stopped then."""

    source: parse.Source
    token: str | None
    marker: str
    is_private: bool = True
    is_repeat: bool = False


class Messages:
    """Answers what addresses the bot."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def mention(self, body: parse.Payload, token: str | None) -> None:
        """A message that mentions the bot; acknowledged once it is answered, or when Slack would not wait.

        Raises `TooSoonError` for one that came again while its answer may still be on its way.
        """
        if not _is_from_person(body):
            return
        task = self._office.background.start(self._answer(body, token), "message")
        if await within(task, self._office.budget) and not task.cancelled():
            error = task.exception()
            if isinstance(error, TooSoonError):
                raise error

    async def direct(self, body: parse.Payload, token: str | None) -> None:
        """A message in a direct conversation; in the assistant's pane it is one in a thread."""
        if body["event"].get("channel_type") == "im":
            await self.mention(parse.as_edited(body), token)

    async def opened(self, body: parse.Payload, token: str | None) -> None:
        """The assistant's pane was opened: offer what one may ask."""
        self._office.background.start(self._offer(body, token), "prompts")

    async def _offer(self, body: parse.Payload, token: str | None) -> None:
        thread = body["event"]["assistant_thread"]
        source = parse.Source(*parse.installed(body)[:2], thread["user_id"], thread["channel_id"], thread["thread_ts"])
        asker = await self._office.asker(source, token)
        offered = [{"title": text[:75], "message": text} for text in prompts(self._office.speech_to(asker))]
        params = {"channel_id": source.channel, "thread_ts": source.thread, "prompts": offered}
        await self._office.api(token).call("assistant.threads.setSuggestedPrompts", params, is_safe=True)

    async def _answer(self, body: parse.Payload, token: str | None) -> None:
        """Answer, and write down that the answer arrived: who is stopped in between answers when Slack sends again."""
        office, source = self._office, parse.event_source(body)
        way, event = _Way(source, token, parse.event_id(body)), None
        status = Status(office, source, token)
        try:
            asker = await office.asker(source, token)
            status.begin(office.speech_to(asker))
            event = await office.router.heard(parse.said(body, asker, office.router, is_private=source.is_direct))
            way = replace(way, is_private=office.router.is_private(event))
            reply = await office.router.dispatch(event)
            if reply is None:
                way, reply = replace(way, is_repeat=True), await office.router.repeat(event)
        except TooSoonError:
            raise
        except Exception as error:  # noqa: BLE001 - who addresses the bot gets a reference, not silence
            reply = office.broken(error, "message")
        status.end(is_answered=reply is not None)
        if reply:
            await self._deliver(reply, way)
        if reply and event:
            await office.router.confirm(event)

    async def _deliver(self, reply: Reply, way: _Way) -> None:
        try:
            await self._send(reply, way)
        except SlackError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            await self._send(self._office.broken(error, "answer", is_late=True), replace(way, is_private=True))

    async def _send(self, reply: Reply, way: _Way) -> None:
        posting, source = self._office.posting(way.token), way.source
        is_whispered = way.is_private and not source.is_direct
        drawn = await self._office.drawn(reply, source.user, way.token, is_private=is_whispered)
        target = Target(source.channel, source.thread)
        if is_whispered:
            # Slack shows a message for one person in no thread that it would begin.
            target = Target(source.channel) if source.is_new_thread else target
            await posting.whisper(target, source.user, drawn, way.marker)
            return
        try:
            await posting.post(target, drawn, way.marker, is_repeat=way.is_repeat)
        except RefusedError as refused:
            # Not in the channel any more, archived, or the thread is gone: the asker still gets the answer.
            log.warning("answer_refused", code=refused.code, channel=source.channel)
            await posting.tell(source.user, drawn, way.marker)


def _is_from_person(body: parse.Payload) -> bool:
    """Whether a person wrote it; what programs write, and what only tells of a message, gets no answer."""
    event = body["event"]
    is_ours = event.get("bot_id") or (event.get("user") and event["user"] == parse.bot_user(body))
    return bool(event.get("user") and not is_ours and (event.get("subtype") or "") in _WRITTEN)
