"""The words that a sign calls for: before the advice in danger or under pressure, alone in distress."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.advice.card import sign_words
from bot.advice.case import CIRCUMSTANCE, FACTS, PRESSURE, Case
from bot.advice.sources import Sources
from bot.commands import Turn
from bot.knowledge.schema import Kind, Sign
from bot.reply import Reply
from bot.understanding.grams import is_chinese
from bot.understanding.reading import Reading

# "The client also says …" tells of nothing.
_LETTERS, _CHARACTERS = 16, 6
_PRESSING: tuple[Kind, ...] = ("danger", "circumstance", "pressure")


def shown(kind: Kind, reading: Reading, turn: Turn) -> list[Sign]:
    """The signs of one kind that a text shows, most pressing first."""
    signs = (turn.knowledge.signs[name] for name in reading.signs if name in turn.knowledge.signs)
    return [sign for sign in signs if sign.kind == kind]


def said(signs: Iterable[Sign], turn: Turn) -> Reply | None:
    """A reply with the words of these signs and nothing else; None without any."""
    sources = Sources()
    blocks = tuple(sign_words(sign, turn, sources) for sign in signs)
    return Reply(blocks=blocks, sources=tuple(sources.ids)) if blocks else None


def in_distress(reading: Reading, turn: Turn) -> Reply | None:
    """The whole answer to somebody at their end; None to any other text."""
    distress = shown("distress", reading, turn)
    return said([*shown("danger", reading, turn)[:1], *distress], turn) if distress else None


def in_danger(case: Case, reading: Reading, turn: Turn) -> Case:
    """The case with the words on a danger before its advice, which is first of all for that danger."""
    danger = shown("danger", reading, turn)
    if not danger or (reading.abstained and not case.archetypes):
        return case
    first = [danger[0].archetype] if danger[0].archetype else []
    archetypes = tuple(dict.fromkeys([*first, *case.archetypes]))[:2]
    return replace(case, archetypes=archetypes, danger=danger[0].id)


def endangered(case: Case, reading: Reading, turn: Turn) -> Case | None:
    """The case of a danger in which there may be no client; None to any other text."""
    danger = next((sign for sign in shown("danger", reading, turn) if sign.archetype), None)
    return replace(case, archetypes=(danger.archetype,), danger=danger.id) if danger and danger.archetype else None


def in_circumstance(case: Case, reading: Reading, turn: Turn) -> Case:
    """The case with what befell the client, which takes the place of advice; a danger goes before it."""
    told = next((sign for sign in shown("circumstance", reading, turn) if sign.archetype), None)
    if told is None or told.archetype is None or case.danger:
        return case
    stated = {**dict(case.stated), CIRCUMSTANCE: told.id}
    return replace(case, archetypes=(told.archetype,), stated=tuple(stated.items()))


def with_facts(case: Case, reading: Reading, turn: Turn) -> Case:
    """The case with what is told that changes its advice: only of such a trouble."""
    signs = [turn.knowledge.signs[name] for name in reading.facts if name in turn.knowledge.signs]
    told = [sign for sign in signs if sign.archetype in case.archetypes]
    back = [sign for sign in told if sign.takes_back in case.facts]
    new = [sign for sign in told if sign.takes_back is None and sign.id not in case.facts]
    if not (new or back):
        return case
    gone = {sign.takes_back for sign in back}
    facts = (*(name for name in case.facts if name not in gone), *(sign.id for sign in new))
    stated = {**dict(case.stated), FACTS: " ".join(facts)}
    return replace(case, stated=tuple(stated.items()), told_now=tuple(sign.id for sign in (*new, *back)))


def under_pressure(case: Case, told: Sequence[str], reading: Reading, turn: Turn) -> Case:
    """The case with what the client does to get their way, which goes before what else is told, or was `told`."""
    signs = shown("pressure", reading, turn)
    kinds = [sign.archetype for sign in signs if sign.archetype]
    if not kinds or case.danger or CIRCUMSTANCE in dict(case.stated):
        return case
    rest = _told_in(reading.rest, turn)
    beside = tuple(turn.knowledge.ranked(rest or told or [flag.archetype for flag in case.flags])[:2])
    stated = {**dict(case.stated), PRESSURE: "+".join(sign.id for sign in signs)}
    return replace(case, archetypes=beside or (kinds[0],), beside=beside, likely=rest, stated=tuple(stated.items()))


def without_parts_of(told: Collection[str], reading: Reading, turn: Turn) -> Reading:
    """The same without the signs that belong to what was told before: who owes money is told when the files come."""
    kept = (name for name in reading.signs if not {*turn.knowledge.signs[name].belongs_to} & {*told})
    return reading._replace(signs=tuple(kept))


def _told_in(words: str, turn: Turn) -> tuple[str, ...]:
    """The archetypes that these words plainly tell of."""
    is_enough = len(words) >= (_CHARACTERS if is_chinese(words) else _LETTERS)
    reading = turn.read(words) if is_enough else None
    return reading.archetypes if reading and reading.is_confident else ()


def is_pressing(reading: Reading, turn: Turn) -> bool:
    """Whether a text tells of a danger, of what befell the client, or of what they do to get their way."""
    return any(shown(kind, reading, turn) for kind in _PRESSING)
