"""The reference: the archetypes with their playbooks, and help."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.playbook import playbook_card
from bot.arguments import Kind, Param
from bot.commands import ARCHETYPE, ARGUMENTS, ActionSpec, CommandSpec, Turn, optional
from bot.direct import explained
from bot.events import Action, Command
from bot.features.common import known_archetype, nickname
from bot.features.pages import gone, paged
from bot.i18n.messages import C, N
from bot.knowledge.schema import Archetype
from bot.reply import Block, Button, Note, Reply, Section
from bot.validation import row_id, shortened
from bot.wording import unknown_command


def archetypes(command: Command, turn: Turn) -> Reply:
    """All archetypes, or the whole playbook of one."""
    if wanted := command.args.get("archetype"):
        return whole_playbook(known_archetype(turn, wanted), turn)
    return _kinds(0, turn)


def _kinds(start: int, turn: Turn) -> Reply:
    lines = [
        turn.speech.pair(nickname(turn, name), turn.knowledge.playbook(name, turn.language).summary)
        for name in turn.knowledge.archetypes
    ]
    hint = turn.speech(N("`/client archetypes mala-paga` has the whole playbook of one."))
    card = Reply(turn.speech(N("The kinds of difficulty")), (Section(items=tuple(lines)), Note(hint)))
    return paged(card, start, Button(turn.speech(N("More")), "archetypes"))


def whole_playbook(archetype: Archetype, turn: Turn, start: int = 0, extra: Sequence[Block] = ()) -> Reply:
    """A playbook from one of its pieces on, in pages if it is too long; `extra` stands near its beginning."""
    card = playbook_card(archetype, turn.knowledge, turn.speech)
    return paged(card, start, Button(turn.speech(N("More")), "playbook", f"{archetype.id}:"), extra)


def next_of_playbook(action: Action, turn: Turn) -> Reply:
    """The page of a playbook that begins with the piece in the button."""
    name, _, start = action.value.partition(":")
    archetype = turn.knowledge.archetypes.get(name)
    if archetype is None:
        raise gone()
    return whole_playbook(archetype, turn, row_id(start))


def help_(command: Command, turn: Turn) -> Reply:
    """What I can do, or how one command is written."""
    if wanted := command.args.get("command"):
        return _help_on(wanted, turn)
    say = turn.speech
    intro = say(N("Flag clients, ask what to do, and read the playbooks. Answers to commands are only for you."))
    lines = tuple(f"{spec.usage(say)}\n      {say(spec.help)}" for spec in turn.commands.values())
    hint = say(
        N("`/client help flag` explains one command. In a thread, mention me instead: `@chao flag acme mala-paga`.")
    )
    first = Button(say(N("The kinds of difficulty")), "archetypes")
    reply = Reply(say(N("What I can do")), (Section(intro), Section(items=lines), Note(hint)), (first,))
    return explained(reply, turn)


def _help_on(wanted: str, turn: Turn) -> Reply:
    name = wanted.strip().removeprefix("/client").strip().casefold()
    spec = next((spec for spec in turn.commands.values() if name in spec.names), None)
    if spec is None:
        raise unknown_command(shortened(name), [name for spec in turn.commands.values() for name in spec.names])
    say = turn.speech
    params = tuple(say.pair(say(ARGUMENTS[param.name]), say(param.help)) for param in spec.params)
    example = say(N("For example: `/client {example}`", example=spec.example))
    also = say(N("Also: {names}.", names=sorted(spec.names - {spec.name}))) if len(spec.names) > 1 else ""
    blocks = (Section(say(spec.help), items=params), Note("\n".join(line for line in (example, also) if line)))
    return Reply(spec.usage(say), blocks)


_COMMAND = Param("command", Kind.WORD, N("a command's name"), is_required=False)


def archetypes_by_button(action: Action, turn: Turn) -> Reply:
    """The list of archetypes, or the page of it that the button names."""
    return _kinds(row_id(action.value), turn)


COMMANDS = (
    CommandSpec(
        "archetypes", C("command", "archetypes"), N("Read the kinds of difficulty and their playbooks."),
        N("archetypes mala-paga"), archetypes, (optional(ARCHETYPE),), shows_clients=False,
    ),
    CommandSpec(
        "help", C("command", "help"), N("See what I can do, or how one command is written."),
        N("help flag"), help_, (_COMMAND,), shows_clients=False,
    ),
)  # fmt: skip
ACTIONS = (
    ActionSpec("archetypes", archetypes_by_button, shows_clients=False),
    ActionSpec("playbook", next_of_playbook, shows_clients=False),
)
