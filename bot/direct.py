"""A direct message where no team can be known: what works there, and why the team's data does not."""

from __future__ import annotations

from bot.commands import Turn
from bot.errors import UserError
from bot.i18n.messages import N
from bot.reply import Note, Reply, Section

WHY = N(
    "Your team's clients and flags are not here: a direct message belongs to no server, and what a team wrote stays "
    "in its own."
)
WHAT_WORKS = N(
    "Here I answer questions about difficult clients in general, and `archetypes` reads the playbooks. For your team's "
    "clients use `/client` in your server: only you see the answer."
)


def no_team() -> UserError:
    """The answer to a command that needs a team."""
    return UserError(WHY, WHAT_WORKS)


def welcome(turn: Turn) -> Reply:
    """The answer to a greeting, or to nothing."""
    return Reply(blocks=(Section(turn.speech(WHAT_WORKS)), Note(turn.speech(WHY))))


def explained(reply: Reply, turn: Turn) -> Reply:
    """An answer with the reason why it is a general one, where there is no team; any other as it stands."""
    if turn.event.place.has_team:
        return reply
    said = turn.speech(WHY)
    return reply._replace(blocks=(*reply.blocks, Note(f"{said}\n{turn.speech(WHAT_WORKS)}")))
