"""Where the bot is installed: sealed credentials a platform's workspace, states of installs under way, and leaving.

These rows belong to the bot's operator, not to a workspace's store; what they hold is sealed by the adapter.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update
from sqlmodel import Session

from bot.storage.scope import table_of
from bot.storage.statements import Statement
from bot.storage.tables import (
    AuditEntry,
    Client,
    ClientName,
    Feedback,
    Flag,
    Installation,
    InstallState,
    Lesson,
    Note,
    Outgoing,
    PendingCommand,
    Schedule,
    SeenEvent,
    Setting,
    Table,
    ThreadClient,
    ThreadSubject,
    Workspace,
)

INSTALLATIONS, STATES, WORKSPACES = (table_of(model) for model in (Installation, InstallState, Workspace))
# In the order in which they can be erased: a row goes before what it points to.
BY_WORKSPACE: tuple[type[Table], ...] = (
    Outgoing,
    Schedule,
    Feedback,
    PendingCommand,
    Lesson,
    ThreadSubject,
    ThreadClient,
    SeenEvent,
    AuditEntry,
    Note,
    Flag,
    ClientName,
    Client,
    Setting,
)
_ADD = Statement(
    insert(INSTALLATIONS)
    .values({name: bindparam(name) for name in ("key", "sealed", "at")})
    .returning(INSTALLATIONS.c.id),
    or_nothing=True,
)


def save_installation(session: Session, key: str, sealed: str, now: datetime) -> None:
    """Keep an installation's credentials; whom it serves is no longer about to be purged."""
    connection = session.connection()
    values = {"key": key, "sealed": sealed, "at": now}
    if not _ADD.rows(connection, values):
        connection.execute(update(INSTALLATIONS).where(INSTALLATIONS.c.key == key).values(values))
    cancel_purge(session, key)


def sealed_installation(session: Session, key: str) -> str | None:
    """The sealed credentials of an installation."""
    return session.connection().execute(select(INSTALLATIONS.c.sealed).where(INSTALLATIONS.c.key == key)).scalar()


def organisation_of(session: Session, key: str) -> str:
    """The key of the organisation that a workspace is a part of; empty when there is none or it is not known."""
    found = select(WORKSPACES.c.organisation).where(WORKSPACES.c.key == key)
    return session.connection().execute(found).scalar() or ""


def sealed_installations(session: Session) -> dict[str, str]:
    """All sealed credentials, by key."""
    rows = session.connection().execute(select(INSTALLATIONS.c.key, INSTALLATIONS.c.sealed))
    return {row.key: row.sealed for row in rows}


def reseal(session: Session, key: str, old: str, new: str) -> None:
    """Replace sealed credentials, unless they changed meanwhile."""
    row = update(INSTALLATIONS).where(INSTALLATIONS.c.key == key, INSTALLATIONS.c.sealed == old)
    session.connection().execute(row.values(sealed=new))


def remove_installation(session: Session, key: str, until: datetime) -> bool:
    """Forget an installation's credentials; False, and they stay, when they are from after `until`."""
    connection = session.connection()
    connection.execute(delete(INSTALLATIONS).where(INSTALLATIONS.c.key == key, INSTALLATIONS.c.at <= until))
    return connection.execute(select(INSTALLATIONS.c.id).where(INSTALLATIONS.c.key == key)).first() is None


def issue_state(session: Session, state: str, expires_at: datetime, now: datetime) -> None:
    """Remember the state of an install that a browser began; old ones, which anybody may have begun, are dropped."""
    connection = session.connection()
    connection.execute(delete(STATES).where(STATES.c.expires_at <= now))
    connection.execute(insert(STATES).values(state=state, expires_at=expires_at))


def consume_state(session: Session, state: str, now: datetime) -> bool:
    """Whether the state was issued, not used and not too old; it is used now, and old ones are dropped."""
    connection = session.connection()
    found = connection.execute(delete(STATES).where(STATES.c.state == state, STATES.c.expires_at > now)).rowcount
    connection.execute(delete(STATES).where(STATES.c.expires_at <= now))
    return bool(found)


def plan_purge(session: Session, key: str, at: datetime | None) -> None:
    """Note when the data of a workspace is to be erased, or of an organisation's that have no install of their own."""
    is_installed = WORKSPACES.c.key.in_(select(INSTALLATIONS.c.key))
    concerned = or_(WORKSPACES.c.key == key, and_(WORKSPACES.c.organisation == key, ~is_installed))
    session.connection().execute(update(WORKSPACES).where(concerned).values(purge_at=at))


def cancel_purge(session: Session, key: str) -> None:
    """The data of a workspace, or of an organisation's, stays."""
    concerned = or_(WORKSPACES.c.key == key, WORKSPACES.c.organisation == key)
    session.connection().execute(update(WORKSPACES).where(concerned).values(purge_at=None))


def planned_purges(session: Session) -> frozenset[str]:
    """The keys of the workspaces that are to be erased some time."""
    return frozenset(
        session.connection().execute(select(WORKSPACES.c.key).where(WORKSPACES.c.purge_at.is_not(None))).scalars()
    )


def kept_workspaces(session: Session, prefix: str) -> frozenset[str]:
    """The keys that begin so, of the workspaces that are not to be erased."""
    found = session.connection().execute(select(WORKSPACES.c.key).where(WORKSPACES.c.purge_at.is_(None))).scalars()
    return frozenset(key for key in found if key.startswith(prefix))


def purge_due(session: Session, now: datetime) -> int:
    """Erase everything of the workspaces whose time has come; how many."""
    connection = session.connection()
    # Locked against who still adds rows there; what another process is erasing is left to it.
    waiting = select(WORKSPACES.c.id).where(WORKSPACES.c.purge_at <= now).with_for_update(skip_locked=True)
    due = connection.execute(waiting).scalars().all()
    for workspace_id in due:
        _erase(connection, workspace_id)
    return len(due)


def _erase(connection: Connection, workspace_id: int) -> None:
    for model in BY_WORKSPACE:
        table = table_of(model)
        connection.execute(delete(table).where(table.c.workspace_id == workspace_id))
    connection.execute(delete(WORKSPACES).where(WORKSPACES.c.id == workspace_id))
