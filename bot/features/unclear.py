"""Answers to what is no trouble that is known: general notes, a question back, or that it is not in the notes."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.case import Case
from bot.advice.parts import general_card
from bot.commands import Turn
from bot.features.advice import LIKELY, kind_buttons
from bot.features.subject import Heard
from bot.i18n.messages import Message, N
from bot.records import Subject
from bot.reply import Menu, Reply, Section
from bot.understanding.reading import Reading

NEAREST = 3


def unclear(case: Case, heard: Heard, earlier: Subject, turn: Turn) -> Reply:
    """A trouble of an unknown kind is asked about; else there may be something general in the notes."""
    if not heard.reading.abstained:
        return _which_kind(case, heard.reading, turn)
    parts = [intent.part for intent in heard.follow_ups if intent.part]
    nearest = [guess.id for guess in heard.reading.ranked]
    general = (general_card(part, nearest, turn) for part in parts)
    return next(filter(None, general), None) or _not_in_notes(case, heard.reading, earlier, turn)


def _which_kind(case: Case, reading: Reading, turn: Turn) -> Reply:
    """The text is about a difficult client, but which kind is not sure: ask."""
    likely = [guess.id for guess in reading.ranked[:LIKELY]]
    rest = kind_buttons(case, turn, [name for name in turn.knowledge.archetypes if name not in likely])
    text = turn.speech(N("I'm not sure which kind of trouble this is. Which of these comes closest?"))
    menus = (Menu(turn.speech(N("Another kind")), rest),) if rest else ()
    return Reply(blocks=(Section(text),), buttons=kind_buttons(case, turn, likely), menus=menus)


def _not_in_notes(case: Case, reading: Reading, earlier: Subject, turn: Turn) -> Reply:
    say = turn.speech
    lines = [say(N("That is not in my notes: they are about difficult clients, and I answer from nothing else."))]
    if case.client:
        lines.append(say(N("{client} has no open flags.", client=case.client.name)))
    lines.append(say(_in_this_thread(earlier, turn) if earlier.archetypes else N("The nearest I have:")))
    nearest = earlier.archetypes or [guess.id for guess in reading.ranked[:NEAREST]]
    client = turn.store.clients.by_id(earlier.client_id) if earlier.client_id else case.client
    buttons = kind_buttons(replace(case, client=client, days=earlier.days), turn, list(nearest))
    return Reply(blocks=(Section("\n".join(lines)),), buttons=buttons)


def _in_this_thread(earlier: Subject, turn: Turn) -> Message:
    """What may be asked here instead."""
    client = turn.store.clients.by_id(earlier.client_id) if earlier.client_id else None
    kinds = [turn.knowledge.playbook(name, turn.language).name for name in earlier.archetypes]
    about = " · ".join([client.name, *kinds] if client else kinds)
    return N("Here we talk about {about}: ask what comes next, for a letter, the contract or the law.", about=about)
