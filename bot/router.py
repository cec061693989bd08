"""From an event to its reply: finds the handler, checks the arguments, runs one unit of work, names every failure.

Owns dispatch and policy; wording of the features is theirs, transport is the adapters'.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

import structlog

from bot.advisor.inquiry import Inquiry, asks, inquiry_for
from bot.advisor.opinion import Opinion
from bot.arguments import bind
from bot.commands import CommandSpec, Registry, Turn
from bot.crashes import logged
from bot.errors import TooSoonError, UserError
from bot.events import Action, Command, Event, Question, Submission
from bot.i18n.locale import choose
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.knowledge.source import KnowledgeSource
from bot.names import fold
from bot.reply import Delivery, Reply
from bot.storage.database import Database, Session, StorageError, Work
from bot.storage.store import Store
from bot.understanding.reading import Reader
from bot.validation import admit, checked
from bot.wording import crash_reply, error_reply, lost_reply, storage_reply, unknown_command

if TYPE_CHECKING:
    # Whoever opens one loads it: most start without.
    from bot.advisor.advisor import Advisor

Meaning = Command | Question | Action
log = structlog.get_logger(__name__)

# Spanish commands are named by infinitives; people also give orders.
ORDERS = {"marca": "flag", "anota": "note", "deshaz": "undo", "muéstrame": "show", "muestrame": "show"}
# What follows a command's name in a sentence, and is nobody's name: "note that …", "undo the …", "ask him …".
NO_NAMES = frozenset(
    "this that it its the to on of for from with by in at as him her them they he she we you me us my our your his "
    "their a an and or but if how what when why who please about against not no more again all "
    "esto eso este esta ese esa el la lo los las le les un una que de del al a en por para con se si no me nos mi su "
    "favor como cuando quien todo otra otro ya bien mas".split()
)
# "Undo that", "undo the last flag": said of the last change and of nothing else.
UNDONE_IN = 4
UNDONE = frozenset(
    "it that this the last one flag change please eso esto lo el la ultimo ultima aviso cambio marca".split()
)
# Their arguments are short or none; a longer line that begins so is a sentence.
BRIEF_ONES, SHORT = ("show", "list", "summary", "archetypes", "settings", "export"), 4


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

    @cached_property
    def _translated(self) -> Mapping[str, CommandSpec]:
        return {name: spec for spec in self.commands.values() for name in spec.names}

    def _named(self, name: str) -> CommandSpec | None:
        """The command with a name in any language; the translations are only read when it is not an English one."""
        return self.commands.get(name) or self._translated.get(name) or self.commands.get(ORDERS.get(name, ""))

    def command(self, text: str) -> tuple[str, Mapping[str, str]]:
        """A sub-command's name and arguments from a line such as `flag acme mala-paga`; an empty line is `help`."""
        # Any white space: a Chinese keyboard types the full-width one.
        name, rest = [*text.split(maxsplit=1), "", ""][:2]
        spec = self._named(name.casefold())
        if spec is None:
            return (name or "help"), {}
        knowledge = self.services.knowledge.current()
        return spec.name, bind(spec.params, rest, lambda word: knowledge.archetype(word) is not None)

    def spoken(self, text: str) -> tuple[str, Mapping[str, str]] | None:
        """The command that a mention's text is, or None when it is a question."""
        first, rest = [*text.split(maxsplit=1), "", ""][:2]
        if first.casefold() == "/client" or (first.casefold() == "client" and not rest):
            return self.command(rest)
        if first.casefold() == "client":
            return self.spoken(rest)
        spec = self._named(first.casefold())
        if spec is None or not _reads_as_command(spec, rest, self._translated):
            return None
        name, args = self.command(text)
        # A "marca" is a brand too: there the kind tells.
        is_order = first.casefold() not in ORDERS or self._names_a_kind(args.get("archetype", ""), spec)
        return (name, args) if is_order else None

    def _names_a_kind(self, word: str, spec: CommandSpec) -> bool:
        return spec.name != "flag" or self.services.knowledge.current().archetype(word) is not None

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
            await self.services.database.write(lambda session: self._store(event, session).confirm_answer(event.id))
        except StorageError as error:
            log.warning("answer_not_confirmed", reason=error.reason)

    async def _answered(
        self, event: Event, handle: Callable[[Meaning, Session, Opinion | None], Reply | None]
    ) -> Reply | None:
        event = _meaning(event)
        language = choose(event.user.locale, event.place.locale, self.services.locale)
        try:
            opinion = await self._opinion(event)
            return await self._run_in(event)(lambda session: handle(event, session, opinion))
        except _RefusedError as refused:
            return refused.reply
        except TooSoonError:
            raise
        except StorageError as error:
            log.warning("storage_refused", reason=error.reason, event_kind=type(event).__name__)
            return storage_reply(error.reason, Speech(language))
        except Exception as error:  # noqa: BLE001 - the last line of defence: a reference instead of the text
            return crash_reply(logged(error, type(event).__name__), Speech(language))

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
            return reply if reply.language else replace(reply, language=turn.language)
        except UserError as error:
            reply = replace(error_reply(error, turn.speech, self._spec(event)), language=turn.language)
            if turn.store.scope.changes:
                raise _RefusedError(reply) from error
            return reply

    def _store(self, event: Event, session: Session) -> Store:
        return Store.open(session, event.place.workspace, event.user.id, self.services.clock())

    def _turn(self, event: Meaning, store: Store, opinion: Opinion | None = None) -> Turn:
        services = self.services
        tags = (event.user.locale, store.settings.get("language", ""), event.place.locale, services.locale)
        return Turn(
            event, store, services.knowledge.current(), Speech(choose(*tags)), services.reader, self.commands,
            store.scope.now, is_public=not self.is_private(event),
            model=services.advisor.model.host if services.advisor else "", opinion=opinion,
        )  # fmt: skip

    def _run(self, event: Meaning, turn: Turn) -> Reply:
        match event:
            case Command():
                spec = self.commands.get(event.name)
                if spec is None:
                    raise unknown_command(event.name, self._translated)
                admit(spec, turn)
                return spec.handler(checked(spec, event), turn)
            case Question():
                return self._answer(event, turn)
            case Action():
                action = self.actions.get(event.name)
                if action is None:
                    raise UserError(N("That button belongs to an older version of me."), N("Send the command again."))
                admit(action, turn)
                return action.handler(event, turn)

    def _run_in(self, event: Meaning) -> Callable[[Work[Reply | None]], Awaitable[Reply | None]]:
        """How the database does what an event takes."""
        database = self.services.database
        if self._writes(event):
            return database.write
        spec = self._spec(event)
        return database.glance if spec and spec.is_brief else database.read

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


def _reads_as_command(spec: CommandSpec, rest: str, names: Mapping[str, CommandSpec]) -> bool:
    """The names of commands also begin ordinary sentences, and what is run by mistake may cost something."""
    words = rest.split()
    if spec.name == "undo":
        return len(words) <= UNDONE_IN and all(fold(word).strip(".!") in UNDONE for word in words)
    if spec.name == "help":
        return not words or (len(words) == 1 and words[0].casefold() in names)
    if not words:
        return True
    if not spec.params or fold(words[0]).strip(",.:;!?") in NO_NAMES:
        return False
    is_short = len(words) <= SHORT and not rest.rstrip().endswith(("?", "？"))
    return is_short or spec.name not in BRIEF_ONES
