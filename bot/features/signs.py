"""Answers to questions that no playbook answers: distress, another language, danger or trouble without a client."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.case import Case
from bot.advice.signs import in_distress, said, shown
from bot.commands import Turn
from bot.features.advice import kind_buttons
from bot.i18n.messages import N
from bot.reply import Reply, Section
from bot.understanding.reading import Reading


def before_advice(reading: Reading, turn: Turn) -> Reply | None:
    """The whole answer to somebody in distress, or to a language that we do not read; None to any other text."""
    if reading.is_foreign:
        return said((sign for sign in turn.knowledge.signs.values() if sign.kind == "language"), turn)
    return in_distress(reading, turn)


def instead_of_advice(case: Case, reading: Reading, turn: Turn) -> Reply | None:
    """The answer to a danger that may have no client in it, or about somebody who is none; None to any other text."""
    danger = shown("danger", reading, turn)[:1]
    # "A quiet word between the two of you" is no answer to an attack, nor "not a client" where a client is known.
    outside = [] if danger or case.client else shown("outside", reading, turn)[:1]
    reply = said([*danger, *outside], turn)
    kinds = [sign.archetype for sign in danger if sign.archetype]
    if reply is None or not kinds:
        return reply
    hint = Section(turn.speech(N("If a client did this, here is what comes next:")))
    buttons = kind_buttons(replace(case, danger=danger[0].id), turn, kinds)
    return reply._replace(blocks=(*reply.blocks, hint), buttons=buttons)
