"""A sign's own letter: after a danger, under pressure, or when misfortune met a client, a playbook's would do harm."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.case import CIRCUMSTANCE, PRESSURE, Case
from bot.advice.scripts import Filler
from bot.advice.sources import Sources
from bot.commands import Turn
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.knowledge.schema import Sign, language_for, words_for
from bot.reply import Block, Quote, Section


def circumstance_of(case: Case, turn: Turn) -> Sign | None:
    """What befell the client, if it takes the place of all advice."""
    return turn.knowledge.signs.get(dict(case.stated).get(CIRCUMSTANCE, ""))


def pressures_of(case: Case, turn: Turn) -> list[Sign]:
    """What the client does to get their way, most pressing first; nothing where something else goes before it."""
    if case.danger or circumstance_of(case, turn):
        return []
    names = dict(case.stated).get(PRESSURE, "").split("+")
    return [turn.knowledge.signs[name] for name in names if name in turn.knowledge.signs]


def sign_with_letter(case: Case, turn: Turn) -> Sign | None:
    """The sign whose letter takes the place of the playbook's; a danger before what befell the client."""
    signs = (turn.knowledge.signs.get(case.danger), circumstance_of(case, turn), *pressures_of(case, turn)[:1])
    return next((sign for sign in signs if sign and sign.say), None)


def own_letter(sign: Sign, case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    """Who is to write, if anybody, and the letter; not where somebody in danger chose to end the work for good."""
    if sign.on_writing:
        lines = words_for(sign.on_writing, turn.language)
        yield Section("\n".join(sources.lines(lines, f"signs.{sign.id}.on_writing", len(lines))))
    if not ends_for_good(case):
        language = language_for(sign.say, case.language or turn.language)
        filler = Filler(turn.knowledge, Speech(language), case.values(turn), turn.now.date())
        filled = filler.fill(sign.say[language], f"signs.{sign.id}.say")
        yield Quote(sources.use(filled.text, filled.entry), turn.speech(N("To send, once")))


def ends_for_good(case: Case) -> bool:
    """Whether the last letter was asked for after a danger: notice to end the work is in place then."""
    return bool(case.danger and case.tone == "final")
