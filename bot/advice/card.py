"""Composes the advice card of a case. Labels come from the catalogue, advice only from the knowledge file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.advice.case import Case, state_of
from bot.advice.ladder import DEBT, announced, tone_for
from bot.advice.law import law
from bot.advice.own_letter import circumstance_of, ends_for_good, own_letter, pressures_of, sign_with_letter
from bot.advice.rephrased import for_this_case
from bot.advice.scripts import Filler, last_day, script
from bot.advice.sources import Sources
from bot.advice.standing import left_to_pay, values_since, words_since
from bot.advice.why import why
from bot.arguments import quoted
from bot.commands import Turn
from bot.events import FOLLOW_UP
from bot.i18n.messages import C, Message, N
from bot.i18n.speech import Speech
from bot.knowledge.schema import CHANNELS, Channel, Playbook, Sign, Step, Tone, words_for
from bot.public import the_rest
from bot.reply import Block, Button, Menu, Note, Quote, Reply, Section
from bot.understanding.workdays import business_day

SHOWN_TODAY, SHOWN_THEN, SHOWN_AVOID = 3, 2, 2
TONE_NAMES: dict[Tone, Message] = {"warm": C("tone", "warm"), "firm": C("tone", "firm"), "final": C("tone", "final")}
CHANNEL_NAMES: dict[Channel, Message] = {"email": C("channel", "email"), "chat": C("channel", "chat")}


def sign_words(sign: Sign, turn: Turn, sources: Sources) -> Section:
    """What is said to a sign."""
    lines = words_for(sign.texts, turn.language)
    return Section("\n".join(sources.lines(lines, f"signs.{sign.id}", len(lines))))


def told_facts(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    """What this message told that changes the advice, and how."""
    for name in case.told_now:
        yield sign_words(turn.knowledge.signs[name], turn, sources)


def whether(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    """What of it may be refused, and what may not."""
    if lines := case.playbook(turn).whether:
        yield Section("\n".join(sources.lines(lines, f"{case.lead}.whether", len(lines))))


def advice_card(case: Case, turn: Turn) -> Reply:
    """One screen: why, what to do today, what to say, what to avoid, the next step, the clause to add."""
    sources, playbook = Sources(), case.playbook(turn)
    safety = (sign_words(turn.knowledge.signs[case.danger], turn, sources),) if case.danger else ()
    blocks = tuple(_blocks(case, turn, playbook, sources))
    title, end = title_of(case, turn), from_playbook(sources, turn)
    # Nothing stands above the words on a danger, not even the card's title.
    blocks = (*safety, Section(title=title), *blocks, end) if safety else (*blocks, end)
    title = "" if safety else title
    return Reply(title, blocks, card_buttons(case, turn), card_menus(case, turn), tuple(sources.ids))


def title_of(case: Case, turn: Turn) -> str:
    """Whose trouble, and which kind."""
    if circumstance_of(case, turn) or pressures_of(case, turn):
        return case.client.name if case.client else ""
    name = turn.knowledge.playbook(case.lead, turn.language).name
    return f"{case.client.name} · {name}" if case.client else name


def from_playbook(sources: Sources, turn: Turn) -> Note:
    """Which entries a card was made of."""
    return Note(turn.speech(N("From the playbook: {names}", names=" ".join(sources.ids))))


def today(case: Case, turn: Turn, sources: Sources) -> Section:
    """What to do first."""
    lines = case.playbook(turn).do_now
    items = sources.lines(lines, f"{case.lead}.do_now", SHOWN_TODAY)
    return Section(title=turn.speech(N("Do today")), items=items, is_ordered=True)


def _blocks(case: Case, turn: Turn, playbook: Playbook, sources: Sources) -> Iterator[Block]:
    say, lead = turn.speech, case.lead
    if reason := why(case, turn):
        yield Section(reason)
    if case.asks_whether:
        yield from whether(case, turn, sources)
    yield from told_facts(case, turn, sources)
    yield from left_to_pay(case, turn)
    yield from for_this_case(case, turn, sources)
    yield from _together(case, turn, sources)
    yield today(case, turn, sources)
    yield from treated_then(case.archetypes[1:], turn, sources)
    if _has_letter(case):
        yield from letter(case, turn, sources)
    if playbook.avoid:
        yield Section(title=say(N("Avoid")), items=sources.lines(playbook.avoid, f"{lead}.avoid", SHOWN_AVOID))
    yield from ladder(case, turn, sources)
    if playbook.prevent.contract:
        clause = playbook.prevent.contract[0]
        text = sources.use(clause.wording, f"{lead}.prevent.contract.1")
        yield Section(text, title=say(N("For the next contract: {title}", title=clause.title)))
    yield from law(case, turn, sources)


def _together(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    flagged = turn.knowledge.ranked(flag.archetype for flag in case.flags)
    pairs = (turn.knowledge.combination((case.lead, other)) for other in (*case.archetypes, *flagged))
    if entry := next(filter(None, pairs), None):
        text = sources.use(words_for(entry.texts, turn.language), f"combinations.{entry.id}")
        yield Section(text, title=turn.speech(N("Two things at once")))


def treated_then(archetypes: Iterable[str], turn: Turn, sources: Sources) -> Iterator[Block]:
    """The first steps on what is treated after something else."""
    for name in archetypes:
        playbook = turn.knowledge.playbook(name, turn.language)
        lines = sources.lines(playbook.do_now, f"{name}.do_now", SHOWN_THEN)
        yield Section(title=turn.speech(N("Then: {kind}", kind=playbook.name)), items=lines)


def _has_letter(case: Case) -> bool:
    """In danger there is none until it is asked for: nobody is to write first, nor of what nobody told us."""
    return bool(not case.danger or case.tone)


def letter(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    """What to say: the sign's own letter where it has one, else the playbook's."""
    sign = sign_with_letter(case, turn)
    if sign:
        yield from own_letter(sign, case, turn, sources)
    if sign is None or ends_for_good(case):
        yield from _playbook_letter(case, turn, sources)


def _playbook_letter(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    """What to say in the case's tone and channel, and what would make it more exact."""
    tone, language = case.tone_in(turn), case.language or turn.language
    since = words_since(case, language, turn)
    words = since or script(case.playbook(turn, language), tone, case.channel)
    if words is None:
        return
    spoken = Speech(turn.knowledge.spoken(case.lead, language))
    filler = Filler(turn.knowledge, spoken, values_since(case, spoken, turn), turn.now.date())
    filled = filler.fill(*words)
    say = turn.speech
    name = N("Say ({tone}, {channel})", tone=TONE_NAMES[tone], channel=CHANNEL_NAMES[case.channel])
    yield Quote(sources.use(filled.text, filled.entry if since else f"{case.lead}.{filled.entry}"), say(name))
    reader = filler._replace(speech=turn.speech)
    wanted = [reader.label(name) for name in filled.missing if name not in ("sender", "client")]
    if wanted and case.client and not turn.is_public:
        ask = N(
            "It would be more exact with: {names}. Tell me with `/client note {client} {first}: …` and I fill it in.",
            names=say.items(wanted), client=quoted(case.client.name), first=wanted[0],
        )  # fmt: skip
        yield Note(say(ask))


def ladder(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    """The step that is due and the one after it."""
    step, playbook = case.rung(turn), case.playbook(turn)
    if step is None or playbook.escalate is None:
        return
    steps, entry, say = playbook.escalate.steps, f"{case.lead}.escalate", turn.speech
    if sign := sign_with_letter(case, turn):
        if sign.step in steps:
            yield Section(sources.use(steps[sign.step], f"{entry}.{sign.step}"), title=say(N("Where this stands")))
        return
    if waits := after_promise(case, turn):
        day, due = waits
        line = _announcement(sources.use(steps[due.step], f"{entry}.{due.step}"), day)
        yield Section(say(line), title=say(N("Where this stands")))
        return
    lines = [sources.use(steps[step.now.step], f"{entry}.{step.now.step}")]
    if step.before and step.now.tone == "final":
        # Nobody knows what was done: a last notice must not be the first word.
        earlier = sources.use(steps[step.before.step], f"{entry}.{step.before.step}")
        lines.append(say(N("If this has not been done yet, it comes first: {step}", step=earlier)))
    if step.next:
        following = sources.use(steps[step.next.step], f"{entry}.{step.next.step}")
        lines.append(say(_announcement(following, next_day(case, turn))))
    yield Section("\n".join(lines), title=say(N("Where this stands")))


def after_promise(case: Case, turn: Turn) -> tuple[date, Step] | None:
    """The working day after the one that they named, and the step that is due then; None where no day is to come."""
    step, promised = case.rung(turn), case.promised
    if step is None or promised is None or promised < turn.now.date() or case.lead != DEBT:
        return None
    day = business_day(promised, 1)
    return day, step.next if step.next and step.next_on and step.next_on <= day else step.now


def next_day(case: Case, turn: Turn) -> date | None:
    """The working day on which the next step is due; None where it waits for a repetition, or there is none."""
    step = case.rung(turn)
    if step is None or step.next_on is None:
        return None
    # The time that the step gave, however kindly the letter goes on since.
    tone = tone_for(step) if case.said_last(turn) and not case.tone else case.tone_in(turn)
    words = script(case.playbook(turn), tone, case.channel)
    return announced(step.next_on, last_day(words[0], turn.knowledge, turn.now.date()) if words else None)


def _announcement(step: str, day: date | None) -> Message:
    if day is None:
        return N("If it happens again: {step}", step=step)
    return N("If nothing has changed by {day}: {step}", day=day, step=step)


def card_buttons(case: Case, turn: Turn) -> tuple[Button, ...]:
    """What can be done with the advice on a case."""
    say, state = turn.speech, state_of(case)
    other = Button(say(N("It is another kind")), "kinds", state)
    if circumstance_of(case, turn):
        # The others lead back to the playbook, of which nothing fits.
        return (other,)
    if pressures_of(case, turn):
        cases = ((name, replace(case, archetypes=(name,), tone=None)) for name in case.archetypes)
        names = [(turn.knowledge.playbook(name, turn.language).name, chosen) for name, chosen in cases]
        return (*(Button(name, "as", state_of(chosen)) for name, chosen in names), other)
    labels = (("more", N("More")), ("share", N("Share")), ("helpful", N("Helpful")), ("unhelpful", N("Not helpful")))
    buttons = [
        Button(say(label), action, state) for action, label in labels if not (turn.is_public and action == "share")
    ]
    rest = the_rest(turn, "as", state) if case.client else ()
    return (*buttons, *rest, other, Button(say(N("Ask a follow-up")), FOLLOW_UP, state))


def card_menus(case: Case, turn: Turn) -> tuple[Menu, ...]:
    """Tone and channel of its letter."""
    if circumstance_of(case, turn) or pressures_of(case, turn):
        return ()
    say, tone = turn.speech, case.tone_in(turn)
    tones = tuple(Button(say(TONE_NAMES[name]), "advice", state_of(case, tone=name)) for name in case.tones)
    kept = case.tone or tone
    ways = tuple(Button(say(CHANNEL_NAMES[n]), "advice", state_of(case, tone=kept, channel=n)) for n in CHANNELS)
    return (
        Menu(say(N("Tone")), tones, state_of(case, tone=tone) if _has_letter(case) else ""),
        Menu(say(N("Channel")), ways, state_of(case, tone=kept, channel=case.channel) if _has_letter(case) else ""),
    )
