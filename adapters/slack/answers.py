"""How an answer to a button or a modal reaches people: beside the message, in its place, to all, or in the modal."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import structlog

from adapters.slack import parse, views
from adapters.slack.api import SlackError
from adapters.slack.office import Json, Office
from adapters.slack.posting import Target
from adapters.slack.render import message
from bot.i18n.locale import choose
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.reply import Delivery, Reply, Section

log = structlog.get_logger(__name__)


class Answers:
    """Sends replies that are not an acknowledgement."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.default = Speech(choose(office.router.services.locale))

    async def to_button(self, reply: Reply, delivery: Delivery, body: parse.Payload, token: str | None) -> None:
        """The answer to a pressed button, wherever the button was."""
        view = body.get("view")
        if view:
            await self._in_view(reply, delivery, body, token)
            return
        source = parse.interaction_source(body)
        is_private = delivery is Delivery.PRIVATE or (delivery is Delivery.REPLACE and not _is_for_all(body))
        drawn = message(reply, self._office.speech(reply), is_private=is_private)
        url, how = body.get("response_url"), _how(delivery, source)
        if url and await self._office.respond(url, {**how, **drawn}):
            return
        posting, target = self._office.posting(token), Target(source.channel, source.thread)
        if delivery is Delivery.PUBLIC:
            await posting.post(target, drawn, f"slack:{body['actions'][0].get('action_ts', '')}")
        else:
            await posting.whisper(target, source.user, drawn)

    async def in_thread(self, reply: Reply, source: parse.Source, marker: str, token: str | None) -> Json:
        """The answer for all in a thread, from a modal, which is closed; in the modal when it can't be posted."""
        drawn = message(reply, self._office.speech(reply), is_private=False)
        try:
            await self._office.posting(token).post(Target(source.channel, source.thread), drawn, marker)
        except SlackError as error:
            log.info("answer_refused", code=error.code, channel=source.channel)
            return {"response_action": "update", "view": views.reply_view(reply, self._office.speech(reply))}
        return {"response_action": "clear"}

    async def late(self, task: asyncio.Task[Json], view_id: str, token: str | None) -> None:
        """Put the answer in a modal that was acknowledged without one; a mistake is shown as a text there."""
        answer = await task
        if "view" in answer:
            view = answer["view"]
        else:
            text = "\n".join(answer.get("errors", {}).values()) or self.default(N("Done."))
            view = views.reply_view(Reply(blocks=(Section(text),)), self.default)
        await self._office.api(token).call("views.update", {"view_id": view_id, "view": view}, is_safe=True)

    async def no_modal(self, body: parse.Payload, token: str | None) -> None:
        """Slack would not open a modal: say so to who pressed."""
        text = N("That took too long, so Slack let the window go. Press it again.")
        reply = Reply(blocks=(Section(self.default(text)),), is_error=True)
        if not body.get("view"):
            await self.to_button(reply, Delivery.PRIVATE, body, token)

    async def _in_view(self, reply: Reply, delivery: Delivery, body: parse.Payload, token: str | None) -> None:
        api, view = self._office.api(token), body["view"]
        origin = parse.origin_of(view)
        if delivery is Delivery.PUBLIC and origin.channel:
            drawn = message(reply, self._office.speech(reply), is_private=False)
            await self._office.posting(token).post(Target(origin.channel, origin.thread), drawn, view["id"])
            reply = replace(reply, blocks=(Section(self.default(N("Shared."))),), buttons=(), menus=())
        shown = views.reply_view(reply, self._office.speech(reply), view.get("private_metadata") or "")
        if view.get("type") == "home":
            await api.call("views.open", {"trigger_id": body.get("trigger_id"), "view": shown})
        else:
            await api.call("views.update", {"view_id": view["id"], "view": shown}, is_safe=True)


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
