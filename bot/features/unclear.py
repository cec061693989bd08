"""Answers to what is no trouble that is known: general notes, a question back, or that it is not in the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.advice.case import ENDING, PRESSURE, Case
from bot.advice.news import ending_card
from bot.advice.parts import general_card, law_card
from bot.advice.signs import is_pressing
from bot.commands import Turn
from bot.features.advice import LIKELY, asked_back, kind_buttons
from bot.features.heard import Heard
from bot.features.subject import SHORT, Topic
from bot.i18n.messages import Message, N
from bot.i18n.places import place_named
from bot.knowledge.intents import Part
from bot.records import Client, Subject
from bot.reply import Reply, Section
from bot.understanding.reading import Reading


def on_the_law(heard: Heard, topic: Topic, turn: Turn) -> Reply | None:
    """What the notes say of the law for all, to a short question about it that names no client, and of a bare place."""
    is_bare = not heard.clients and not heard.follow_ups and not heard.reading.signs
    if is_bare and (place := place_named(heard.text)):
        return law_card(place, turn)
    is_short = len(heard.text) <= SHORT and not heard.clients and not topic.before.archetypes
    if not is_short or is_pressing(heard.reading, turn) or not _asks_the_law(heard):
        return None
    return general_card("law", [guess.id for guess in heard.reading.ranked], turn)


def _asks_the_law(heard: Heard) -> bool:
    return any(intent.part == "law" for intent in heard.follow_ups)


def unclear(case: Case, heard: Heard, earlier: Subject, turn: Turn) -> Reply:
    """A trouble of an unknown kind is asked about; else there may be something general in the notes."""
    parts = [intent.part for intent in heard.follow_ups if intent.part]
    if general := _in_general(case, heard, parts, earlier, turn):
        return general
    if _only_asks(heard) and not earlier.archetypes:
        return _what_happened(case, turn)
    if not heard.reading.abstained:
        return _which_kind(case, heard.reading, turn)
    return _not_in_notes(case, heard.reading, earlier, turn)


def _only_asks(heard: Heard) -> bool:
    return heard.is_request and heard.asked.is_all and not heard.is_edit


def _what_happened(case: Case, turn: Turn) -> Reply:
    """Nothing was told yet of which a letter, or what to do, could be said."""
    kinds = list(turn.knowledge.archetypes)
    text = N("About what? Tell me in one sentence what the client does, or choose what comes closest:")
    return asked_back(text, case, turn, (kinds[:LIKELY], kinds[LIKELY:]))


def _in_general(case: Case, heard: Heard, parts: Sequence[Part], earlier: Subject, turn: Turn) -> Reply | None:
    """What holds whatever the trouble, to what only asks for that or for the end; after talk of the end that is what it
    is about.
    """
    if not (heard.reading.abstained or heard.is_request or heard.is_value or "goodbye" in parts):
        return None
    is_ending = ENDING in dict(earlier.stated)
    if is_ending and ("say" in parts or heard.is_value):
        case = replace(case, stated=tuple({**dict(earlier.stated), **dict(case.stated)}.items()))
        turn.remember(case.subject)
        return ending_card(turn.knowledge.intents["goodbye"], case, turn)
    ending: tuple[Part, ...] = ("goodbye",) if is_ending and parts else ()
    asked = (*parts, *ending)
    if asked[:1] == ("goodbye",):
        turn.remember(Subject(None, (), stated=((ENDING, turn.now.isoformat()),)))
    nearest = [guess.id for guess in heard.reading.ranked]
    return next(filter(None, (general_card(part, nearest, turn, heard.follow_ups) for part in asked)), None)


def _which_kind(case: Case, reading: Reading, turn: Turn) -> Reply:
    """The text is about a difficult client, but which kind is not sure: ask."""
    likely = [guess.id for guess in reading.ranked[:LIKELY]]
    others = [name for name in turn.knowledge.archetypes if name not in likely]
    text = N("I'm not sure which kind of trouble this is. Which of these comes closest?")
    return asked_back(text, case, turn, (likely, others))


def _not_in_notes(case: Case, reading: Reading, earlier: Subject, turn: Turn) -> Reply:
    say, client = turn.speech, case.client
    lines = [say(N("That is not in my notes: they are about difficult clients, and I answer from nothing else."))]
    if client:
        lines.append(say(N("{client} has no open flags.", client=client.name)))
    elif earlier.client_id:
        client = turn.store.clients.by_id(earlier.client_id)
    kinds = list(earlier.archetypes) or [guess.id for guess in reading.ranked[:LIKELY]]
    lines.append(say(_nearest(client, earlier, kinds, turn)))
    return Reply(blocks=(Section("\n".join(lines)),), buttons=kind_buttons(replace(case, client=client), turn, kinds))


def _nearest(client: Client | None, earlier: Subject, kinds: Sequence[str], turn: Turn) -> Message:
    """What may be asked here; after a pressure no kind of trouble is named, as none was told."""
    if PRESSURE in dict(earlier.stated):
        return N("Ask what comes next, what to avoid or for the letter, or tell me of the client what is new.")
    return _in_this_thread(client, kinds, turn) if earlier.archetypes else N("The nearest I have:")


def _in_this_thread(client: Client | None, kinds: Sequence[str], turn: Turn) -> Message:
    """What may be asked here instead."""
    names = [turn.knowledge.playbook(name, turn.language).name for name in kinds]
    about = " · ".join([client.name, *names] if client else names)
    return N("Here we talk about {about}: ask what comes next, for a letter, the contract or the law.", about=about)
