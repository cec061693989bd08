"""Has each interaction and message answered by the core: within the budget at once, and never with silence."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog

from adapters.discord.access import Access, Member
from adapters.discord.answer import Answer, Call
from adapters.discord.components import Payload
from adapters.discord.limits import CHOICE_NAME, CHOICE_VALUE, cut
from adapters.discord.parse import asker, focused, interaction
from adapters.discord.render import draw
from adapters.discord.rest import Rest
from adapters.discord.sending import FAULTS, Pause, Sender, told
from bot.completion import MOST, choices
from bot.crashes import logged
from bot.events import Action, Event
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from bot.knowledge.schema import Language
from bot.reply import Delivery, Reply
from bot.router import Router
from bot.wording import crash_reply, late_crash_reply

CHOICES = 8
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until an answer, or a form, is no longer waited for; and how to wait before sending again."""

    answer: float = 1.5
    form: float = 2.4
    pause: Pause = asyncio.sleep


class Responder:
    """Answers interactions."""

    def __init__(self, router: Router, rest: Rest, access: Access, patience: Patience | None = None) -> None:
        self._router, self._rest, self._access, self._patience = router, rest, access, patience or Patience()

    async def answer(self, data: Payload, asking: Member | None = None) -> None:
        """Answer a command, a button, a menu or a form. `asking`: whom Discord did not check, so they are looked up."""
        event = interaction(data, self._router)
        language = choose(event.user.locale, event.place.locale, self._router.services.locale)
        answer = Answer(self._rest, _call(data), self._how(event), language, Sender(self._patience.pause))
        timer = self._timer(event, answer)
        try:
            reply = await self._drawn(event, asking, language)
        finally:
            timer.cancel()
        if reply is None:
            return
        try:
            await answer.finish(reply)
        except Exception as error:  # noqa: BLE001 - whatever broke in sending it, the asker gets a reference
            await answer.finish(late_crash_reply(logged(error, "discord answer"), Speech(language)))

    async def _drawn(self, event: Event, asking: Member | None, language: Language) -> Reply | None:
        """All that may take its time: learn who asks, answer, draw."""
        reply = None
        try:
            if asking and await self._access.is_outsider(asking):
                event = event._replace(user=event.user._replace(is_guest=True))
            reply = await self._router.dispatch(event)
            if reply:
                await draw(reply)
        except Exception as error:  # noqa: BLE001 - whatever broke, the asker gets a reference
            said = late_crash_reply if reply else crash_reply
            return said(logged(error, "discord answer"), Speech(language))
        return reply

    async def complete(self, data: Payload) -> None:
        """Fill the list under an option that is being written."""
        asked, (name, option, begun) = asker(data), focused(data)
        spec = self._router.commands.get(name)
        param = next((param for param in spec.params if param.name == option), None) if spec else None
        found = await choices(self._router, asked, param, begun) if param else []
        fitting = [choice for choice in found if len(choice.value) <= CHOICE_VALUE][:MOST]
        listed = [{"name": cut(choice.label, CHOICE_NAME), "value": choice.value} for choice in fitting]
        call = _call(data)
        try:
            await self._rest.interact("POST", call.callback, {"type": CHOICES, "data": {"choices": listed}})
        except FAULTS as fault:
            log.info("choices_refused", interaction=call.id, **told(fault))

    def _how(self, event: Event) -> Delivery:
        action = self._router.actions.get(event.name) if isinstance(event, Action) else None
        if action and action.delivery is Delivery.REPLACE:
            return Delivery.REPLACE
        return Delivery.PRIVATE if self._router.is_private(event) else Delivery.PUBLIC

    def _timer(self, event: Event, answer: Answer) -> asyncio.TimerHandle:
        action = self._router.actions.get(event.name) if isinstance(event, Action) else None
        loop = asyncio.get_running_loop()
        if action and action.opens_form:
            return loop.call_later(self._patience.form, answer.give_up)
        return loop.call_later(self._patience.answer, answer.wait)


def _call(data: Payload) -> Call:
    return Call(data["id"], data["token"], data["application_id"], data["data"].get("target_id", ""))
