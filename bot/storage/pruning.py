"""What a workspace no longer needs: deleted by age, a batch at a time, under the workspace's own lock."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, and_, bindparam, case, delete, exists, select
from sqlmodel import Session

from bot.records import Status
from bot.storage.clients import AUDIT, FLAGS, LESSONS, PENDING, SPOKEN_OF, SUBJECTS
from bot.storage.schedules import DELIVERIES
from bot.storage.scope import Scope
from bot.storage.statements import Statement
from bot.storage.store import SEEN, WORKSPACES, Store

PAGE = 500
_PAGE = Statement(
    select(WORKSPACES.c.id, WORKSPACES.c.key)
    .where(WORKSPACES.c.id > bindparam("after"))
    .order_by(WORKSPACES.c.id)
    .limit(PAGE)
)
_UNDOING = AUDIT.alias("undoing")
_IS_UNDONE = exists().where(_UNDOING.c.undoes == AUDIT.c.id)
_ENDED_AT = case((FLAGS.c.status.in_((Status.RESOLVED, Status.WITHDRAWN)), FLAGS.c.closed_at), else_=FLAGS.c.expires_at)
_TOUCHED = Statement(
    select(AUDIT.c.clients).where(AUDIT.c.workspace_id == bindparam("workspace_id"), AUDIT.c.changes != "")
)


class Cutoffs(NamedTuple):
    """What is older than these moments (UTC) goes; None: nothing of the kind."""

    events: datetime
    threads: datetime
    held: datetime
    audit: datetime
    deliveries: datetime
    flags: datetime | None


def page(session: Session, after: int) -> list[tuple[int, str]]:
    """The next workspaces by id, with their keys."""
    return [(row["id"], row["key"]) for row in _PAGE.rows(session.connection(), {"after": after})]


class Pruning:
    """Deletes from one workspace, at most `batch` rows of a kind at a time; each says how many."""

    def __init__(self, store: Store, batch: int) -> None:
        self._scope: Scope = store.scope
        self._batch = batch

    def run(self, cutoffs: Cutoffs) -> dict[str, int]:
        """One batch of every kind, by table."""
        return {
            SEEN.name: self._delete(SEEN, SEEN.c.event_id, SEEN.c.at < cutoffs.events),
            SUBJECTS.name: self._delete(SUBJECTS, SUBJECTS.c.id, SUBJECTS.c.updated_at < cutoffs.threads),
            SPOKEN_OF.name: self._delete(SPOKEN_OF, SPOKEN_OF.c.id, SPOKEN_OF.c.updated_at < cutoffs.threads),
            PENDING.name: self._delete(PENDING, PENDING.c.id, PENDING.c.created_at < cutoffs.held),
            LESSONS.name: self._delete(
                LESSONS, LESSONS.c.id, and_(LESSONS.c.archetypes == "", LESSONS.c.created_at < cutoffs.held)
            ),
            # An undo points to what it took back, and so goes before it.
            AUDIT.name: self._delete(AUDIT, AUDIT.c.id, and_(AUDIT.c.at < cutoffs.audit, ~_IS_UNDONE)),
            # Planning deletes as well, but only in channels where more is planned.
            DELIVERIES.name: self._delete(DELIVERIES, DELIVERIES.c.id, DELIVERIES.c.finished_at < cutoffs.deliveries),
            FLAGS.name: self._flags(cutoffs.flags) if cutoffs.flags else 0,
        }

    def _flags(self, cutoff: datetime) -> int:
        """Flags that ended long ago, but none of a client whose changes may still be taken back."""
        scope = self._scope
        ended = cutoff > _ENDED_AT
        old = select(FLAGS.c.client_id).where(FLAGS.c.workspace_id == scope.workspace_id, ended).distinct()
        touched = {int(word) for row in scope.rows(_TOUCHED) for word in row["clients"].split()}
        clients = [found for found in scope.execute(old, {}).scalars() if found not in touched][:PAGE]
        return self._delete(FLAGS, FLAGS.c.id, and_(ended, FLAGS.c.client_id.in_(clients))) if clients else 0

    def _delete(self, table: Table, key: ColumnElement[Any], is_old: ColumnElement[bool]) -> int:
        own = table.c.workspace_id == self._scope.workspace_id
        some = select(key).where(own, is_old).limit(self._batch)
        return self._scope.execute(delete(table).where(own, key.in_(some)), {}).rowcount
