"""Take the team's data out, and have a client forgotten."""

from __future__ import annotations

import json

from bot.commands import CLIENT, ActionSpec, CommandSpec, Turn, optional
from bot.events import Action, Command
from bot.features.common import client_of_button, known_client
from bot.i18n.messages import NN, C, N
from bot.public import the_rest
from bot.records import Client
from bot.reply import File, Reply, Section


def export(command: Command, turn: Turn) -> Reply:
    """Everything stored of one client, or of all, as JSON; in public only the button that hands it over."""
    wanted = command.args.get("client")
    client = known_client(turn, wanted) if wanted else None
    if turn.is_public:
        text = N("What is stored holds reasons and notes, so it is only for who asks for it.")
        value = str(client.id) if client else ""
        return Reply(blocks=(Section(turn.speech(text)),), buttons=the_rest(turn, "export", value))
    return _exported(turn, client)


def export_by_button(action: Action, turn: Turn) -> Reply:
    """The same for the client whose id the button holds, or for all."""
    return _exported(turn, client_of_button(turn, action.value) if action.value else None)


def _exported(turn: Turn, client: Client | None) -> Reply:
    clients = [client] if client else turn.store.clients.every()
    taught = [] if client else [lesson._asdict() for lesson in turn.store.lessons.taught()]
    data = {"clients": [_as_json(one, turn) for one in clients], **({"lessons": taught} if taught else {})}
    content = json.dumps(data, ensure_ascii=False, indent=2)
    text = NN(
        "{count} client with flags and notes, as JSON.", "{count} clients with flags and notes, as JSON.", len(clients)
    )
    turn.store.history.record("export", [client.id] if client else ())
    return Reply(blocks=(Section(turn.speech(text)), File("chao-export.json", content)))


def _as_json(client: Client, turn: Turn) -> dict[str, object]:
    return {
        "name": client.name,
        "other_names": list(client.names),
        "flags": [
            {
                "archetype": flag.archetype,
                "reason": flag.reason,
                "evidence": flag.evidence,
                "status": flag.status(turn.now),
                "by": flag.created_by,
                "at": flag.created_at.isoformat(),
                "expires": flag.expires_at.isoformat(),
                "closed": flag.closed_at.isoformat() if flag.closed_at else None,
                "closed_by": flag.closed_by,
                "closing_note": flag.closing_note,
            }
            for flag in turn.store.flags.of_client(client.id)
        ],
        "notes": [
            {"text": note.text, "by": note.created_by, "at": note.created_at.isoformat()}
            for note in turn.store.flags.notes(client.id)
        ],
    }


def forget(command: Command, turn: Turn) -> Reply:
    """Erase a client's names, flags and notes for good."""
    client = known_client(turn, command.args["client"])
    turn.store.clients.forget(client)
    turn.store.history.record("forget", [client.id])
    text = N(
        "{client} is forgotten: its names, flags and notes are erased, and that can't be undone.", client=client.name
    )
    return Reply(blocks=(Section(turn.speech(text)),))


COMMANDS = (
    CommandSpec(
        "export", C("command", "export"), N("Take out everything stored, of one client or of all."),
        N("export acme"), export, (optional(CLIENT),), writes=True, managers_only=True,
    ),
    CommandSpec(
        "forget", C("command", "forget"), N("Erase a client for good."),
        N("forget acme"), forget, (CLIENT,), writes=True, managers_only=True,
        warning=N(
            "That erases its names, flags and notes for good. `/client resolve` only closes its flags, which stay in "
            "the history."
        ),
    ),
)  # fmt: skip
ACTIONS = (ActionSpec("export", export_by_button, writes=True, managers_only=True),)
