"""The whole playbook of an archetype as a card: what `More`, `/client archetypes` and `chao knowledge show` print."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.card import CHANNEL_NAMES, TONE_NAMES
from bot.i18n.messages import Message, N
from bot.i18n.speech import Speech
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Archetype, Playbook
from bot.reply import Block, Note, Quote, Reply, Section


def playbook_card(archetype: Archetype, knowledge: Knowledge, speech: Speech) -> Reply:
    """Everything that the knowledge file says of an archetype; scripts with their gaps as they stand."""
    playbook = knowledge.playbook(archetype.id, speech.language)
    blocks = (Section(playbook.summary), *_lists(playbook, speech), *_scripts(playbook, speech))
    blocks = (
        *blocks,
        *_prevent(playbook, speech),
        *_endings(archetype, playbook, speech),
        *_sources(archetype, speech),
    )
    return Reply(f"{playbook.name} ({archetype.id} · {playbook.nickname})", blocks, sources=(archetype.id,))


def _lists(playbook: Playbook, say: Speech) -> Iterator[Block]:
    lists: tuple[tuple[Message, tuple[str, ...]], ...] = (
        (N("Signals"), playbook.signals),
        (N("What it is not"), playbook.not_this),
        (N("What is at risk"), playbook.risk),
        (N("Do today"), playbook.do_now),
        (N("Avoid"), playbook.avoid),
    )
    yield from (Section(title=say(title), items=lines) for title, lines in lists if lines)


def _scripts(playbook: Playbook, say: Speech) -> Iterator[Block]:
    for tone, email in playbook.say.email.items():
        name = N("Say ({tone}, {channel})", tone=TONE_NAMES[tone], channel=CHANNEL_NAMES["email"])
        yield Quote(f"{email.subject}\n\n{email.body}", say(name))
    for tone, chat in playbook.say.chat.items():
        yield Quote(chat, say(N("Say ({tone}, {channel})", tone=TONE_NAMES[tone], channel=CHANNEL_NAMES["chat"])))


def _prevent(playbook: Playbook, say: Speech) -> Iterator[Block]:
    for clause in playbook.prevent.contract:
        yield Quote(clause.wording, say(N("Clause: {title}", title=clause.title)))
    for title, lines in ((N("Price"), playbook.prevent.price), (N("Process"), playbook.prevent.process)):
        if lines:
            yield Section(title=say(title), items=lines)


def _endings(archetype: Archetype, playbook: Playbook, say: Speech) -> Iterator[Block]:
    if playbook.escalate:
        words = playbook.escalate.steps
        steps = [say(N("day {count}: {step}", count=s.after_days, step=words[s.step])) for s in archetype.escalate]
        title = N("Ladder, counted from {start}", start=playbook.escalate.counts_from)
        yield Section(title=say(title), items=tuple(steps))
    endings = (
        (N("When to say goodbye"), playbook.goodbye.when),
        (N("How to say goodbye"), playbook.goodbye.how),
        (N("What could we have caused?"), playbook.our_part),
    )
    yield from (Section(title=say(title), items=lines) for title, lines in endings if lines)


def _sources(archetype: Archetype, say: Speech) -> Iterator[Block]:
    lines = [
        say.aside(" ".join(filter(None, (source.title, source.url))), say(N("checked {day}", day=source.checked)))
        for source in archetype.sources
    ]
    if lines:
        yield Note("\n".join([say(N("Sources")), *lines]))
