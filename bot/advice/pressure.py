"""The answer to what a client does to get their way: a review, money back, a lawyer, no invoice; then the rest told."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.card import SHOWN_AVOID, SHOWN_THEN, SHOWN_TODAY, card_buttons, from_playbook, sign_words, treated_then
from bot.advice.case import Case
from bot.advice.own_letter import own_letter, pressures_of
from bot.advice.sources import Sources
from bot.advice.why import why
from bot.commands import Turn
from bot.i18n.messages import N
from bot.knowledge.schema import Sign, words_for
from bot.reply import Block, Reply, Section

ABUSE = "abusivo"


def pressure_card(case: Case, turn: Turn) -> Reply:
    """One screen: what to do today, what to send, what to avoid, and the first steps on whatever else is told."""
    sources = Sources()
    blocks = (*_blocks(case, turn, sources), from_playbook(sources, turn))
    return Reply(case.client.name if case.client else "", blocks, card_buttons(case, turn), sources=tuple(sources.ids))


def _blocks(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    first, *others = pressures_of(case, turn)
    # Whatever they want, people who are being abused come first.
    yield from _people(case, turn, sources)
    yield sign_words(first, turn, sources)
    yield from _to_do(first, SHOWN_TODAY, turn, sources)
    if first.say:
        yield from own_letter(first, case, turn, sources)
    yield from to_avoid(first, turn, sources)
    for sign in others:
        yield sign_words(sign, turn, sources)
        yield from _to_do(sign, SHOWN_THEN, turn, sources)
    if case.flags and (reason := why(case, turn)):
        yield Section(reason)
    yield from treated_then((name for name in case.beside if name != ABUSE), turn, sources)


def _people(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    if ABUSE in case.beside:
        playbook = turn.knowledge.playbook(ABUSE, turn.language)
        lines = sources.lines(playbook.do_now, f"{ABUSE}.do_now", SHOWN_THEN)
        yield Section(title=playbook.name, items=lines)


def _to_do(sign: Sign, limit: int, turn: Turn, sources: Sources) -> Iterator[Block]:
    if sign.do_now:
        lines = sources.lines(words_for(sign.do_now, turn.language), f"signs.{sign.id}.do_now", limit)
        yield Section(title=turn.speech(N("Do today")), items=lines, is_ordered=True)


def after_today(sign: Sign, turn: Turn, sources: Sources) -> Iterator[Block]:
    """What comes after what was to do at once."""
    lines = words_for(sign.do_now, turn.language)[SHOWN_TODAY:] if sign.do_now else ()
    if lines:
        entry = f"signs.{sign.id}.do_now"
        yield Section(items=tuple(sources.use(line, f"{entry}.{n}") for n, line in enumerate(lines, SHOWN_TODAY + 1)))


def to_avoid(sign: Sign, turn: Turn, sources: Sources) -> Iterator[Block]:
    """What not to do."""
    if sign.avoid:
        lines = words_for(sign.avoid, turn.language)
        yield Section(title=turn.speech(N("Avoid")), items=sources.lines(lines, f"signs.{sign.id}.avoid", SHOWN_AVOID))
