"""People who work on a store: a member of a workspace, the commands they give, and what is stored after."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlmodel import Session, SQLModel

from bot.records import Client, Flag, Status
from bot.storage.clients import NameTakenError
from bot.storage.database import Database
from bot.storage.flags import expiry
from bot.storage.store import Store
from tests.support import START, Clock

T = TypeVar("T")
Deed = Callable[[Store], object]
Dump = dict[str, list[tuple[Any, ...]]]
LOGS = ("audit", "seen_events")


class RefusedError(Exception):
    """What the features answer to a command that can't be carried out."""


@dataclass(frozen=True)
class Member:
    """A person in a workspace: runs units of work on its store."""

    database: Database
    workspace: str = "slack:T1"
    user: str = "ana"
    clock: Clock = field(default_factory=Clock)
    jots: bool = False

    def called(self, user: str) -> Member:
        """A colleague in the same workspace."""
        return replace(self, user=user)

    def elsewhere(self, workspace: str) -> Member:
        """The same person in another workspace."""
        return replace(self, workspace=workspace)

    async def does(self, work: Callable[[Store], T]) -> T:
        """Write to the store, as the router does it; `jots`: as what is brief."""

        def unit(session: Session) -> T:
            store = self._store(session)
            store.ensure_workspace(self.workspace)
            return work(store)

        return await (self.database.jot if self.jots else self.database.write)(unit)

    async def sees(self, work: Callable[[Store], T]) -> T:
        """Read from the store."""
        return await self.database.read(lambda session: work(self._store(session)))

    async def stored(self, *, without: Iterable[str] = LOGS) -> Dump:
        """Every row of the workspace."""
        return await self.sees(lambda store: rows_of(store, without))

    def _store(self, session: Session) -> Store:
        return Store.open(session, self.workspace, self.user, self.clock())


@cache
def _all_rows() -> dict[str, Select[Any]]:
    tables = [table for table in SQLModel.metadata.sorted_tables if "workspace_id" in table.c]
    own: BindParameter[int] = bindparam("workspace_id")
    return {t.name: select(t).where(t.c.workspace_id == own).order_by(*t.primary_key) for t in tables}


def rows_of(store: Store, without: Iterable[str] = LOGS) -> Dump:
    """Every row of a store's workspace, by table, in the order of the keys."""
    queries = {name: query for name, query in _all_rows().items() if name not in without}
    return {name: [tuple(row) for row in store.scope.execute(query, {})] for name, query in queries.items()}


def everything(session: Session) -> Dump:
    """Every row of every workspace."""
    tables = SQLModel.metadata.sorted_tables
    return {table.name: [tuple(row) for row in session.connection().execute(select(table))] for table in tables}


def a_flag(client_id: int, archetype: str = "mala-paga", reason: str = "", **other: Any) -> Flag:
    """A flag as the features make it, half a year before it expires."""
    made = Flag(0, client_id, archetype, reason, "", Status.ACTIVE, "ana", "C1", "", START, START, None, "", "")
    return made._replace(**{"expires_at": expiry(other.get("created_at", START), 180), **other})


def known(store: Store, name: str) -> Client:
    """The client with a name; refused when there is none."""
    client = store.clients.find(name)
    if client is None:
        raise RefusedError(name)
    return client


def flags(name: str, archetype: str = "mala-paga", reason: str = "inv 104") -> Deed:
    """`flag`: the client is added when new."""

    def deed(store: Store) -> None:
        client = store.clients.find(name) or store.clients.create(name)
        scope = store.scope
        store.flags.add(a_flag(client.id, archetype, reason, created_by=scope.user_id, created_at=scope.now))
        store.history.record("flag", [client.id])

    return deed


def notes(name: str, text: str = "promised Friday") -> Deed:
    """`note`."""

    def deed(store: Store) -> None:
        client = known(store, name)
        store.flags.add_note(client.id, text)
        store.history.record("note", [client.id])

    return deed


def closes(name: str, status: Status = Status.RESOLVED, note: str = "paid") -> Deed:
    """`resolve`, and the buttons that withdraw and dispute."""

    def deed(store: Store) -> None:
        client = known(store, name)
        store.flags.close([f for f in store.flags.of_client(client.id) if f.is_open(store.scope.now)], status, note)
        store.history.record("resolve", [client.id])

    return deed


def renames(name: str, new: str) -> Deed:
    """`rename`."""

    def deed(store: Store) -> None:
        client = known(store, name)
        try:
            store.clients.rename(client, new)
        except NameTakenError as taken:
            raise RefusedError(new) from taken
        store.history.record("rename", [client.id])

    return deed


def merges(name: str, into: str) -> Deed:
    """`merge`."""

    def deed(store: Store) -> None:
        client, stays = known(store, name), known(store, into)
        if client.id == stays.id:
            raise RefusedError(name)
        store.clients.merge(client, stays)
        store.history.record("merge", [client.id, stays.id])

    return deed


def sets(name: str, value: str | None) -> Deed:
    """`settings`."""

    def deed(store: Store) -> None:
        store.change_setting(name, value)
        store.history.record("settings")

    return deed


def forgets(name: str) -> Deed:
    """`forget`."""

    def deed(store: Store) -> None:
        client = known(store, name)
        store.clients.forget(client)
        store.history.record("forget", [client.id])

    return deed


def finds(name: str) -> Callable[[Store], Client]:
    """Look a client up by its name; for reading."""
    return lambda store: known(store, name)


def undoes(store: Store) -> str | None:
    """`undo`."""
    return store.history.undo_last()
