"""Buttons, menus and a message's own menu."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from adapters.slack import parse, views
from adapters.slack.answers import Answers
from adapters.slack.api import SlackError
from adapters.slack.office import Office
from bot.commands import ActionSpec
from bot.events import Action
from bot.features.forms import FLAG_FORM
from bot.reply import Delivery, Reply

SHORTCUT = "flag_client"
# What is asked gives the way in which its answer reaches people.
Giving = Callable[[], Awaitable[None]]
Asking = Callable[[parse.Payload, str | None], Awaitable[Giving | None]]
log = structlog.get_logger(__name__)


class Interactions:
    """Answers what people press and choose."""

    def __init__(self, office: Office) -> None:
        self._office, self._answers = office, Answers(office)

    async def pressed(self, body: parse.Payload, token: str | None) -> None:
        """A button or a menu's entry; Slack is not kept waiting for the answer."""
        self._office.background.start(self._guarded(self._press, body, token), "button")

    async def shortcut(self, body: parse.Payload, token: str | None) -> None:
        """“Flag client…” in a message's own menu."""
        self._office.background.start(self._guarded(self._shortcut, body, token), "shortcut")

    async def _guarded(self, ask: Asking, body: parse.Payload, token: str | None) -> None:
        give = None
        try:
            if give := await ask(body, token):
                await give()
        except SlackError:
            raise
        except Exception as error:  # noqa: BLE001 - who pressed gets a reference, not silence
            broken = self._office.broken(error, "interaction", is_late=give is not None)
            await self._answers.to_button(broken, Delivery.PRIVATE, body, token)

    async def _press(self, body: parse.Payload, token: str | None) -> Giving | None:
        source = parse.interaction_source(body)
        asker = await self._office.asker(source, token)
        action = parse.pressed(body, asker)
        spec = self._office.router.actions.get(action.name)
        if spec is None:
            log.warning("unknown_button", channel=source.channel, user=source.user)
        if _goes_public(spec, action):
            action = action._replace(place=(await self._office.in_public(asker, source, token)).place)
        reply = await self._office.router.dispatch(action)
        if reply is None:
            return None
        if reply.form:
            return partial(self._open, reply, _origin(body, action, source), body, token)
        delivery = spec.delivery if spec and not reply.is_error else Delivery.PRIVATE
        if delivery is Delivery.PUBLIC:
            return partial(self._share, action, reply, body, token)
        return partial(self._give, reply, delivery, body, token)

    async def _give(self, reply: Reply, delivery: Delivery, body: parse.Payload, token: str | None) -> None:
        await self._answers.to_button(reply, delivery, body, token)

    async def _share(self, action: Action, reply: Reply, body: parse.Payload, token: str | None) -> None:
        if not await self._answers.to_button(reply, Delivery.PUBLIC, body, token):
            await self._office.router.not_shared(action, reply)

    async def _shortcut(self, body: parse.Payload, token: str | None) -> Giving | None:
        source = parse.interaction_source(body)
        asker = await self._office.asker(source, token)
        action = FLAG_FORM if body.get("callback_id") == SHORTCUT else ""
        reply = await self._office.router.dispatch(parse.shortcut(body, asker, action))
        if reply is None:
            return None
        message = body.get("message") or {}
        ts = message.get("ts") or body.get("message_ts") or ""
        origin = parse.Origin(source.channel, source.thread, ts, team=source.team)
        return partial(self._open, reply, origin, body, token)

    async def _open(self, reply: Reply, origin: parse.Origin, body: parse.Payload, token: str | None) -> None:
        speech = self._office.speech(reply)
        view = (
            views.form_view(reply.form, speech, origin._replace(value=reply.form.value).as_metadata())
            if reply.form
            else views.reply_view(reply, speech, origin.as_metadata())
        )
        try:
            await self._office.api(token).call("views.open", {"trigger_id": body.get("trigger_id"), "view": view})
        except SlackError as error:
            await self._answers.no_modal(error.code, speech, body, token)


def _goes_public(spec: ActionSpec | None, action: Action) -> bool:
    """Whether the answer will be seen by all: shared, or in the place of a message that all see."""
    delivery = spec.delivery if spec else Delivery.PRIVATE
    return delivery is Delivery.PUBLIC or (delivery is Delivery.REPLACE and action.is_public)


def _origin(body: parse.Payload, action: Action, source: parse.Source) -> parse.Origin:
    container = body.get("container") or {}
    thread = source.thread or str(container.get("message_ts") or "") if action.is_public else source.thread
    return parse.Origin(source.channel, thread, is_public=action.is_public, team=source.team)
