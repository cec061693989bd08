"""What a question is about: its own words first, then what its thread, or the card that it follows on, was about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.advice import signs
from bot.advice.case import case_from
from bot.commands import Turn
from bot.events import Question
from bot.features.talk import shown
from bot.knowledge.intents import Intent
from bot.knowledge.schema import Language
from bot.records import Client, Subject
from bot.understanding.intents import Asked
from bot.understanding.reading import Reading

# What so few words say anew may as well be a part of what was asked before.
_SHORT = 60
NOTHING = Subject(None, ())


# What stands for a client's own name in the phrases of intents.
_CLIENT: dict[Language | None, str] = {"en": "client", "es": "cliente", "zh": "客户"}


def without_names(text: str, clients: Iterable[Client], language: Language | None) -> str:
    """A text in which known clients are called "client": "Acme paid" is good news whoever Acme is."""
    for name in sorted((name for one in clients for name in (one.name, *one.names)), key=len, reverse=True):
        text = re.sub(rf"{re.escape(name)}(?:['’]s)?", _CLIENT.get(language, "client"), text, flags=re.IGNORECASE)
    return text


@dataclass(frozen=True, slots=True)
class Heard:
    """A question, as it is understood. `clients` are the ones it names, the one that it is most about first."""

    text: str
    reading: Reading
    asked: Asked
    clients: tuple[Client, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """The client and archetypes of an answer; `follows`: how it goes on about the advice before, if it does."""

    client: Client | None
    archetypes: tuple[str, ...]
    days: int | None = None
    follows: tuple[Intent, ...] = ()


def topic_of(heard: Heard, turn: Turn) -> Topic:
    """What this text leaves open comes from before, not from a doubtful guess; off-topic text leaves nothing open."""
    own = heard.reading.archetypes if heard.reading.is_confident else ()
    if heard.clients:
        return Topic(heard.clients[0], own)
    if not own and signs.shown("outside", heard.reading, turn):
        return Topic(None, ())
    earlier = NOTHING if shown("fresh", heard.asked, turn) else before(turn)
    client = turn.store.clients.by_id(earlier.client_id) if earlier.client_id else None
    if follows := _follows(heard, earlier, turn):
        return Topic(client, earlier.archetypes, earlier.days, follows)
    if heard.reading.abstained and not _about_a_card(turn):
        return Topic(None, ())
    return Topic(client, own or earlier.archetypes, None if own else earlier.days)


def _follows(heard: Heard, earlier: Subject, turn: Turn) -> tuple[Intent, ...]:
    """What is asked of the advice before; the more a text tells of a trouble by itself, the less may be asked in it."""
    intents = tuple(shown("follow-up", heard.asked, turn)) if earlier.archetypes else ()
    if heard.reading.abstained:
        return intents
    if not heard.reading.is_confident:
        return tuple(intent for intent in intents if intent.part or intent.tone or intent.channel)
    return tuple(intent for intent in intents if len(heard.text) <= _SHORT and (intent.tone or intent.part == "next"))


def _about_a_card(turn: Turn) -> bool:
    """Whether somebody pressed "Ask a follow-up" and so says which advice is meant."""
    return isinstance(turn.event, Question) and bool(turn.event.about)


def before(turn: Turn) -> Subject:
    """What was talked about: the card that is asked on, else what the thread remembers; nothing to outsiders."""
    if turn.event.place.has_team and not turn.may_see_clients:
        return NOTHING
    about = case_from(turn.event.about, turn) if isinstance(turn.event, Question) and _about_a_card(turn) else None
    if about:
        return Subject(about.client.id if about.client else None, about.archetypes, about.days)
    return turn.store.threads.subject(turn.event.place) if turn.event.place.thread else NOTHING
