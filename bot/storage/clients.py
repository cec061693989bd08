"""Clients of one workspace and all their names."""

from __future__ import annotations

import re

from sqlalchemy import bindparam, delete, select

from bot import records
from bot.names import fold, key_of, key_words, keys_in
from bot.storage.scope import Scope, table_of
from bot.storage.statements import Row, Statement
from bot.storage.tables import (
    AuditEntry,
    Client,
    ClientName,
    Flag,
    Lesson,
    Note,
    PendingCommand,
    ThreadClient,
    ThreadSubject,
)

CLIENTS, NAMES, FLAGS, NOTES = (table_of(model) for model in (Client, ClientName, Flag, Note))
SUBJECTS, SPOKEN_OF = table_of(ThreadSubject), table_of(ThreadClient)
PENDING, AUDIT, LESSONS = (table_of(model) for model in (PendingCommand, AuditEntry, Lesson))
NEAR, NEAREST = 80.0, 3

_OWN = NAMES.c.workspace_id == bindparam("workspace_id")
_JOINED = select(CLIENTS.c.id, CLIENTS.c.name, NAMES.c.name.label("other")).join(
    NAMES, NAMES.c.client_id == CLIENTS.c.id
)
_ID_BY_KEY = select(NAMES.c.client_id).where(_OWN, NAMES.c.key == bindparam("key"))
_BY_KEY = Statement(_JOINED.where(_OWN, CLIENTS.c.id == _ID_BY_KEY.scalar_subquery()).order_by(NAMES.c.id))
_BY_ID = Statement(_JOINED.where(_OWN, CLIENTS.c.id == bindparam("client_id")).order_by(NAMES.c.id))
_KEYS = Statement(select(NAMES.c.key, NAMES.c.client_id).where(_OWN).order_by(NAMES.c.client_id))
_SPOKEN = Statement(select(NAMES.c.name, NAMES.c.client_id).where(_OWN).order_by(NAMES.c.name))
_FOUND = (
    select(NAMES.c.name, CLIENTS.c.name.label("of"))
    .join(CLIENTS, CLIENTS.c.id == NAMES.c.client_id)
    .order_by(NAMES.c.key)
    .limit(bindparam("most"))
)
_STARTING = Statement(_FOUND.where(_OWN, NAMES.c.key >= bindparam("first"), NAMES.c.key < bindparam("after")))
_WITHIN = Statement(_FOUND.where(_OWN, NAMES.c.key.like(bindparam("pattern"), escape="\\")))
_LESSONS = Statement(select(LESSONS.c.id, LESSONS.c.text).where(LESSONS.c.workspace_id == bindparam("workspace_id")))
_NAME_ROW = Statement(select(NAMES.c.id).where(_OWN, NAMES.c.key == bindparam("key")))
_AMONG = select(NAMES.c.client_id, NAMES.c.key).where(_OWN, NAMES.c.key.in_(bindparam("keys", expanding=True)))
KEYS_AT_ONCE = 900
LAST = "\U0010ffff"  # sorts after everything that may follow
_WILD, _LITERAL = re.compile(r"[\\%_]"), r"\\\g<0>"
_HAN = re.compile(r"[\u3400-\u9fff]")
_DIGITS = re.compile(r"\d+")


class NameTakenError(Exception):
    """The name already belongs to another client."""

    def __init__(self, owner: records.Client) -> None:
        super().__init__("name taken")
        self.owner = owner


class Clients:
    """Find, create, rename, merge and forget clients; names compare by `key_of`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def find(self, name: str) -> records.Client | None:
        """The client that bears this name, in any spelling."""
        return _client(self._scope.rows(_BY_KEY, key=key_of(name)))

    def by_id(self, client_id: int) -> records.Client | None:
        """The client with this id in this workspace, unless forgotten."""
        return _client(self._scope.rows(_BY_ID, client_id=client_id))

    def near(self, name: str) -> list[records.Client]:
        """Clients whose names are a slip of the hand away, nearest first."""
        from rapidfuzz import fuzz, process  # here, because a start should not wait for what few commands need

        key = key_of(name)
        keys = {row["key"]: row["client_id"] for row in self._scope.rows(_KEYS)}
        hits = process.extract(key, keys.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=NEAREST * 3)
        alike = [keys[hit] for hit, _, _ in hits if _DIGITS.findall(hit) == _DIGITS.findall(key)]
        found = (self.by_id(client_id) for client_id in list(dict.fromkeys(alike))[:NEAREST])
        return [client for client in found if client]

    def mentioned(self, text: str) -> list[records.Client]:
        """The clients whose names stand in a text, in any spelling and script; longer names first."""
        keys = keys_in(text)
        found: dict[int, int] = {}
        for start in range(0, len(keys), KEYS_AT_ONCE):
            for row in self._scope.execute(_AMONG, {"keys": keys[start : start + KEYS_AT_ONCE]}).mappings():
                found[row["client_id"]] = max(found.get(row["client_id"], 0), len(row["key"]))
        clients = (self.by_id(client_id) for client_id in sorted(found, key=lambda one: -found[one]))
        return [client for client in clients if client]

    def every(self) -> list[records.Client]:
        """All clients, in the order in which they were added."""
        ids = dict.fromkeys(row["client_id"] for row in self._scope.rows(_KEYS))
        return [client for client_id in ids if (client := self.by_id(client_id))]

    def names(self) -> list[tuple[str, int]]:
        """Every name and whose it is (client id), in alphabetical order."""
        return [(row["name"], row["client_id"]) for row in self._scope.rows(_SPOKEN)]

    def starting(self, begun: str, most: int) -> list[tuple[str, str]]:
        """Names with a word that starts so, and the client's own name; those whose first word does come first."""
        key = " ".join(key_words(begun)) or fold(begun)
        rows = self._scope.rows(_STARTING, first=key, after=key + LAST, most=most)
        if key and len(rows) < most:
            # Chinese has no spaces between words.
            before = "%" if _HAN.search(key) else "% "
            rows += self._scope.rows(_WITHIN, pattern=f"{before}{_WILD.sub(_LITERAL, key)}%", most=most - len(rows))
        if not rows and (bare := key_of(begun)) != key:
            rows = self._scope.rows(_STARTING, first=bare, after=bare + LAST, most=most)
        return list(dict.fromkeys((row["name"], row["of"]) for row in rows))

    def create(self, name: str) -> records.Client:
        """A new client; the caller has made sure that the name is free."""
        client_id = self._scope.insert(CLIENTS, name=name, created_at=self._scope.now)
        self._add_name(client_id, name)
        return records.Client(client_id, name)

    def rename(self, client: records.Client, name: str) -> records.Client:
        """Give another display name; the old one stays among the other names. Raises `NameTakenError`."""
        owner = self.find(name)
        if owner and owner.id != client.id:
            raise NameTakenError(owner)
        if owner and (row := self._scope.row(_NAME_ROW, key=key_of(name))):
            self._scope.update(NAMES, row["id"], name=name)
        else:
            self._add_name(client.id, name)
        self._scope.update(CLIENTS, client.id, name=name)
        return self.by_id(client.id) or client

    def merge(self, client: records.Client, into: records.Client) -> records.Client:
        """Give all that is `client`'s to `into`; its names too. Raises `LookupError` for a stranger's client."""
        if not (self.by_id(client.id) and self.by_id(into.id)):
            raise LookupError(CLIENTS.name)
        for table in (NAMES, FLAGS, NOTES, SUBJECTS, SPOKEN_OF, LESSONS):
            self._scope.repoint(table, client.id, into.id)
        self._scope.delete(CLIENTS, client.id)
        self._audit_follows(client, into)
        return self.by_id(into.id) or into

    def _audit_follows(self, client: records.Client, into: records.Client) -> None:
        """What the audit keeps of a merged client must be forgotten with the one that it became."""
        touched = (AUDIT.c.workspace_id == self._scope.workspace_id, AUDIT.c.clients.like(f"% {client.id} %"))
        self._scope.execute(AUDIT.update().where(*touched).values(clients=AUDIT.c.clients + f" {into.id} "), {})

    def forget(self, client: records.Client) -> None:
        """Erase a client's content from every table; an empty row stays. Not journalled: it can't be undone."""
        scope, own = self._scope, self._scope.workspace_id
        self._forget_lessons(client)
        for table in (FLAGS, NOTES, NAMES, SUBJECTS, SPOKEN_OF, LESSONS):
            scope.execute(delete(table).where(table.c.workspace_id == own, table.c.client_id == client.id), {})
        scope.execute(delete(PENDING).where(PENDING.c.workspace_id == own), {})
        touched = (AUDIT.c.workspace_id == own, AUDIT.c.clients.like(f"% {client.id} %"))
        scope.execute(AUDIT.update().where(*touched).values(changes=""), {})
        empty = {"name": "", "forgotten_at": scope.now}
        scope.execute(CLIENTS.update().where(CLIENTS.c.id == client.id, CLIENTS.c.workspace_id == own), empty)

    def _forget_lessons(self, client: records.Client) -> None:
        """Also those that were about another client and name this one."""
        for lesson_id, text in [(row["id"], row["text"]) for row in self._scope.rows(_LESSONS)]:
            if client in self.mentioned(text):
                self._scope.execute(delete(LESSONS).where(LESSONS.c.id == lesson_id), {})

    def _add_name(self, client_id: int, name: str) -> None:
        self._scope.insert(NAMES, client_id=client_id, name=name, key=key_of(name))


def _client(rows: list[Row]) -> records.Client | None:
    if not rows:
        return None
    name = rows[0]["name"]
    return records.Client(rows[0]["id"], name, tuple(row["other"] for row in rows if row["other"] != name))
