"""What a command and a button are: one spec gives parsing, help, checks, completion and, on platforms, options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from bot.advisor.opinion import Opinion
from bot.arguments import Kind, Param
from bot.events import Action, Asker, Command, Event, Place, Question
from bot.i18n.messages import C, Message, N
from bot.i18n.speech import Speech
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import LANGUAGES, Language
from bot.records import Subject
from bot.reply import Delivery, Reply
from bot.storage.store import Store
from bot.understanding.examples import Example
from bot.understanding.reading import Reader, Reading

LEARN, YES, NO = "learn", "yes", "no"
ARGUMENTS: dict[str, Message] = {
    "client": C("argument", "client"),
    "archetype": C("argument", "archetype"),
    "subject": C("argument", "client|archetype"),
    "reason": C("argument", "reason"),
    "note": C("argument", "note"),
    "text": C("argument", "text"),
    "question": C("argument", "question"),
    "command": C("argument", "command"),
    "name": C("argument", "name"),
    "value": C("argument", "value"),
    "into": C("argument", "into"),
    "when": C("argument", "when"),
    "day": C("argument", "day"),
    "time": C("argument", "HH:MM"),
    "zone": C("argument", "zone"),
}
CLIENT = Param("client", Kind.CLIENT, N("the client's name"))
ARCHETYPE = Param("archetype", Kind.ARCHETYPE, N("the kind of difficulty"))


def optional(param: Param) -> Param:
    """The same argument, not required."""
    return param._replace(is_required=False)


class Turn(NamedTuple):
    """What a handler works with, for one event. `is_public`: reasons and notes stay out of the reply.

    `model` is the host of the language model that a team may let be asked; `opinion` what it said of this event.
    """

    event: Event
    store: Store
    knowledge: Knowledge
    speech: Speech
    reader: Reader
    commands: Mapping[str, CommandSpec]
    now: datetime
    is_public: bool = False
    model: str = ""
    opinion: Opinion | None = None

    def read(self, text: str) -> Reading:
        """What a text is about: by what the team taught, and by a second opinion where that leaves doubt."""
        own = [Example(taught.text, taught.archetypes) for taught in self.store.lessons.taught()] if self.learns else []
        reading = self.reader.read(text, self.knowledge, own)
        return self.opinion.applied(reading) if self.opinion and reading.is_unsure else reading

    def speaking(self, language: Language | None) -> Turn:
        """The same turn in another language; None changes nothing."""
        return self._replace(speech=Speech(language)) if language else self

    @property
    def _here(self) -> Place:
        """Under what is kept what the talk is about: what somebody says in private among others is theirs alone."""
        event, place = self.event, self.event.place
        is_shared = event.is_public or place.is_direct
        return place if is_shared else place._replace(thread=f"{place.thread} {event.user.id}")

    def remember(self, subject: Subject) -> None:
        """Keep what the talk is about: not what outsiders do, nor for a whole channel, in which many talk at once.

        A command stands alone, and may only read.
        """
        if self._here.thread and not self.is_outsiders and not isinstance(self.event, Command):
            self.store.threads.remember(self._here, subject)

    def talked_of(self, client_id: int = 0) -> Subject:
        """What the thread is about, or what was said of one client there; in private first what this person asked."""
        threads, found = self.store.threads, Subject(None, ())
        for place in dict.fromkeys((self._here, self.event.place)):
            found = threads.subject_of(place, client_id) if client_id else threads.subject(place)
            if found.archetypes or found.stated:
                break
        return found

    def spoken_of(self) -> list[Subject]:
        """What was said in the thread of each client, the last talked of first; nothing to outsiders."""
        places = () if self.is_outsiders else dict.fromkeys((self._here, self.event.place))
        return next(filter(None, map(self.store.threads.subjects, places)), [])

    @property
    def learns(self) -> bool:
        """Whether the team lets the bot learn from its choices."""
        return self.store.settings.get(LEARN) == YES

    @property
    def may_see_clients(self) -> bool:
        """Whether flags may be shown: never to guests, nor where another company listens."""
        return Asker(self.event.user, self.event.place).may_see_clients

    @property
    def is_outsiders(self) -> bool:
        """Whether it comes from somebody who may see nothing of the team that the place belongs to."""
        return self.event.place.has_team and not self.may_see_clients

    @property
    def language(self) -> Language:
        """The language of the reply."""
        return self.speech.language


@dataclass(frozen=True)
class CommandSpec:
    """A sub-command of `/client`. `example` is help text and is run by a test.

    `is_brief`: it reads and writes a few rows only; `warning`: what to know before it is confirmed.
    """

    name: str
    title: Message
    help: Message
    example: Message
    handler: Callable[[Command, Turn], Reply]
    params: tuple[Param, ...] = ()
    writes: bool | Callable[[Mapping[str, str]], bool] = False
    managers_only: bool = False
    shows_clients: bool = True
    is_private: bool = True
    is_brief: bool = False
    warning: Message | None = None

    def changes(self, args: Mapping[str, str]) -> bool:
        """Whether it writes when it is given these arguments."""
        return self.writes if isinstance(self.writes, bool) else self.writes(args)

    @cached_property
    def names(self) -> frozenset[str]:
        """The English name and its translations: all of them always work."""
        return frozenset({self.name, *(Speech(language)(self.title).casefold() for language in LANGUAGES)})

    def usage(self, speech: Speech) -> str:
        """`/client flag <client> <archetype> [reason…]`."""
        return " ".join(["/client", self.name, *(_shape(param, speech) for param in self.params)])


@dataclass(frozen=True)
class ActionSpec:
    """A button: what pressing it does, and how the answer reaches people. `opens_form`: the answer is a form."""

    name: str
    handler: Callable[[Action, Turn], Reply]
    delivery: Delivery = Delivery.PRIVATE
    writes: bool = False
    managers_only: bool = False
    shows_clients: bool | Callable[[str], bool] = True
    opens_form: bool = False

    def shows(self, value: str) -> bool:
        """Whether a button with this value shows clients."""
        return self.shows_clients if isinstance(self.shows_clients, bool) else self.shows_clients(value)


@dataclass(frozen=True)
class Registry:
    """All that the bot can be asked: commands and buttons by name, and what answers a question."""

    commands: Mapping[str, CommandSpec]
    actions: Mapping[str, ActionSpec]
    answer: Callable[[Question, Turn], Reply]


def _shape(param: Param, speech: Speech) -> str:
    label = "|".join(param.choices) or speech(ARGUMENTS[param.name])
    label += "…" if param.kind is Kind.TEXT else ""
    return f"<{label}>" if param.is_required else f"[{label}]"
