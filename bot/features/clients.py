"""See clients: one with its whole history, or all that have flags; rename and merge them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from bot.arguments import Kind, Param
from bot.commands import ARCHETYPE, CLIENT, ActionSpec, CommandSpec, Turn, optional
from bot.errors import UserError
from bot.events import Action, Command
from bot.features.advice import advice_buttons
from bot.features.common import client_of_button, known_archetype, known_client, label
from bot.features.pages import cost, fitting, gone, leads_on, mark, place_of
from bot.features.ranking import PLACE, Ranked, counted, place_by_need, ranked_by_need
from bot.features.timeline import OLDER, SHOWN_EVENTS, newest, older
from bot.i18n.messages import NN, C, N
from bot.names import client_name
from bot.public import the_rest
from bot.records import Client
from bot.reply import Button, Delivery, Reply, Section
from bot.storage.clients import NameTakenError
from bot.storage.flags import Timeline

SHOWN_CLIENTS, NEXT = 20, "list"


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
    head = Section("\n".join([say(summary), *lines]), items=tuple(_kinds(history.open, turn)))
    spent = sum(map(cost, (head.text, *head.items)))
    blocks = (head, *newest(client, history, spent, turn))
    return Reply(client.name, blocks, _card_buttons(client, history, turn))


def _card_buttons(client: Client, history: Timeline, turn: Turn) -> tuple[Button, ...]:
    if turn.is_public:
        return the_rest(turn, "show", str(client.id))
    if not history.open:
        return ()
    worst = turn.knowledge.ranked(history.open) or list(history.open)
    # The card may be pressed when there are newer ones: a mistake is taken back of what it shows.
    open_ones = (flag for flag in history.made if flag.is_open(turn.now))
    last = next(open_ones, None) or turn.store.flags.open_of(client.id, most=1)[0]
    buttons = (
        Button(turn.speech(N("Withdraw newest")), "withdraw", f"{client.id}:{last.id}"),
        Button(turn.speech(N("Dispute newest")), "dispute", f"{client.id}:{last.id}"),
        Button(turn.speech(N("Share")), "share-client", str(client.id)),
    )
    return (*advice_buttons(turn, client.id, worst[0]), *buttons)


def _kinds(counts: Mapping[str, int], turn: Turn) -> list[str]:
    order = [*turn.knowledge.ranked(counts), *(name for name in counts if name not in turn.knowledge.archetypes)]
    return [f"{label(turn, name)} ×{counts[name]}" for name in order]


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
    return _page(ranked, 0, archetype.id if archetype else "", turn)


def next_clients(action: Action, turn: Turn) -> Reply:
    """The page of the list that follows the client in the button; of one kind, if the button names it."""
    kind, _, marked = action.value.rpartition(":")
    place = place_of(marked, PLACE)
    ranked = [entry for entry in ranked_by_need(turn) if not kind or kind in entry.counts]
    shown = bisect_right(ranked, place, key=lambda entry: place_by_need(entry, turn))
    if shown == len(ranked):
        raise gone()
    return _page(ranked, shown, kind, turn)


def _page(ranked: Sequence[Ranked], shown: int, kind: str, turn: Turn) -> Reply:
    """What follows the clients that were shown before."""
    say = turn.speech
    title = NN("{count} client with open flags", "{count} clients with open flags", len(ranked))
    lines = [_line(entry, turn) for entry in ranked[shown : shown + SHOWN_CLIENTS]]
    end = shown + fitting(lines, SHOWN_CLIENTS)
    blocks = [Section(items=tuple(lines[: end - shown]), is_ordered=True, first=shown + 1)]
    if rest := len(ranked) - end:
        text = say(NN("And {count} more.", "And {count} more.", rest))
        blocks.append(leads_on(text, turn, NEXT, f"{kind}:{mark(place_by_need(ranked[end - 1], turn))}"))
    buttons = tuple(Button(entry.client, "show", str(entry.client_id)) for entry in ranked[shown:end][:5])
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
ACTIONS = (
    ActionSpec("show", show_by_button),
    ActionSpec(OLDER, older),
    ActionSpec(NEXT, next_clients),
    ActionSpec("share-client", show_by_button, Delivery.PUBLIC, writes=True),
)
