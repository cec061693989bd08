"""Commands in free words: what was made of them is said, and what is not sure is asked about before it is done."""

from __future__ import annotations

from bot.arguments import Kind, quoted
from bot.commands import ActionSpec, CommandSpec, Turn
from bot.events import Action, Command
from bot.features.common import held_command
from bot.i18n.locale import language_of
from bot.i18n.messages import N
from bot.reply import Button, Note, Reply, Section
from bot.validation import admit, checked

CONFIRM = "confirm"


def carried_out(spec: CommandSpec, command: Command, turn: Turn) -> Reply:
    """What the command does and answers; where its words may mean something else, only the question whether to."""
    if command.said.is_unsure:
        return _asked_back(spec, command, turn)
    reply = spec.handler(command, turn)
    if not command.said.is_free or not turn.store.scope.changes:
        return reply
    text = N(
        "I took that as `/client {line}`. If you meant something else: `/client undo`.", line=_line(spec, command, turn)
    )
    return reply._replace(blocks=(*reply.blocks, Note(turn.speech(text))))


def _asked_back(spec: CommandSpec, command: Command, turn: Turn) -> Reply:
    say = turn.speech
    text = N("Do you mean `/client {line}`? Nothing is changed until you say so.", line=_line(spec, command, turn))
    held = turn.store.held.hold(command)
    button = Button(say(N("Yes, do it")), CONFIRM, f"{held}:{turn.language}")
    warning = (Note(say(spec.warning)),) if spec.warning else ()
    return Reply(blocks=(Section(say(text)), *warning), buttons=(button,))


def _line(spec: CommandSpec, command: Command, turn: Turn) -> str:
    """The command in the strict grammar; in public without reasons and notes."""
    shown = [p for p in spec.params if p.name in command.args and not (turn.is_public and p.kind is Kind.TEXT)]
    values = (value if p is spec.params[-1] else quoted(value) for p in shown if (value := command.args[p.name]))
    return " ".join([spec.name, *values])


def confirm(action: Action, turn: Turn) -> Reply:
    """Carry out what its author was asked about."""
    held_id, _, language = action.value.partition(":")
    turn, command = turn.speaking(language_of(language)), held_command(action, turn, held_id)
    spec = turn.commands[command.name]
    admit(spec, turn)
    return spec.handler(checked(spec, command), turn)._replace(language=turn.language)


ACTIONS = (ActionSpec(CONFIRM, confirm, writes=True),)
