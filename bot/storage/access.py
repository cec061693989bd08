"""Since when an organisation's install serves a workspace: late news that it does so no more must erase nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.storage.statements import Statement
from bot.storage.store import SEEN, Store

_GRANTED = "access granted"
_SINCE = Statement(
    select(SEEN.c.event_id)
    .where(
        SEEN.c.workspace_id == bindparam("workspace_id"),
        SEEN.c.event_id.like(f"{_GRANTED} %"),
        SEEN.c.at > bindparam("since"),
    )
    .limit(1)
)


def note_access(session: Session, key: str, at: datetime) -> None:
    """The workspace with this key is served since a moment (UTC)."""
    store = Store.open(session, key, "", at)
    store.ensure_workspace(key)
    store.is_new_event(f"{_GRANTED} {at.isoformat()}")


def was_granted_since(session: Session, key: str, at: datetime) -> bool:
    """Whether it is served since a later moment than this one (UTC)."""
    return bool(Store.open(session, key, "", at).scope.rows(_SINCE, since=at))
