"""What people fill in: the flag form of a message's own menu, and the follow-up question of a card."""

from __future__ import annotations

from bot.arguments import Kind
from bot.commands import ActionSpec, Turn
from bot.events import FOLLOW_UP, Action
from bot.i18n.messages import N
from bot.reply import Field, Form, Option, Reply, Section

FLAG_FORM = "flag-form"
FLAG_ENTRY = N("Flag client…")


def flag_form(action: Action, turn: Turn) -> Reply:
    """Ask which client, which archetype (the likeliest for the message is chosen already) and why."""
    say = turn.speech
    options = tuple(
        Option(say.aside(turn.knowledge.playbook(name, turn.language).name, name), name)
        for name in turn.knowledge.archetypes
    )
    fields = (
        Field("client", say(N("Client")), Kind.CLIENT, hint=say(N("A known name, or a new one"))),
        Field("archetype", say(N("Kind of difficulty")), Kind.ARCHETYPE, _likeliest(action, turn), options=options),
        Field("reason", say(N("What happened, when, how much")), Kind.TEXT, is_required=False),
    )
    hint = N("Write `/client flag <client> <archetype> [reason…]`.")
    return Reply(blocks=(Section(say(hint)),), form=Form("flag", say(N("Flag a client")), say(N("Flag")), fields))


def _likeliest(action: Action, turn: Turn) -> str:
    reading = turn.read(action.text) if action.text else None
    return reading.archetypes[0] if reading and reading.archetypes else ""


def follow_up_form(action: Action, turn: Turn) -> Reply:
    """Ask for the next question; the card that it follows on comes back with it."""
    say = turn.speech
    field = Field("question", say(N("Your question")), Kind.TEXT)
    form = Form(FOLLOW_UP, say(N("Ask a follow-up")), say(N("Ask")), (field,), action.value)
    return Reply(blocks=(Section(say(N("Write your question here; I remember what this is about."))),), form=form)


ACTIONS = (
    ActionSpec(FLAG_FORM, flag_form, opens_form=True),
    ActionSpec(FOLLOW_UP, follow_up_form, opens_form=True, shows_clients=False),
)
