"""From an event to its reply: finds the handler, checks the arguments, runs one unit of work, names every failure.

Owns dispatch and policy; wording of the features is theirs, transport is the adapters'.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

import structlog

from bot.advisor.inquiry import Inquiry, asks, inquiry_for
from bot.advisor.opinion import Opinion
from bot.commands import CommandSpec, Registry, Turn
from bot.crashes import logged
from bot.errors import TooSoonError, UserError
from bot.events import Action, Command, Event, Question, Said, Submission
from bot.features.confirm import carried_out
from bot.features.sharing import mark, once, without_again
from bot.grammar import Grammar
from bot.hearing import Hearing
from bot.i18n.locale import choose
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.knowledge.source import KnowledgeSource
from bot.reply import Delivery, Reply
from bot.storage.database import Database, Session, StorageError, Work
from bot.storage.store import Store
from bot.understanding.reading import Reader
from bot.validation import admit, checked
from bot.wording import crash_reply, error_reply, form_error, lost_reply, storage_reply, unknown_command, unknown_form

if TYPE_CHECKING:
    # Whoever opens one loads it: most start without.
    from bot.advisor.advisor import Advisor

Meaning = Command | Question | Action
log = structlog.get_logger(__name__)

Watch = Callable[[Event, Reply | None, float], None]


def unwatched(_event: Event, _reply: Reply | None, _seconds: float) -> None:
    """Nobody counts."""


@dataclass(frozen=True)
class Services:
    """What the composition root hands to the core. `clock` gives the time in UTC; `watch` hears of every reply.

    `advisor` asks a language model, where one is set up and the workspace wants it.
    """

    database: Database
    knowledge: KnowledgeSource
    reader: Reader
    clock: Callable[[], datetime]
    locale: str = "en"
    watch: Watch = unwatched
    advisor: Advisor | None = None


class _RefusedError(Exception):
    """A refusal after something was written: the transaction is rolled back, the reply is kept."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("refused")
        self.reply = reply


class Router:
    """The registry of commands and actions, and `dispatch`."""

    def __init__(self, services: Services, registry: Registry) -> None:
        self.services = services
        self.commands, self.actions, self._answer = registry.commands, registry.actions, registry.answer
        self._grammar = Grammar(registry.commands, services.knowledge)
        self._hearing = Hearing(self._grammar, services)

    def command(self, text: str) -> tuple[str, Mapping[str, str]]:
        """A sub-command's name and arguments from a line such as `flag acme mala-paga`; an empty line is `help`."""
        return self._grammar.command(text)

    def spoken(self, text: str) -> tuple[str, Mapping[str, str]] | None:
        """The command that a mention's text is by the strict grammar, or None."""
        return self._grammar.spoken(text)

    async def heard(self, event: Event) -> Event:
        """What an event means, before it is dispatched: a sentence may ask for a command in words of its own."""
        try:
            return await self._hearing.heard(event)
        except StorageError:
            return event  # what it is then fares no better, and says why
        except Exception as error:  # noqa: BLE001 - as below, where a second opinion is asked for
            logged(error, "hearing")
            return event

    def is_private(self, event: Event) -> bool:
        """Whether only the asker may see the answer; known before the handler runs."""
        event = _meaning(event)
        if isinstance(event, Question):
            return not event.is_public
        if isinstance(event, Command):
            spec = self.commands.get(event.name)
            return not event.is_public and (spec is None or spec.is_private)
        action = self.actions.get(event.name)
        if action is None or action.delivery is Delivery.PRIVATE:
            return True
        return action.delivery is Delivery.REPLACE and not event.is_public

    async def dispatch(self, event: Event) -> Reply | None:
        """The reply to an event; None when the event was answered before. Never raises for a fault of its own."""
        started = perf_counter()
        reply = await self._answered(event, self._handle)
        self.services.watch(event, reply, perf_counter() - started)
        return reply

    async def repeat(self, event: Event) -> Reply | None:
        """The reply to an event that was answered before, unless it is known to have arrived; for platforms that
        `confirm`. A command that changed something is not run again. Raises `TooSoonError`: ask again later.
        """
        return await self._answered(event, self._repeat)

    async def confirm(self, event: Event) -> None:
        """The reply to a redeliverable event arrived."""
        try:
            await self.services.database.jot(lambda session: self._store(event, session).confirm_answer(event.id))
        except StorageError as error:
            log.warning("answer_not_confirmed", reason=error.reason)

    async def not_shared(self, action: Action, reply: Reply) -> None:
        """What a press was to make public could not be posted: another press may."""
        try:
            await self.services.database.jot(
                lambda session: self._store(action, session).forget_event(mark(action, reply))
            )
        except StorageError as error:
            log.warning("share_not_taken_back", reason=error.reason)

    async def _answered(
        self, event: Event, handle: Callable[[Meaning, Session, Opinion | None], Reply | None]
    ) -> Reply | None:
        event = _meaning(event)
        try:
            opinion = await self._opinion(event)
            return await self._run_in(event)(lambda session: handle(event, session, opinion))
        except _RefusedError as refused:
            return refused.reply
        except TooSoonError:
            raise
        except StorageError as error:
            log.warning("storage_refused", reason=error.reason, event_kind=type(event).__name__)
            return storage_reply(error.reason, self._speech(event))
        except Exception as error:  # noqa: BLE001 - the last line of defence: a reference instead of the text
            return crash_reply(logged(error, type(event).__name__), self._speech(event))

    def _speech(self, event: Meaning) -> Speech:
        """The language of an answer for which the workspace's own could not be looked up."""
        return Speech(choose(*_tags(event, ""), self.services.locale))

    async def _opinion(self, event: Meaning) -> Opinion | None:
        """What a model says of a question, between two units of work; whatever goes wrong, there is just none."""
        advisor = self.services.advisor
        if advisor is None or not asks(event):
            return None
        try:
            inquiry = await self.services.database.read(lambda session: self._inquiry(event, session))
            return await advisor.opinion(inquiry) if inquiry else None
        except StorageError:
            return None  # the answer itself says so, if it fares no better
        except Exception as error:  # noqa: BLE001 - what only helps must not keep anybody from the plain answer
            logged(error, "advisor")
            return None

    def _inquiry(self, event: Meaning, session: Session) -> Inquiry | None:
        store = self._store(event, session)
        return inquiry_for(self._turn(event, store))

    def _handle(self, event: Meaning, session: Session, opinion: Opinion | None) -> Reply | None:
        store = self._store(event, session)
        turn = self._turn(event, store, opinion)
        if self._writes(event):
            store.ensure_workspace(event.place.workspace, event.place.organisation)
            if event.is_redeliverable and not store.is_new_event(event.id):
                return None
        return self._replied(event, turn)

    def _repeat(self, event: Meaning, session: Session, opinion: Opinion | None) -> Reply | None:
        store = self._store(event, session)
        if not store.owes_answer(event.id):
            return None
        turn = self._turn(event, store, opinion)
        return lost_reply(turn.speech) if self._changes(event) else self._replied(event, turn)

    def _replied(self, event: Meaning, turn: Turn) -> Reply:
        try:
            reply = self._run(event, turn)
            return reply if reply.language else reply._replace(language=turn.language)
        except UserError as error:
            reply = self._refusal(error, event, turn.speech)._replace(language=turn.language)
            if turn.store.scope.changes:
                raise _RefusedError(reply) from error
            return reply

    def _refusal(self, error: UserError, event: Meaning, speech: Speech) -> Reply:
        is_form = isinstance(event, Command) and event.is_form
        return form_error(error, speech) if is_form else error_reply(error, speech, self._spec(event))

    def _store(self, event: Event, session: Session) -> Store:
        return Store.open(session, event.place.workspace, event.user.id, self.services.clock())

    def _turn(self, event: Meaning, store: Store, opinion: Opinion | None = None) -> Turn:
        services = self.services
        tags = (*_tags(event, store.settings.get("language", "")), services.locale)
        return Turn(
            event, store, services.knowledge.current(), Speech(choose(*tags)), services.reader, self.commands,
            store.scope.now, is_public=not self.is_private(event),
            model=services.advisor.model.host if services.advisor else "", opinion=opinion,
        )  # fmt: skip

    def _run(self, event: Meaning, turn: Turn) -> Reply:
        match event:
            case Command():
                spec = self.commands.get(event.name)
                if spec is None and event.is_form:
                    raise unknown_form()
                if spec is None:
                    raise unknown_command(event.name, self._grammar.names)
                admit(spec, turn)
                return carried_out(spec, checked(spec, event), turn)
            case Question():
                return self._answer(event, turn)
            case Action():
                action = self.actions.get(event.name)
                if action is None:
                    raise UserError(N("That button belongs to an older version of me."), N("Send the command again."))
                meant = without_again(event)
                admit(action, turn._replace(event=meant))
                return once(action, event, action.handler(meant, turn), turn)

    def _run_in(self, event: Meaning) -> Callable[[Work[Reply | None]], Awaitable[Reply | None]]:
        """How the database does what an event takes."""
        database = self.services.database
        spec = self._spec(event)
        is_brief = spec is not None and spec.is_brief
        if self._writes(event):
            return database.jot if is_brief else database.write
        return database.glance if is_brief else database.read

    def _writes(self, event: Meaning) -> bool:
        if event.is_redeliverable or isinstance(event, Question):
            return True
        return self._changes(event)

    def _changes(self, event: Meaning) -> bool:
        if isinstance(event, Question):
            return False
        if isinstance(event, Command):
            return (spec := self.commands.get(event.name)) is not None and spec.changes(event.args)
        return (action := self.actions.get(event.name)) is not None and action.writes

    def _spec(self, event: Meaning) -> CommandSpec | None:
        return self.commands.get(event.name) if isinstance(event, Command) else None


def _meaning(event: Event) -> Meaning:
    return event.meaning if isinstance(event, Submission) else event


def _tags(event: Meaning, team: str) -> tuple[str, ...]:
    """What tells the language of an answer, likeliest first: a sentence is answered in its own, as questions are."""
    said = event.said if isinstance(event, Command) else Said()
    words = (said.language, event.user.locale) if said.is_free else (event.user.locale, said.language)
    return (*words, team, event.place.locale)
