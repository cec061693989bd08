"""Composes the advice card of a case. Labels come from the catalogue, advice only from the knowledge file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.advice.case import Case, state_of
from bot.advice.scripts import Filler, script
from bot.arguments import quoted
from bot.commands import Turn
from bot.events import FOLLOW_UP
from bot.i18n.messages import NN, C, Message, N
from bot.i18n.speech import Speech
from bot.knowledge.schema import CHANNELS, Channel, Playbook, Sign, Tone, words_for
from bot.public import the_rest
from bot.reply import Block, Button, Menu, Note, Quote, Reply, Section

SHOWN_TODAY, SHOWN_AVOID = 3, 2
TONE_NAMES: dict[Tone, Message] = {"warm": C("tone", "warm"), "firm": C("tone", "firm"), "final": C("tone", "final")}
CHANNEL_NAMES: dict[Channel, Message] = {"email": C("channel", "email"), "chat": C("channel", "chat")}


@dataclass
class Sources:
    """Collects the knowledge id of every sentence that is used, in order."""

    ids: list[str] = field(default_factory=list)

    def use(self, text: str, entry: str) -> str:
        """The text, once its id is written down."""
        self.ids.append(entry)
        return text

    def lines(self, lines: tuple[str, ...], entry: str, limit: int) -> tuple[str, ...]:
        """The first lines of a list, each with its own id (counted from 1)."""
        return tuple(self.use(line, f"{entry}.{number}") for number, line in enumerate(lines[:limit], 1))


def sign_words(sign: Sign, turn: Turn, sources: Sources) -> Section:
    """What is said to a sign."""
    lines = words_for(sign.texts, turn.language)
    return Section("\n".join(sources.lines(lines, f"signs.{sign.id}", len(lines))))


def advice_card(case: Case, turn: Turn) -> Reply:
    """One screen: why, what to do today, what to say, what to avoid, the next step, the clause to add."""
    sources, playbook = Sources(), turn.knowledge.playbook(case.lead, turn.language)
    safety = (sign_words(turn.knowledge.signs[case.danger], turn, sources),) if case.danger else ()
    blocks = tuple(_blocks(case, turn, playbook, sources))
    sources_line = turn.speech(N("From the playbook: {names}", names=" ".join(sources.ids)))
    title = f"{case.client.name} · {playbook.name}" if case.client else playbook.name
    # Nothing stands above the words on a danger, not even the card's title.
    blocks = (*safety, Section(title=title), *blocks, Note(sources_line)) if safety else (*blocks, Note(sources_line))
    title = "" if safety else title
    return Reply(title, blocks, _buttons(case, turn), _menus(case, turn), tuple(sources.ids))


def _blocks(case: Case, turn: Turn, playbook: Playbook, sources: Sources) -> Iterator[Block]:
    say, lead = turn.speech, case.lead
    if why := _why(case, turn):
        yield Section(why)
    yield from _together(case, turn, sources)
    today = sources.lines(playbook.do_now, f"{lead}.do_now", SHOWN_TODAY)
    yield Section(title=say(N("Do today")), items=today, is_ordered=True)
    yield from _script(case, turn, playbook, sources)
    if playbook.avoid:
        yield Section(title=say(N("Avoid")), items=sources.lines(playbook.avoid, f"{lead}.avoid", SHOWN_AVOID))
    yield from _ladder(case, turn, playbook, sources)
    if playbook.prevent.contract:
        clause = playbook.prevent.contract[0]
        text = sources.use(clause.wording, f"{lead}.prevent.contract.1")
        yield Section(text, title=say(N("For the next contract: {title}", title=clause.title)))
    yield from _law(case, turn, sources)


def _why(case: Case, turn: Turn) -> str:
    if not case.client:
        return ""
    if not case.flags:
        return turn.speech(N("{client} has no open flags: this is general advice.", client=case.client.name))
    kinds = [
        f"{turn.knowledge.playbook(name, turn.language).nickname} ×{sum(f.archetype == name for f in case.flags)}"
        for name in turn.knowledge.ranked(flag.archetype for flag in case.flags)
    ]
    text = NN(
        "{client} has {count} open flag since {day}: {kinds}.", "{client} has {count} open flags since {day}: {kinds}.",
        len(case.flags), client=case.client.name, day=case.flags[0].created_at, kinds=turn.speech.items(kinds),
    )  # fmt: skip
    return turn.speech(text)


def _together(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    archetypes = {*case.archetypes, *(flag.archetype for flag in case.flags)}
    entry = turn.knowledge.combination(archetypes)
    if entry and case.lead in entry.archetypes:
        text = sources.use(words_for(entry.texts, turn.language), f"combinations.{entry.id}")
        yield Section(text, title=turn.speech(N("Two things at once")))


def _script(case: Case, turn: Turn, playbook: Playbook, sources: Sources) -> Iterator[Block]:
    tone = case.tone_in(turn)
    words = script(playbook, tone, case.channel)
    if words is None:
        return
    letter = Speech(turn.knowledge.spoken(case.lead, turn.language))
    filler = Filler(turn.knowledge, letter, case.values(turn), turn.now.date())
    filled = filler.fill(*words)
    say = turn.speech
    name = N("Say ({tone}, {channel})", tone=TONE_NAMES[tone], channel=CHANNEL_NAMES[case.channel])
    yield Quote(sources.use(filled.text, f"{case.lead}.{filled.entry}"), say(name))
    wanted = [filler.label(name) for name in filled.missing if name not in ("sender", "client")]
    if wanted and case.client and not turn.is_public:
        ask = N(
            "It would be more exact with: {names}. Tell me with `/client note {client} {first}: …` and I fill it in.",
            names=say.items(wanted), client=quoted(case.client.name), first=wanted[0],
        )  # fmt: skip
        yield Note(say(ask))


def _ladder(case: Case, turn: Turn, playbook: Playbook, sources: Sources) -> Iterator[Block]:
    step = case.rung(turn)
    if step is None or playbook.escalate is None:
        return
    steps, entry, say = playbook.escalate.steps, f"{case.lead}.escalate", turn.speech
    lines = [sources.use(steps[step.now.step], f"{entry}.{step.now.step}")]
    if step.next and step.next_on:
        following = sources.use(steps[step.next.step], f"{entry}.{step.next.step}")
        lines.append(say(N("If nothing has changed by {day}: {step}", day=step.next_on, step=following)))
    yield Section("\n".join(lines), title=say(N("Where this stands")))


def _law(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    fact = turn.knowledge.law.get(turn.store.settings.get("country", ""))
    if case.lead != "mala-paga" or fact is None:
        return
    lines = sources.lines(words_for(fact.texts, turn.language), f"law.{fact.id}", 5)
    checked = turn.speech(
        N("The law, checked on {day} ({source})", day=fact.sources[0].checked, source=fact.sources[0].title)
    )
    yield Section(title=checked, items=lines)


def _buttons(case: Case, turn: Turn) -> tuple[Button, ...]:
    say, state = turn.speech, state_of(case)
    labels = (("more", N("More")), ("share", N("Share")), ("helpful", N("Helpful")), ("unhelpful", N("Not helpful")))
    buttons = [
        Button(say(label), action, state) for action, label in labels if not (turn.is_public and action == "share")
    ]
    other = Button(say(N("It is another kind")), "kinds", state)
    rest = the_rest(turn, "as", state) if case.client else ()
    return (*buttons, *rest, other, Button(say(N("Ask a follow-up")), FOLLOW_UP, state))


def _menus(case: Case, turn: Turn) -> tuple[Menu, ...]:
    say, tone = turn.speech, case.tone_in(turn)
    tones = tuple(Button(say(TONE_NAMES[name]), "advice", state_of(case, tone=name)) for name in case.tones)
    kept = case.tone or tone
    ways = tuple(Button(say(CHANNEL_NAMES[n]), "advice", state_of(case, tone=kept, channel=n)) for n in CHANNELS)
    return (
        Menu(say(N("Tone")), tones, state_of(case, tone=tone)),
        Menu(say(N("Channel")), ways, state_of(case, tone=kept, channel=case.channel)),
    )
