"""How an answer to a button or a modal reaches people: beside the message, in its place, to all, or in the modal."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from adapters.slack import parse, views
from adapters.slack.api import LostError, SlackError, UnclearError
from adapters.slack.office import Office, Taken
from adapters.slack.posting import Target
from adapters.slack.render import Json, message
from bot.i18n.messages import Message, N
from bot.i18n.speech import Speech
from bot.reply import Delivery, Reply, Section

log = structlog.get_logger(__name__)
NOT_POSTED = N("I could not post that, so nothing was shared. Invite me to the channel and press it again.")
# Slack gives three seconds to open a window for a press (https://docs.slack.dev/reference/methods/views.open).
_LATE = ("expired_trigger_id", "exchanged_trigger_id")
PERHAPS_POSTED = N("Slack did not say whether that was posted. Look before you press it again.")


class Answers:
    """Sends replies that are not an acknowledgement."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def to_button(self, reply: Reply, delivery: Delivery, body: parse.Payload, token: str | None) -> bool:
        """The answer to a pressed button, wherever the button was; whether it is there, or may be."""
        if body.get("view"):
            return await self._in_view(reply, delivery, body, token)
        if delivery is Delivery.PUBLIC:
            return await self._to_all(reply, body, token)
        await self._to_one(reply, delivery, body, token)
        return True

    async def in_thread(self, reply: Reply, source: parse.Source, marker: str, token: str | None) -> Json:
        """The answer for all in a thread, from a modal, which is closed; in the modal when it can't be posted."""
        drawn = message(reply, self._office.speech(reply), is_private=False)
        try:
            await self._office.posting(token).post(Target(source.channel, source.thread), drawn, marker)
        except SlackError as error:
            log.warning("answer_refused", code=error.code, channel=source.channel)
            metadata = parse.Origin(source.channel, source.thread, team=source.team).as_metadata()
            return {"response_action": "update", "view": views.reply_view(reply, self._office.speech(reply), metadata)}
        return {"response_action": "clear"}

    async def late(self, task: asyncio.Task[Json], body: parse.Payload, speech: Speech, token: str | None) -> None:
        """Put the answer in a modal that was acknowledged without one; a mistake is shown as a text there."""
        answer = await task
        if "view" in answer:
            view = answer["view"]
        else:
            text = "\n".join(answer.get("errors", {}).values()) or speech(N("Done."))
            view = views.reply_view(Reply(blocks=(Section(text),)), speech)
        await self._update(body["view"]["id"], view, token)

    async def no_modal(self, code: str, speech: Speech, body: parse.Payload, token: str | None) -> None:
        """Slack would not open a modal: say so to who pressed."""
        log.warning("modal_refused", code=code)
        text = (
            N("That took too long, so Slack let the window go. Press it again.")
            if code in _LATE
            else N("Slack did not open a window ({code}). If it happens again, ask whoever set me up.", code=code)
        )
        reply = Reply(blocks=(Section(speech(text)),), is_error=True, language=speech.language)
        if body.get("view"):
            await self._tell(reply, body, token)
        else:
            await self._to_one(reply, Delivery.PRIVATE, body, token)

    async def _to_one(self, reply: Reply, delivery: Delivery, body: parse.Payload, token: str | None) -> None:
        """Beside the message or in its place; what replaces a message that all see is for all."""
        source, url = parse.interaction_source(body), body.get("response_url")
        is_private = delivery is Delivery.PRIVATE or not _is_for_all(body)
        drawn = message(reply, self._office.speech(reply), is_private=is_private)
        if url and await self._office.respond(url, {**_how(delivery, source), **drawn}) is Taken.YES:
            return
        whispered = message(reply, self._office.speech(reply), is_private=True)
        target = Target(source.channel, source.thread)
        await self._office.posting(token).whisper(target, source.user, whispered, _marker(body))

    async def _to_all(self, reply: Reply, body: parse.Payload, token: str | None) -> bool:
        """A person's “Share”: through the `response_url`, which works where the bot has not joined, or by posting."""
        source, url, said = parse.interaction_source(body), body.get("response_url"), self._office.speech(reply)
        drawn = message(reply, said, is_private=False)
        await self._office.pace.turn(source.channel)
        taken = await self._office.respond(url, {**_how(Delivery.PUBLIC, source), **drawn}) if url else Taken.NO
        problem = PERHAPS_POSTED if taken is Taken.UNCLEAR else None
        if taken is Taken.NO:
            problem = await self._posted(reply, Target(source.channel, source.thread), body, token)
        if problem:
            await self._to_one(_said(problem, reply, said), Delivery.PRIVATE, body, token)
        return problem is not NOT_POSTED

    async def _in_view(self, reply: Reply, delivery: Delivery, body: parse.Payload, token: str | None) -> bool:
        view = body["view"]
        problem: Message | None = None
        if delivery is Delivery.PUBLIC:
            origin = parse.origin_of(view)
            problem = await self._posted(reply, Target(origin.channel, origin.thread), body, token)
            reply = _said(problem or N("Shared."), reply, self._office.speech(reply))
        metadata = parse.origin_of(view)._replace(team=parse.interaction_source(body).team).as_metadata()
        shown = views.reply_view(reply, self._office.speech(reply), metadata)
        if view.get("type") != "home":
            await self._update(view["id"], shown, token)
            return problem is not NOT_POSTED
        try:
            await self._office.api(token).call("views.open", {"trigger_id": body.get("trigger_id"), "view": shown})
        except SlackError as error:
            log.warning("modal_refused", code=error.code)
            await self._tell(reply, body, token)
        return problem is not NOT_POSTED

    async def _posted(self, reply: Reply, target: Target, body: parse.Payload, token: str | None) -> Message | None:
        """Post for all; what to say to who shared, if it did not succeed."""
        drawn = message(reply, self._office.speech(reply), is_private=False)
        try:
            await self._office.posting(token).post(target, drawn, _marker(body))
        except SlackError as error:
            log.warning("share_refused", code=error.code, channel=target.channel)
            return PERHAPS_POSTED if isinstance(error, UnclearError | LostError) else NOT_POSTED
        return None

    async def _update(self, view_id: str, view: Json, token: str | None) -> None:
        """Change what a modal shows; one that was closed meanwhile, or is of another version, can't be."""
        await self._office.api(token).call("views.update", {"view_id": view_id, "view": view}, is_safe=True)

    async def _tell(self, reply: Reply, body: parse.Payload, token: str | None) -> None:
        drawn = message(reply, self._office.speech(reply), is_private=False)
        await self._office.posting(token).tell(body["user"]["id"], drawn, _marker(body))


def _said(text: Message, reply: Reply, speech: Speech) -> Reply:
    """A sentence instead of a reply."""
    return reply._replace(title="", blocks=(Section(speech(text)),), buttons=(), menus=())


def _marker(body: parse.Payload) -> str:
    return f"slack:{parse.chosen_in(body).get('action_ts') or body.get('action_ts') or body.get('trigger_id') or ''}"


def _is_for_all(body: parse.Payload) -> bool:
    container = body.get("container") or {}
    return container.get("type") == "message" and not container.get("is_ephemeral")


def _how(delivery: Delivery, source: parse.Source) -> dict[str, Any]:
    """https://docs.slack.dev/interactivity/handling-user-interaction#updating_message_response"""
    thread = {"thread_ts": source.thread} if source.thread else {}
    if delivery is Delivery.REPLACE:
        return {"replace_original": True}
    if delivery is Delivery.PUBLIC:
        return {"response_type": "in_channel", "replace_original": False, **thread}
    return {"response_type": "ephemeral", "replace_original": False, **thread}
