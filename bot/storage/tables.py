"""The tables. Every row but a workspace's own belongs to one workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

# A button, or an undo, may still hold the id of a row that is gone: it must never mean another one.
_NEVER_REUSED = {"sqlite_autoincrement": True}
_UNDONE = text("undoes IS NOT NULL")
_CLOSED = text("closed_at IS NOT NULL")
_UNFINISHED = text("finished_at IS NULL")
# By code point on every database, so that a range of keys is all that starts alike.
_KEY = String().with_variant(String(collation="C"), "postgresql")


class Table(SQLModel):
    """What the tables share: no validator is built for rows that only the store makes, which halves their import."""

    model_config = {"defer_build": True}


class Workspace(Table, table=True):
    """The tenant, by its platform's id: `slack:T1`; `organisation`: what it is a part of, `slack:E1`, if anything.

    `purge_at`: when all of it is erased, once the bot was removed.
    """

    __tablename__ = "workspaces"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    organisation: str = Field(default="", index=True)
    created_at: datetime
    purge_at: datetime | None = Field(default=None, index=True)


class Setting(Table, table=True):
    """One choice of a team, for the whole workspace (`channel` empty) or for one channel."""

    __tablename__ = "settings"
    __table_args__ = (UniqueConstraint("workspace_id", "channel", "name"), _NEVER_REUSED)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    channel: str = ""
    name: str
    value: str


class Client(Table, table=True):
    """A client; once forgotten only this row stays, without a name."""

    __tablename__ = "clients"
    __table_args__ = (_NEVER_REUSED,)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id", index=True)
    name: str
    created_at: datetime
    forgotten_at: datetime | None = None


class ClientName(Table, table=True):
    """Every name of a client, its display name included; `key` is what spellings share."""

    __tablename__ = "client_names"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    client_id: int = Field(foreign_key="clients.id", index=True)
    name: str
    key: str = Field(sa_type=_KEY)


class Flag(Table, table=True):
    """Client, archetype and reason; by whom, where and when; and how it ended."""

    __tablename__ = "flags"
    __table_args__ = (
        # A new flag writes to the first two: each costs it a page on the disk.
        Index("ix_flags_client", "workspace_id", "client_id", "id", "archetype", "status", "expires_at"),
        Index("ix_flags_status", "workspace_id", "status", "created_at"),
        Index("ix_flags_closed", "workspace_id", "client_id", "closed_at", sqlite_where=_CLOSED),
        Index("ix_flags_ended", "workspace_id", "status", "closed_at", sqlite_where=_CLOSED),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    client_id: int = Field(foreign_key="clients.id")
    archetype: str
    reason: str = ""
    evidence: str = ""
    status: str
    created_by: str
    channel: str = ""
    thread: str = ""
    created_at: datetime
    expires_at: datetime
    closed_at: datetime | None = None
    closed_by: str = ""
    closing_note: str = ""


class Note(Table, table=True):
    """A remark on a client."""

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_client", "workspace_id", "client_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    client_id: int = Field(foreign_key="clients.id")
    text: str
    created_by: str
    created_at: datetime


class AuditEntry(Table, table=True):
    """Who did what, append-only. `changes` is what undo needs, as JSON; forgetting a client empties it."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_user", "workspace_id", "user_id", "id"),
        Index("ix_audit_undoes", "undoes", unique=True, sqlite_where=_UNDONE),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    user_id: str
    action: str
    clients: str = ""
    changes: str = ""
    undoes: int | None = Field(default=None, foreign_key="audit.id")
    at: datetime


class SeenEvent(Table, table=True):
    """An inbound event that took effect, so that it takes effect once."""

    __tablename__ = "seen_events"
    __table_args__ = ({"sqlite_with_rowid": False},)
    workspace_id: int = Field(foreign_key="workspaces.id", primary_key=True)
    event_id: str = Field(primary_key=True)
    at: datetime


class Talk(Table):
    """What was talked of; archetypes separated by spaces; `days` is the delay that was stated, `danger` a sign.

    `stated`: what was said for the gaps of a letter, by placeholder, as JSON; `language`: the letter's.
    """

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    channel: str
    thread: str
    client_id: int | None = Field(default=None, foreign_key="clients.id", index=True, ondelete="SET NULL")
    archetypes: str = ""
    updated_at: datetime
    days: int | None = None
    danger: str | None = None
    tone: str | None = None
    channel_asked: str | None = None
    language: str | None = None
    stated: str | None = None


class ThreadSubject(Talk, table=True):
    """What a thread is about."""

    __tablename__ = "thread_subjects"
    __table_args__ = (UniqueConstraint("workspace_id", "channel", "thread"),)


class ThreadClient(Talk, table=True):
    """The same of each client of a thread; of one client's rows the last one counts."""

    __tablename__ = "thread_clients"
    __table_args__ = (Index("ix_thread_clients_client", "workspace_id", "channel", "thread", "client_id"),)
    client_id: int | None = Field(foreign_key="clients.id", index=True, ondelete="CASCADE")


class PendingCommand(Table, table=True):
    """A command that waits for its author to say which client was meant; arguments as JSON."""

    __tablename__ = "pending_commands"
    __table_args__ = (_NEVER_REUSED,)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id", index=True)
    user_id: str
    name: str
    args: str
    evidence: str = ""
    created_at: datetime


class Feedback(Table, table=True):
    """Whether advice on an archetype helped: no words, no client."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id", "event_key"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    user_id: str
    event_key: str
    archetypes: str
    is_helpful: bool
    at: datetime


class Lesson(Table, table=True):
    """A question that a team lets the bot learn from; `archetypes` (by spaces) are what a person said it is about.

    Without archetypes it waits for that, and goes after a day.
    """

    __tablename__ = "lessons"
    __table_args__ = (Index("ix_lessons_taught", "workspace_id", "archetypes"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    client_id: int | None = Field(default=None, foreign_key="clients.id", index=True, ondelete="SET NULL")
    text: str
    archetypes: str = ""
    created_at: datetime


class Installation(Table, table=True):
    """A platform's credentials for one workspace or organisation, sealed; no workspace's own row."""

    __tablename__ = "installations"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    sealed: str
    at: datetime


class InstallState(Table, table=True):
    """An install that a browser began, so that only it can end it."""

    __tablename__ = "install_states"
    state: str = Field(primary_key=True)
    expires_at: datetime


class Schedule(Table, table=True):
    """A channel's weekly summary. `platform`: the workspace's key up to its colon; `next_at` empty: switched off."""

    __tablename__ = "schedules"
    __table_args__ = (
        UniqueConstraint("workspace_id", "channel"),
        Index("ix_schedules_next", "platform", "next_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    platform: str
    channel: str
    weekday: int
    minute: int
    zone: str
    language: str
    set_by: str
    set_at: datetime
    next_at: datetime | None = None
    fault: str = ""


class Outgoing(Table, table=True):
    """One summary of a channel and week. `ready_at`: when it may be claimed; once claimed, when the lease ends."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("workspace_id", "channel", "period"),
        Index("ix_deliveries_open", "platform", "ready_at", sqlite_where=_UNFINISHED),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspaces.id")
    platform: str
    channel: str
    period: str
    due_at: datetime
    state: str
    ready_at: datetime
    owner: str = ""
    attempts: int = 0
    is_doubtful: bool = False
    message_id: str = ""
    fault: str = ""
    finished_at: datetime | None = None


def index_alike_on_postgresql() -> None:
    """Give the indexes there the conditions that they have on SQLite; apart, as it loads a dialect that few need."""
    for table in SQLModel.metadata.tables.values():
        for options in (index.dialect_kwargs for index in table.indexes):
            if "sqlite_where" in options:
                options["postgresql_where"] = options["sqlite_where"]
