"""What several features need: finding the client or the command that is meant, saying an archetype's name."""

from __future__ import annotations

import difflib

from bot.advice.why import known_as
from bot.commands import Turn
from bot.errors import UserError
from bot.events import Action, Command
from bot.i18n.messages import N
from bot.knowledge.schema import Archetype
from bot.names import client_name
from bot.records import Client
from bot.validation import row_id, shortened


def known_client(turn: Turn, name: str) -> Client:
    """The client with this name, or a `UserError` with the nearest ones."""
    wanted = client_name(name)
    client = turn.store.clients.find(wanted)
    if client:
        return client
    raise no_such_client(turn, wanted)


def client_of_button(turn: Turn, value: str) -> Client:
    """The client whose id a button holds; a `UserError` once it is forgotten."""
    client = turn.store.clients.by_id(row_id(value))
    if client is None:
        raise UserError(N("That client is no longer there."))
    return client


def held_command(action: Action, turn: Turn, held_id: str) -> Command:
    """The command that its author was asked about, to be carried out by this button; it is held no more."""
    held = turn.store.held.take(row_id(held_id))
    if held is None:
        raise UserError(N("That question is no longer open."), N("Send the command again."))
    return Command(action.id, action.user, action.place, held.name, held.args, evidence=held.evidence)


def no_such_client(turn: Turn, name: str) -> UserError:
    """The refusal of a name that nobody bears."""
    near = turn.store.clients.near(name)
    text = N("I know no client called “{name}”.", name=shortened(name))
    if near:
        return UserError(
            text, N("Did you mean {names}?", names=turn.speech.either([turn.speech.quoted(c.name) for c in near]))
        )
    return UserError(text, N("`/client list` shows the clients with flags; a first `/client flag` adds one."))


def known_archetype(turn: Turn, name: str) -> Archetype:
    """The archetype that a name means, or a `UserError` with the nearest one."""
    archetype = turn.knowledge.archetype(name)
    if archetype:
        return archetype
    ids = [f"`{archetype_id}`" for archetype_id in turn.knowledge.archetypes]
    near = difflib.get_close_matches(name.casefold(), list(turn.knowledge.aliases), 1, 0.6)
    text = N("I don't know the archetype “{name}”.", name=shortened(name))
    if near:
        meant = turn.knowledge.aliases[near[0]]
        raise UserError(text, N("Did you mean `{name}`? There are: {names}.", name=meant, names=ids), "archetype")
    quotes = N(
        'There are: {names}. A client\'s name with spaces goes in quotes: `/client flag "Acme Corp" mala-paga`.',
        names=ids,
    )
    raise UserError(text, quotes, "archetype", N("There are: {names}.", names=ids))


def label(turn: Turn, archetype_id: str) -> str:
    """An archetype as people see it: its display name, or its id when the knowledge no longer has it."""
    return turn.knowledge.names[turn.language].get(archetype_id, archetype_id)


def nickname(turn: Turn, archetype_id: str) -> str:
    """The id with the folk name of the reader's language, when it is another word."""
    return known_as(archetype_id, turn.knowledge, turn.speech)
