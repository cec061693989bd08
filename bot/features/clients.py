"""See clients: one with its whole history, or all that have flags; rename and merge them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.arguments import Kind, Param
from bot.commands import ARCHETYPE, CLIENT, ActionSpec, CommandSpec, Turn, optional
from bot.errors import UserError
from bot.events import Action, Command
from bot.features.advice import advice_buttons
from bot.features.common import client_of_button, known_archetype, known_client, label
from bot.features.ranking import Ranked, counted, ranked_by_need
from bot.i18n.messages import NN, C, Message, N
from bot.names import client_name
from bot.public import the_rest
from bot.records import Client, Flag, Status
from bot.reply import Block, Button, Delivery, Reply, Section
from bot.storage.clients import NameTakenError
from bot.storage.flags import Timeline

SHOWN_EVENTS = 40
SHOWN_CLIENTS = 20
STATUS: dict[Status, Message] = {
    Status.ACTIVE: C("status", "active"),
    Status.RESOLVED: C("status", "resolved"),
    Status.WITHDRAWN: C("status", "withdrawn"),
    Status.DISPUTED: C("status", "disputed"),
    Status.EXPIRED: C("status", "expired"),
}


def show(command: Command, turn: Turn) -> Reply:
    """A client's names, open flags and timeline; in public without reasons and notes."""
    return _card(known_client(turn, command.args["client"]), turn)


def show_by_button(action: Action, turn: Turn) -> Reply:
    """The same card for the client whose id the button holds."""
    return _card(client_of_button(turn, action.value), turn)


def _card(client: Client, turn: Turn) -> Reply:
    say = turn.speech
    history = turn.store.flags.timeline(client.id, SHOWN_EVENTS + 1)
    count = sum(history.open.values())
    summary = NN("{count} open flag", "{count} open flags", count) if count else N("No open flags.")
    lines = [say(N("Also known as {names}.", names=say.items(list(client.names))))] if client.names else []
    blocks: list[Block] = [Section("\n".join([say(summary), *lines]), items=tuple(_kinds(history.open, turn)))]
    timeline = _timeline(history, turn)
    if timeline:
        blocks.append(Section(title=say(N("History")), items=tuple(timeline[:SHOWN_EVENTS])))
    if len(timeline) > SHOWN_EVENTS:
        blocks.append(Section(say(N("Older entries are in `/client export`."))))
    return Reply(client.name, tuple(blocks), _card_buttons(client, history, turn))


def _card_buttons(client: Client, history: Timeline, turn: Turn) -> tuple[Button, ...]:
    if turn.is_public:
        return the_rest(turn, "show", str(client.id))
    if not history.open:
        return ()
    worst = turn.knowledge.ranked(history.open) or list(history.open)
    # The card may be pressed when there are newer ones: a mistake is taken back of what it shows.
    open_ones = (flag for flag in history.made if flag.is_open(turn.now))
    newest = next(open_ones, None) or turn.store.flags.open_of(client.id, most=1)[0]
    buttons = (
        Button(turn.speech(N("Withdraw newest")), "withdraw", f"{client.id}:{newest.id}"),
        Button(turn.speech(N("Dispute newest")), "dispute", f"{client.id}:{newest.id}"),
        Button(turn.speech(N("Share")), "share-client", str(client.id)),
    )
    return (*advice_buttons(turn, client.id, worst[0]), *buttons)


def _kinds(counts: Mapping[str, int], turn: Turn) -> list[str]:
    order = [*turn.knowledge.ranked(counts), *(name for name in counts if name not in turn.knowledge.archetypes)]
    return [f"{label(turn, name)} ×{counts[name]}" for name in order]


def _timeline(history: Timeline, turn: Turn) -> list[str]:
    """Newest first: where there is no room for all, the oldest are left out."""
    made = sorted(history.made, key=lambda flag: flag.id)
    entries: list[tuple[datetime, str]] = [(flag.created_at, _flag_line(flag, turn)) for flag in made]
    entries += [
        (f.closed_at, _closing_line(f, turn)) for f in sorted(history.closed, key=lambda f: f.id) if f.closed_at
    ]
    if not turn.is_public:
        entries += [(n.created_at, turn.speech(N("note: {text}", text=n.text))) for n in reversed(history.notes)]
    return [f"{turn.speech.day(at)} · {line}" for at, line in sorted(entries, key=lambda entry: entry[0])][::-1]


def _flag_line(flag: Flag, turn: Turn) -> str:
    parts = [f"{label(turn, flag.archetype)} ({turn.speech(STATUS[flag.status(turn.now)])})"]
    if not turn.is_public:
        parts += [part for part in (flag.reason, flag.evidence) if part]
    return " · ".join(parts)


def _closing_line(flag: Flag, turn: Turn) -> str:
    parts = [turn.speech(STATUS[Status(flag.stored_status)]), label(turn, flag.archetype)]
    return " · ".join([*parts, *([flag.closing_note] if flag.closing_note and not turn.is_public else [])])


def list_clients(command: Command, turn: Turn) -> Reply:
    """Clients with open flags, those in most need first."""
    wanted = command.args.get("archetype")
    archetype = known_archetype(turn, wanted) if wanted else None
    ranked = [r for r in ranked_by_need(turn) if archetype is None or archetype.id in r.counts]
    say = turn.speech
    if not ranked:
        nothing = (
            N("No client has open flags of that kind.")
            if archetype
            else N("No client has open flags. `/client flag` adds the first.")
        )
        return Reply(blocks=(Section(say(nothing)),))
    title = NN("{count} client with open flags", "{count} clients with open flags", len(ranked))
    blocks = [Section(items=tuple(_line(entry, turn) for entry in ranked[:SHOWN_CLIENTS]), is_ordered=True)]
    if len(ranked) > SHOWN_CLIENTS:
        more = N("And {count} more: name an archetype to see fewer.", count=len(ranked) - SHOWN_CLIENTS)
        blocks.append(Section(say(more)))
    buttons = tuple(Button(entry.client, "show", str(entry.client_id)) for entry in ranked[:5])
    return Reply(say(title), tuple(blocks), buttons)


def _line(entry: Ranked, turn: Turn) -> str:
    since = turn.speech(N("since {day}", day=entry.first))
    return f"{turn.speech.pair(entry.client, counted(entry, turn))} · {since}"


def rename(command: Command, turn: Turn) -> Reply:
    """Give a client another display name; the old one still finds it."""
    client = known_client(turn, command.args["client"])
    name = client_name(command.args["name"])
    try:
        renamed = turn.store.clients.rename(client, name)
    except NameTakenError as taken:
        raise UserError(
            N("Another client, {client}, already has that name.", client=taken.owner.name),
            N("If they are the same company, `/client merge` makes them one."),
        ) from taken
    turn.store.history.record("rename", [client.id])
    text = N("{old} is now {new}; the old name still finds it.", old=client.name, new=renamed.name)
    return Reply(blocks=(Section(turn.speech(text)),))


def merge(command: Command, turn: Turn) -> Reply:
    """Give everything of one client to another."""
    client, into = (known_client(turn, command.args[name]) for name in ("client", "into"))
    if client.id == into.id:
        raise UserError(N("Both names are the same client, {client}.", client=into.name))
    merged = turn.store.clients.merge(client, into)
    turn.store.history.record("merge", [client.id, into.id])
    text = N("{client} is now part of {into}, with its flags, notes and names.", client=client.name, into=merged.name)
    return Reply(blocks=(Section(turn.speech(text)),))


_NAME = Param("name", Kind.TEXT, N("the new name"))
_INTO = Param("into", Kind.CLIENT, N("the client that stays"))

COMMANDS = (
    CommandSpec(
        "show", C("command", "show"), N("See a client's flags and whole history."), N("show acme"), show, (CLIENT,),
        is_brief=True,
    ),
    CommandSpec(
        "list", C("command", "list"), N("See which clients have open flags, those in most need first."),
        N("list mala-paga"), list_clients, (optional(ARCHETYPE),),
    ),
    CommandSpec(
        "rename", C("command", "rename"), N("Change a client's name; the old one still finds it."),
        N('rename acme "Acme Studio"'), rename, (CLIENT, _NAME), writes=True,
    ),
    CommandSpec(
        "merge", C("command", "merge"), N("Make two clients one."), N('merge "Acme Studio" acme'),
        merge, (CLIENT, _INTO), writes=True,
    ),
)  # fmt: skip
ACTIONS = (ActionSpec("show", show_by_button), ActionSpec("share-client", show_by_button, Delivery.PUBLIC, writes=True))
