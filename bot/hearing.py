"""What is said in free words as the command that it asks for, led by the clients that the workspace knows.

Reads only. A sentence that would change something is carried out where it is unmistakable, asked about where it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.arguments import CLIENT_WORDS, Kind, bind, split
from bot.commands import CommandSpec
from bot.events import Asker, Command, Event, Question, Said
from bot.grammar import Grammar, bare
from bot.likeness import Likeness, likeness
from bot.storage.database import Session
from bot.storage.store import Store
from bot.understanding.doubts import ASKS, is_doubt, other_kind
from bot.understanding.orders import Found
from bot.validation import tidy

if TYPE_CHECKING:
    from bot.router import Services

NAMES = ("client", "into")
SAID = ("reason", "note", "text")
ADDS = "flag"  # the only command to which a client may be new


@dataclass(frozen=True)
class Hearing:
    """Turns what adapters parsed into what was meant."""

    grammar: Grammar
    services: Services

    async def heard(self, event: Event) -> Event:
        """The event, or the command that its words ask for. Nothing is looked up for who may not see clients."""
        line = _line(event)
        if not line or not isinstance(event, Command | Question):
            return event
        meant = await self._understood(event, line)
        return self._doubted(meant) if isinstance(meant, Command) else meant

    async def _understood(self, event: Command | Question, line: str) -> Event:
        if self._has_archetype(event) or self._names_one(event, line):
            return self._meant(event, [], None)  # the strict grammar leaves nothing to ask
        orders = self._orders(line)
        names_some = self._open(event) or any({*NAMES, "rest"} & found.args.keys() for found in orders)
        if not names_some or not Asker(event.user, event.place).may_see_clients:
            return self._meant(event, orders, None)
        return await self.services.database.glance(lambda session: self._known(event, orders, session))

    def _doubted(self, command: Command) -> Command:
        """The same without the second thoughts at its end: where it has any, or only asks, it is asked about first."""
        spec = self._commands.get(command.name)
        if not spec or not spec.changes(command.args):
            return command
        given = [param for param in spec.params if command.args.get(param.name)]
        kept = self._without_doubts(command.args, [param.name for param in given if param.name in SAID])
        is_strict = not command.said.is_free
        is_asking = is_strict and _line(command).endswith(ASKS) and bool(given) and given[-1].kind is not Kind.TEXT
        if kept == command.args and not is_asking:
            return command
        if is_asking:
            last = given[-1].name
            kept = {**kept, last: kept[last].rstrip("".join(ASKS) + " ")}
        return command._replace(args=kept, said=command.said._replace(is_unsure=True))

    def _without_doubts(self, args: Mapping[str, str], texts: Iterable[str]) -> Mapping[str, str]:
        """Of two kinds none is taken for the asker."""
        doubts = {name for name in texts if is_doubt(args[name])}
        others = {name for name in texts if self.grammar.is_archetype(other_kind(args[name]))}
        gone = doubts | others | ({"archetype"} if others else set())
        return {name: value for name, value in args.items() if name not in gone}

    def _orders(self, line: str) -> list[Found]:
        """The orders that a line may be."""
        knowledge = self.services.knowledge.current()
        orders = self.services.reader.orders(bare(line), knowledge)
        return [found for found in orders if found.order.command in self._commands]

    @property
    def _commands(self) -> Mapping[str, CommandSpec]:
        return self.grammar.commands

    def _open(self, event: Event) -> str:
        """What follows a command's name where its first word may begin a client's name; empty where nothing is open."""
        spec = self._commands.get(event.name) if isinstance(event, Command) else None
        if not spec or len(spec.params) < 2 or spec.params[0].kind is not Kind.CLIENT:
            return ""
        text = bare(_line(event))
        words = split(text, 3)
        is_unquoted = len(words) == 3 and words[1].value == text[words[1].start : words[1].end]
        return text[words[1].start :] if is_unquoted else ""

    def _names_one(self, event: Event, line: str) -> bool:
        """Whether it is a command with one word for a client: `show acme`."""
        spec = self._commands.get(event.name) if isinstance(event, Command) else None
        return bool(spec and spec.params and spec.params[0].kind is Kind.CLIENT and len(split(bare(line), 3)) == 2)

    def _has_archetype(self, event: Event) -> bool:
        return isinstance(event, Command) and self.grammar.is_archetype(event.args.get("archetype", ""))

    def _known(self, event: Command | Question, orders: list[Found], session: Session) -> Event:
        store = Store.open(session, event.place.workspace, event.user.id, self.services.clock())
        return self._meant(event, orders, store)

    def _meant(self, event: Command | Question, orders: list[Found], store: Store | None) -> Event:
        for found in orders:
            if command := self._ordered(event, found, store):
                return command
        if isinstance(event, Question):
            return event
        rest = self._open(event) if store else ""
        args = self._bound(self._commands[event.name], rest, store) if store and rest else None
        language = self.grammar.language_of(event.said.line)
        if not (args or language):
            return event
        return event._replace(args=args or event.args, said=event.said._replace(language=language or ""))

    def _bound(self, spec: CommandSpec, text: str, store: Store) -> Mapping[str, str] | None:
        """The arguments of a text that begins with a client's name, of one word or several; None when none is known."""
        words = split(text, CLIENT_WORDS)
        for count in (1, *range(len(words), 1, -1)):
            name = words[0].value if count == 1 else text[: words[count - 1].end]
            if client := store.clients.find(name):
                rest = text[words[count - 1].end :].lstrip(" ,:;，：；")
                return {spec.params[0].name: client.name, **bind(spec.params[1:], rest, self.grammar.kinds)}
        return None

    def _ordered(self, event: Command | Question, found: Found, store: Store | None) -> Command | None:
        spec, shell = self._commands[found.order.command], event if isinstance(event, Command) else event.as_command
        args: Mapping[str, str] | None = found.args
        if (rest := found.args.get("rest")) is not None:
            args = self._bound(spec, rest, store) if store else None
        if args is None or shell is None:
            return None
        known = _known_names(args, store) if store else {}
        found = replace(found, args={**args, **known})
        sureness = _sureness(found, spec, known, store)
        if sureness is Likeness.NO:
            return None
        said = Said(_line(event), found.language, is_free=True, is_unsure=sureness is Likeness.PERHAPS)
        return shell._replace(name=spec.name, args=found.args, said=said)


def _known_names(args: Mapping[str, str], store: Store) -> Mapping[str, str]:
    """The arguments that name clients who are known, by these clients' own names."""
    found = {slot: store.clients.find(args[slot]) for slot in NAMES if args.get(slot)}
    return {slot: client.name for slot, client in found.items() if client}


def _sureness(found: Found, spec: CommandSpec, known: Mapping[str, str], store: Store | None) -> Likeness:
    """Whether a sentence is to be carried out, asked about, or left to be a question."""
    new = {slot: found.args[slot] for slot in NAMES if slot in found.args and slot not in known}
    if new and found.order.sure != "plain":
        # A slip of the hand is told so by the command itself.
        is_slip = found.order.sure == "known" and store and all(map(store.clients.near, new.values()))
        return Likeness.YES if is_slip else Likeness.NO
    if not spec.changes(found.args):
        return Likeness.YES
    if found.order.sure == "asked":
        return Likeness.PERHAPS
    likely = min((likeness(new[slot]) for slot in new.keys() - found.quoted), default=Likeness.YES)
    if new and likely is Likeness.PERHAPS and spec.name != ADDS:
        return Likeness.NO
    return min(likely, Likeness.PERHAPS) if found.is_doubtful else likely


def _line(event: Event) -> str:
    if isinstance(event, Question):
        return tidy(event.text) if event.as_command else ""
    return tidy(event.said.line) if isinstance(event, Command) else ""
