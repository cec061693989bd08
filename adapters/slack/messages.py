"""Mentions and direct messages: answered once, where they were said, and privately where the core says so."""

from __future__ import annotations

import structlog

from adapters.slack import parse
from adapters.slack.api import RefusedError, SlackError
from adapters.slack.background import within
from adapters.slack.office import Office
from adapters.slack.posting import Target
from bot.events import Action, Command, Question
from bot.features.home import prompts, thinking
from bot.i18n.speech import Speech
from bot.reply import Reply

log = structlog.get_logger(__name__)
_WRITTEN = ("", "file_share", "me_message", "thread_broadcast")
Said = Action | Command | Question


class Messages:
    """Answers what addresses the bot."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def mention(self, body: parse.Payload, token: str | None) -> None:
        """A message that mentions the bot; acknowledged once its effect is stored, or when Slack would not wait."""
        if not _is_from_person(body):
            return
        task = self._office.background.start(self._answer(body, token), "message")
        await within(task, self._office.budget)

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
        source = parse.event_source(body)
        asker = await self._office.asker(source, token)
        event = parse.said(body, asker, self._office.router, is_private=source.is_direct)
        reply = await self._office.router.dispatch(event)
        if reply:
            self._office.background.start(self._send(reply, event, source, token), "answer")

    async def _send(self, reply: Reply, event: Said, source: parse.Source, token: str | None) -> None:
        posting, speech = self._office.posting(token), self._office.speech(reply)
        is_private = self._office.router.is_private(event)
        is_marked = is_private and not source.is_direct
        drawn = await self._office.drawn(reply, source.user, token, is_private=is_marked)
        target = Target(source.channel, source.thread)
        if is_private and not source.is_direct:
            await posting.whisper(target, source.user, drawn, event.id)
            return
        if source.is_direct and source.thread:
            await self._show_status(source, speech, token)
        try:
            await posting.post(target, drawn, event.id)
        except RefusedError as refused:
            # Not in the channel any more, archived, or the thread is gone: the asker still gets the answer.
            log.warning("answer_refused", code=refused.code, channel=source.channel)
            await posting.tell(source.user, drawn, event.id)

    async def _show_status(self, source: parse.Source, speech: Speech, token: str | None) -> None:
        params = {"channel_id": source.channel, "thread_ts": source.thread, "status": speech(thinking())}
        try:
            await self._office.api(token).once("assistant.threads.setStatus", params)
        except SlackError as error:
            # Only the assistant's own threads have a status; the answer matters more.
            log.info("no_status", code=error.code, channel=source.channel)


def _is_from_person(body: parse.Payload) -> bool:
    """Whether a person wrote it; what programs write, and what only tells of a message, gets no answer."""
    event = body["event"]
    is_ours = event.get("bot_id") or (event.get("user") and event["user"] == parse.bot_user(body))
    return bool(event.get("user") and not is_ours and (event.get("subtype") or "") in _WRITTEN)
