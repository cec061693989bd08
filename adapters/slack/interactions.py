"""Buttons, menus, modals, a message's own menu and type-aheads."""

from __future__ import annotations

from dataclasses import replace

import structlog

from adapters.slack import limits, parse, views
from adapters.slack.answers import Answers
from adapters.slack.api import RefusedError, SlackError
from adapters.slack.background import within
from adapters.slack.office import Json, Office
from bot.completion import client_names
from bot.events import Action
from bot.features.forms import FLAG_FORM
from bot.i18n.messages import N
from bot.reply import Delivery, Note, Reply

log = structlog.get_logger(__name__)
EXPIRED = ("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "invalid_trigger")


class Interactions:
    """Answers what people press, choose and send."""

    def __init__(self, office: Office) -> None:
        self._office, self._answers = office, Answers(office)

    async def pressed(self, body: parse.Payload, token: str | None) -> None:
        """A button or a menu's entry; Slack is not kept waiting for the answer."""
        self._office.background.start(self._press(body, token), "button")

    async def shortcut(self, body: parse.Payload, token: str | None) -> None:
        """“Flag client…” in a message's own menu."""
        self._office.background.start(self._shortcut(body, token), "shortcut")

    async def submitted(self, body: parse.Payload, token: str | None) -> Json:
        """A modal that was sent: a mistake on its field, else the answer in the modal's place."""
        task = self._office.background.start(self._submit(body, token), "modal")
        if await within(task, self._office.budget):
            return task.result()
        self._office.background.start(self._answers.late(task, body["view"]["id"], token), "late_modal")
        return {"response_action": "update", "view": views.waiting_view(self._answers.default)}

    async def suggested(self, body: parse.Payload, token: str | None) -> Json:
        """Known clients for what was typed, and what was typed itself as a new one."""
        typed = str(body.get("value") or "").strip()
        asker = await self._office.asker(parse.interaction_source(body), token)
        names = await client_names(self._office.router, asker, typed, limits.OPTIONS - 1)
        options = [views.suggestion(name, name) for name in names]
        if typed and typed not in names:
            label = self._answers.default(N("“{name}” is a new client", name=typed))
            options.append(views.suggestion(label, typed))
        return {"options": options}

    async def _press(self, body: parse.Payload, token: str | None) -> None:
        source = parse.interaction_source(body)
        asker = await self._office.asker(source, token)
        action = parse.pressed(body, asker)
        spec = self._office.router.actions.get(action.name)
        if spec and spec.delivery is Delivery.PUBLIC:
            api = self._office.api(token)
            is_known = await self._office.people.is_private_to_team(source, api)
            asker = source.asker(asker.user, is_shared=not is_known)
            action = replace(action, place=asker.place)
        reply = await self._office.router.dispatch(action)
        if reply and reply.form:
            await self._open(reply, _origin(body, action, source), body, token)
        elif reply:
            delivery = spec.delivery if spec and not reply.is_error else Delivery.PRIVATE
            await self._answers.to_button(reply, delivery, body, token)

    async def _shortcut(self, body: parse.Payload, token: str | None) -> None:
        source = parse.interaction_source(body)
        asker = await self._office.asker(source, token)
        reply = await self._office.router.dispatch(parse.shortcut(body, asker, FLAG_FORM))
        if reply:
            message = body.get("message") or {}
            origin = parse.Origin(source.channel, source.thread, message.get("ts") or body.get("message_ts") or "")
            await self._open(reply, origin, body, token)

    async def _open(self, reply: Reply, origin: parse.Origin, body: parse.Payload, token: str | None) -> None:
        speech = self._office.speech(reply)
        view = (
            views.form_view(reply.form, speech, replace(origin, value=reply.form.value).as_metadata())
            if reply.form
            else views.reply_view(reply, speech)
        )
        try:
            await self._office.api(token).call("views.open", {"trigger_id": body.get("trigger_id"), "view": view})
        except RefusedError as refused:
            log.info("modal_refused", code=refused.code)
            await self._answers.no_modal(body, token)

    async def _submit(self, body: parse.Payload, token: str | None) -> Json:
        origin = parse.origin_of(body["view"])
        source = replace(parse.interaction_source(body), channel=origin.channel, thread=origin.thread)
        asker = await self._office.asker(source, token)
        evidence, is_gone = await self._evidence(origin, token)
        event = parse.submission(body, asker, evidence)
        reply = await self._office.router.dispatch(event)
        if reply is None:
            return {"response_action": "clear"}
        if reply.is_error:
            return views.errors(reply, event.fields)
        if is_gone:
            gone = N("The message is no longer there, so no link to it is kept.")
            reply = replace(reply, blocks=(*reply.blocks, Note(self._office.speech(reply)(gone))))
        if not self._office.router.is_private(event):
            return await self._answers.in_thread(reply, source, event.id, token)
        view = views.reply_view(reply, self._office.speech(reply), origin.as_metadata())
        return {"response_action": "update", "view": view}

    async def _evidence(self, origin: parse.Origin, token: str | None) -> tuple[str, bool]:
        """The link to the message that a form was opened on, and whether the message is gone."""
        if not origin.message:
            return "", False
        params = {"channel": origin.channel, "message_ts": origin.message}
        try:
            answer = await self._office.api(token).once("chat.getPermalink", params)
        except SlackError as error:
            log.info("no_permalink", code=error.code, channel=origin.channel)
            return "", error.code in ("message_not_found", "channel_not_found")
        return str(answer.get("permalink", "")), False


def _origin(body: parse.Payload, action: Action, source: parse.Source) -> parse.Origin:
    container = body.get("container") or {}
    thread = source.thread or str(container.get("message_ts") or "") if action.is_public else source.thread
    return parse.Origin(source.channel, thread, "", action.is_public)
