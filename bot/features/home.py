"""The bot's front page: what needs attention first, flagged clients by archetype, and how to ask."""

from __future__ import annotations

from collections.abc import Iterator

from bot.commands import ActionSpec, Turn
from bot.events import Action
from bot.features.common import label
from bot.features.ranking import Ranked, counted, ranked_by_need
from bot.i18n.messages import NN, Message, N
from bot.i18n.speech import Speech
from bot.reply import Block, Button, Reply, Section

FIRST, SHOWN_A_KIND = 5, 10


def home(_action: Action, turn: Turn) -> Reply:
    """The page for who opens it."""
    ranked = ranked_by_need(turn)
    blocks = (*_attention(ranked, turn), *_kinds(ranked, turn), *_how(turn))
    return Reply(turn.speech(N("Difficult clients, handled well")), blocks, (_kinds_button(turn),))


def _attention(ranked: list[Ranked], turn: Turn) -> Iterator[Block]:
    say = turn.speech
    if not ranked:
        yield Section(say(N("No client has open flags. Enjoy the quiet.")))
        return
    lines = tuple(say.pair(entry.client, counted(entry, turn)) for entry in ranked[:FIRST])
    yield Section(title=say(N("In most need of attention")), items=lines, is_ordered=True)


def _kinds(ranked: list[Ranked], turn: Turn) -> Iterator[Block]:
    names = {name for entry in ranked for name in entry.counts}
    known = turn.knowledge.ranked(names)
    for name in (*known, *sorted(names.difference(known))):
        yield _kind(name, [entry for entry in ranked if name in entry.counts], turn)


def _kind(name: str, ranked: list[Ranked], turn: Turn) -> Section:
    say = turn.speech
    buttons = tuple(Button(entry.client, "show", str(entry.client_id)) for entry in ranked[:SHOWN_A_KIND])
    more = len(ranked) - SHOWN_A_KIND
    rest = NN("And {count} more: `/client list {name}`.", "And {count} more: `/client list {name}`.", more, name=name)
    return Section(say(rest) if more > 0 else "", title=label(turn, name), buttons=buttons)


def _how(turn: Turn) -> Iterator[Block]:
    say = turn.speech
    lines = (
        say(N("Mention me with a question, in any channel I am in: “Acme hasn't paid in two months”.")),
        say(N("Write to me here, in a direct message: only you see it.")),
        say(N('Flag a client: `/client flag acme mala-paga "inv 104, 20 days late"`.')),
        say(N("`/client help` has the rest.")),
    )
    yield Section(title=say(N("How to ask")), items=lines)


def _kinds_button(turn: Turn) -> Button:
    return Button(turn.speech(N("The kinds of difficulty")), "archetypes")


def prompts(speech: Speech) -> tuple[str, ...]:
    """Questions that a person may try first."""
    return (
        speech(N("Acme hasn't paid in two months and wants another project")),
        speech(N("They want round nine of changes for the same price")),
        speech(N("The client calls me on Sunday nights")),
        speech(N("They see no need to sign anything, a handshake is enough")),
    )


def thinking() -> Message:
    """What is shown while an answer is on its way."""
    return N("is looking in the playbooks…")


ACTIONS = (ActionSpec("home", home),)
