"""One part of the advice, for who asks for just that: the letter, what comes next, the contract, the law, the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.advice.card import (
    after_promise,
    card_buttons,
    card_menus,
    from_playbook,
    ladder,
    letter,
    next_day,
    sign_words,
    title_of,
    told_facts,
    whether,
)
from bot.advice.case import Case
from bot.advice.ladder import DEBT
from bot.advice.law import law
from bot.advice.own_letter import pressures_of, sign_with_letter
from bot.advice.pressure import after_today, to_avoid
from bot.advice.sources import Sources
from bot.commands import Turn
from bot.i18n.messages import N
from bot.knowledge.intents import Intent, Part
from bot.knowledge.schema import Principle, words_for
from bot.reply import Block, Quote, Reply, Section

Composer = Callable[[Case, Turn, Sources], Iterator[Block]]
NEAREST = 3


def part_card(part: Part, case: Case, turn: Turn, asking: Iterable[Intent] = ()) -> Reply:
    """The part, with the buttons of the whole card, after what is to be said to those who ask for it so."""
    sources = Sources()
    blocks = (*_said(asking, turn, sources), *told_facts(case, turn, sources), *_PARTS[part](case, turn, sources))
    menus = card_menus(_later(case, turn) if part == "next" else case, turn) if part in ("say", "next") else ()
    return Reply(
        title_of(case, turn), (*blocks, from_playbook(sources, turn)), card_buttons(case, turn), menus,
        tuple(sources.ids),
    )  # fmt: skip


def _said(intents: Iterable[Intent], turn: Turn, sources: Sources) -> Iterator[Block]:
    for intent in intents:
        if intent.texts:
            lines = words_for(intent.texts, turn.language)
            yield Section("\n".join(sources.lines(lines, f"intents.{intent.id}", len(lines))))


def general_card(part: Part, kinds: Sequence[str], turn: Turn, asking: Iterable[Intent] = ()) -> Reply | None:
    """The same where nothing was told of a client: what holds for all, or for the kinds that may be meant."""
    if part not in _GENERAL:
        return None
    sources = Sources()
    blocks = (*_said(asking, turn, sources), *_GENERAL[part](kinds[:NEAREST], turn, sources))
    return Reply(blocks=(*blocks, from_playbook(sources, turn)), sources=tuple(sources.ids))


def law_card(code: str, turn: Turn) -> Reply:
    """The law of a place that was named, and how to have it at hand; or that there are no notes on it."""
    sources, is_known = Sources(), code in turn.knowledge.law
    facts = tuple(law(Case(None, (DEBT,), country=code), turn, sources, is_whole=True))
    keep = N("`/client settings country {code}` keeps it for the whole team.", code=code)
    none = N("I have no notes on the law of {code}, only on {names}.", code=code, names=sorted(turn.knowledge.law))
    rules = tuple(_rules((), turn, sources))
    blocks = (*facts, *rules, Section(turn.speech(keep))) if is_known else (Section(turn.speech(none)), *rules)
    return Reply(blocks=(*blocks, from_playbook(sources, turn)), sources=tuple(sources.ids))


def _later(case: Case, turn: Turn) -> Case:
    """The case in the tone of the step after this one."""
    if waits := after_promise(case, turn):
        return replace(case, tone=waits[1].tone)
    step = case.rung(turn)
    return replace(case, tone=step.next.tone) if step and step.next else case


def _next(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    """Where it stands, and the letter that goes with the step after this one, as it will read on its day."""
    sign = sign_with_letter(case, turn)
    if sign:
        # Whatever they do next, this holds, and nobody writes twice.
        yield sign_words(sign, turn, sources)
        yield from after_today(sign, turn, sources)
    yield from ladder(case, turn, sources)
    if sign:
        return
    step, waits = case.rung(turn), after_promise(case, turn)
    if waits is None and step and step.now.tone == "final":
        # A last letter is written once; what comes after it is the end.
        yield from _goodbye(case, turn, sources)
        return
    # In the tone of what is next today: on its day the ladder has moved on, and would name the step after it.
    later, day = _later(case, turn), waits[0] if waits else next_day(case, turn)
    if day:
        yield Section(turn.speech(N("For {day}, if nothing has changed:", day=day)))
        wait = day - turn.now.date()
        later = replace(later, days=None if later.days is None else later.days + wait.days)
        turn = turn._replace(now=turn.now + wait)
    yield from letter(later, turn, sources)


def _contract(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    return _clauses([case.lead], turn, sources)


def _clauses(kinds: Iterable[str], turn: Turn, sources: Sources, most: int | None = None) -> Iterator[Block]:
    """The first clauses of each of these kinds."""
    for name in kinds:
        clauses = turn.knowledge.playbook(name, turn.language).prevent.contract[:most]
        for number, clause in enumerate(clauses, 1):
            label = turn.speech(N("Clause: {title}", title=clause.title))
            yield Quote(sources.use(clause.wording, f"{name}.prevent.contract.{number}"), label)


def _first_clauses(kinds: Iterable[str], turn: Turn, sources: Sources) -> Iterator[Block]:
    return _clauses(kinds, turn, sources, 1)


def _law(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    yield from law(case, turn, sources, is_whole=True)
    yield from _no_country(turn)
    yield from _rules((), turn, sources)


def _facts(_kinds: Sequence[str], turn: Turn, sources: Sources) -> Iterator[Block]:
    return _law(Case(None, (DEBT,)), turn, sources)


def _no_country(turn: Turn) -> Iterator[Block]:
    if turn.store.settings.get("country", "") not in turn.knowledge.law:
        text = N("Law differs by place: `/client settings country ES` tells me yours. I have notes on {names}.",
            names=sorted(turn.knowledge.law))  # fmt: skip
        yield Section(turn.speech(text))


def _whether(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    """Yes or no, and the letter that says it; after a danger nobody is to write first."""
    if sign := sign_with_letter(case, turn):
        yield sign_words(sign, turn, sources)
    else:
        yield from whether(case, turn, sources)
    if not case.danger:
        yield from letter(case, turn, sources)


def _avoid(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    if pressing := pressures_of(case, turn):
        yield from to_avoid(pressing[0], turn, sources)
        yield from _rules((), turn, sources)
        return
    lines = case.playbook(turn).avoid
    if lines:
        items = sources.lines(lines, f"{case.lead}.avoid", len(lines))
        yield Section(title=turn.speech(N("Avoid")), items=items)
    yield from _rules((), turn, sources)


def _rules(_kinds: Sequence[str], turn: Turn, sources: Sources) -> Iterator[Block]:
    rules = _principles(turn.knowledge.principles.script_rules, "script_rules", turn, sources)
    yield Section(title=turn.speech(N("Whatever the trouble")), items=rules)


def _goodbye(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    goodbye = case.playbook(turn).goodbye
    for title, name, lines in (
        (N("When to say goodbye"), "when", goodbye.when),
        (N("How to say goodbye"), "how", goodbye.how),
    ):
        if lines:
            entry = f"{case.lead}.goodbye.{name}"
            yield Section(title=turn.speech(title), items=sources.lines(lines, entry, len(lines)))
    yield from _checklist((), turn, sources)


def _checklist(_kinds: Sequence[str], turn: Turn, sources: Sources) -> Iterator[Block]:
    steps = _principles(turn.knowledge.principles.exit_checklist, "exit_checklist", turn, sources)
    yield Section(title=turn.speech(N("To end it well")), items=steps, is_ordered=True)


def _price(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    return _prices([case.lead], turn, sources)


def _prices(kinds: Sequence[str], turn: Turn, sources: Sources) -> Iterator[Block]:
    for name in kinds:
        playbook = turn.knowledge.playbook(name, turn.language)
        if lines := playbook.prevent.price:
            items = sources.lines(lines, f"{name}.prevent.price", len(lines))
            yield Section(title=turn.speech(N("Price")), items=items)


def _principles(entries: Iterable[Principle], name: str, turn: Turn, sources: Sources) -> tuple[str, ...]:
    return tuple(sources.use(words_for(entry.texts, turn.language), f"{name}.{entry.id}") for entry in entries)


_PARTS: Mapping[Part, Composer] = {
    "say": letter, "next": _next, "contract": _contract, "law": _law, "avoid": _avoid, "goodbye": _goodbye,
    "price": _price, "whether": _whether,
}  # fmt: skip
_GENERAL: Mapping[Part, Callable[[Sequence[str], Turn, Sources], Iterator[Block]]] = {
    "contract": _first_clauses, "law": _facts, "avoid": _rules, "goodbye": _checklist, "price": _prices,
}  # fmt: skip
