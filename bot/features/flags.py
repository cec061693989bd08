"""Flag a client, resolve flags, add a note, take the last change back."""

from __future__ import annotations

from datetime import timedelta

from bot.arguments import Kind, Param
from bot.commands import ARCHETYPE, CLIENT, ActionSpec, CommandSpec, Turn, optional
from bot.errors import UserError
from bot.events import Action, Command
from bot.features.advice import advice_buttons
from bot.features.common import client_of_button, held_command, known_archetype, known_client, label, nickname
from bot.i18n.messages import NN, C, Message, N
from bot.names import client_name
from bot.public import the_rest
from bot.records import Client, Flag, Status
from bot.reply import Button, Reply, Section
from bot.storage.flags import COUNTED, expiry
from bot.storage.undo import ChangedSinceError
from bot.validation import row_id

EXPIRY_DAYS = 180
SLIP = timedelta(seconds=60)
NEW = "new"
ALL = 1_000_000


def flag(command: Command, turn: Turn) -> Reply:
    """Put a flag on a client, which is added when new; a name that is nearly a known one is asked about first."""
    archetype = known_archetype(turn, command.args["archetype"])
    name = client_name(command.args["client"])
    client = turn.store.clients.find(name)
    if client is None and (near := turn.store.clients.near(name)):
        return _which(command, turn, name, near)
    return _flag(command, turn, client or turn.store.clients.create(name), archetype.id)


def _which(command: Command, turn: Turn, name: str, near: list[Client]) -> Reply:
    held = turn.store.held.hold(command)
    buttons = [Button(client.name, "pick", f"{held}:{client.id}") for client in near]
    buttons.append(Button(turn.speech(N("“{name}” is a new client", name=name)), "pick", f"{held}:{NEW}"))
    names = turn.speech.either([turn.speech.quoted(client.name) for client in near])
    text = N("I know no “{name}”. Did you mean {names}? Nothing is stored until you say which.", name=name, names=names)
    return Reply(blocks=(Section(turn.speech(text)),), buttons=tuple(buttons))


def pick(action: Action, turn: Turn) -> Reply:
    """Carry out a held flag on the client that its author chose."""
    held_id, _, choice = action.value.partition(":")
    command = held_command(action, turn, held_id)
    client = turn.store.clients.by_id(row_id(choice))
    if client is None:
        name = client_name(command.args["client"])
        client = turn.store.clients.find(name) or turn.store.clients.create(name)
    return _flag(command, turn, client, known_archetype(turn, command.args["archetype"]).id)


def _flag(command: Command, turn: Turn, client: Client, archetype_id: str) -> Reply:
    reason = command.args.get("reason", "")
    tally = turn.store.flags.tally(client.id, archetype_id, reason, turn.now - SLIP)
    if tally.is_slip:
        text = N(
            "That flag on {client} is already stored, from a moment ago; it was not added twice.", client=client.name
        )
        hint = N("If it happened again, say what is new in the reason.")
        return Reply(blocks=(Section(f"{turn.speech(text)}\n{turn.speech(hint)}"),))
    days = int(turn.store.settings.get("expiry", EXPIRY_DAYS))
    made = Flag(
        0, client.id, archetype_id, reason, command.evidence, Status.ACTIVE, command.user.id, command.place.channel,
        command.place.thread, turn.now, expiry(turn.now, days), None, "", "",
    )  # fmt: skip
    turn.store.flags.add(made)
    turn.store.history.record("flag", [client.id])
    return _flagged(turn, client, made, 1 if tally.open is None else tally.open + 1)


def _flagged(turn: Turn, client: Client, made: Flag, count: int) -> Reply:
    say = turn.speech
    title = N("{client} is flagged {archetype}.", client=client.name, archetype=nickname(turn, made.archetype))
    lines = [say(title)]
    if count > COUNTED:
        lines.append(say(N("More than {count} flags of this kind are open.", count=COUNTED)))
    elif count > 1:
        lines.append(say(N("It is open flag number {count} of this kind.", count=count)))
    if made.reason and not turn.is_public:
        lines.append(say(N("Reason: {reason}", reason=made.reason)))
    lines.append(
        say(N("It expires on {day} and stays in the history. `/client undo` takes it back.", day=made.expires_at))
    )
    rest = the_rest(turn, "show", str(client.id)) if made.reason else ()
    return Reply(blocks=(Section("\n".join(lines)),), buttons=(*advice_buttons(turn, client.id, made.archetype), *rest))


def resolve(command: Command, turn: Turn) -> Reply:
    """End a client's open flags, all of them or those of one archetype."""
    client = known_client(turn, command.args["client"])
    wanted = command.args.get("archetype")
    archetype_id = known_archetype(turn, wanted).id if wanted else ""
    flags = _open_flags(turn, client, archetype_id)
    turn.store.flags.close(flags, Status.RESOLVED, command.args.get("note", ""))
    turn.store.history.record("resolve", [client.id])
    text = NN(
        "{count} flag on {client} is resolved.",
        "{count} flags on {client} are resolved.",
        len(flags),
        client=client.name,
    )
    kinds = turn.speech.items(sorted({label(turn, flag.archetype) for flag in flags}))
    return Reply(blocks=(Section(f"{turn.speech(text)}\n{kinds}"),))


def _open_flags(turn: Turn, client: Client, archetype_id: str) -> list[Flag]:
    flags = turn.store.flags.open_of(client.id, most=ALL)
    chosen = [f for f in flags if not archetype_id or f.archetype == archetype_id]
    if chosen:
        return chosen
    if flags:
        kinds = sorted({f"`{flag.archetype}`" for flag in flags})
        raise UserError(
            N("{client} has no open flag of that kind.", client=client.name), N("Open are: {names}.", names=kinds)
        )
    raise UserError(N("{client} has no open flags.", client=client.name), N("`/client show` has its whole history."))


def change_status(action: Action, turn: Turn) -> Reply:
    """Withdraw or dispute the open flag that the button's card showed."""
    status = {"withdraw": Status.WITHDRAWN, "dispute": Status.DISPUTED}[action.name]
    client_id, _, flag_id = action.value.partition(":")
    client = client_of_button(turn, client_id)
    if not flag_id:
        raise UserError(N("That button belongs to an older version of me."), N("Send the command again."))
    shown = turn.store.flags.open_one(client.id, row_id(flag_id))
    if shown is None:
        raise UserError(N("That flag is no longer open."), N("`/client show` has its whole history."))
    turn.store.flags.close([shown], status)
    turn.store.history.record(action.name, [client.id])
    values = {"client": client.name, "kind": label(turn, shown.archetype), "day": shown.created_at}
    words: dict[Status, Message] = {
        Status.WITHDRAWN: N(
            "The flag on {client} of {day} ({kind}) is withdrawn: it was a mistake, and the history says so.", **values
        ),
        Status.DISPUTED: N(
            "The flag on {client} of {day} ({kind}) is disputed. Put the client's side in `/client note`.", **values
        ),
    }
    return Reply(blocks=(Section(turn.speech(words[status])),))


def note(command: Command, turn: Turn) -> Reply:
    """Put a remark on a client."""
    client = known_client(turn, command.args["client"])
    turn.store.flags.add_note(client.id, command.args["text"])
    turn.store.history.record("note", [client.id])
    return Reply(blocks=(Section(turn.speech(N("Noted on {client}.", client=client.name))),))


def undo(_command: Command, turn: Turn) -> Reply:
    """Take back the asker's own last change, exactly."""
    try:
        undone = turn.store.history.undo_last()
    except ChangedSinceError as error:
        raise UserError(
            N("That was changed or forgotten since, so taking it back would lose what came after."),
            N("`/client show` tells what happened; mend it with `/client resolve` or `/client note`."),
        ) from error
    if undone is None:
        raise UserError(
            N("You have nothing to take back."), N("I only take back your own changes; forgetting is final.")
        )
    name = C("command", undone)
    return Reply(blocks=(Section(turn.speech(N("Taken back: `{name}`. All is as it was before.", name=name))),))


# Only for the catalogue: undo says them as `C("command", …)` of what the history holds.
BUTTON_ACTS = (C("command", "withdraw"), C("command", "dispute"))
_REASON = Param("reason", Kind.TEXT, N("what happened, when, how much"), is_required=False)
_NOTE = Param("note", Kind.TEXT, N("how it ended"), is_required=False)
_TEXT = Param("text", Kind.TEXT, N("what is worth remembering"))

COMMANDS = (
    CommandSpec(
        "flag", C("command", "flag"), N("Flag a client with one of the archetypes."),
        N('flag acme mala-paga "inv 104, 20 days late"'), flag, (CLIENT, ARCHETYPE, _REASON), writes=True,
        is_brief=True,
    ),
    CommandSpec(
        "resolve", C("command", "resolve"), N("End a client's open flags: it is settled."),
        N("resolve acme mala-paga paid in full"), resolve, (CLIENT, optional(ARCHETYPE), _NOTE), writes=True,
    ),
    CommandSpec("undo", C("command", "undo"), N("Take back your last change."), N("undo"), undo, writes=True),
    CommandSpec(
        "note", C("command", "note"), N("Remember something about a client."),
        N("note acme they promised to pay on Friday"), note, (CLIENT, _TEXT), writes=True, is_brief=True,
    ),
)  # fmt: skip
ACTIONS = (
    ActionSpec("pick", pick, writes=True),
    ActionSpec("withdraw", change_status, writes=True),
    ActionSpec("dispute", change_status, writes=True),
)
