"""The audit of one workspace: who did what, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, exists, select

from bot.storage.clients import AUDIT
from bot.storage.scope import Scope
from bot.storage.statements import Statement
from bot.storage.undo import undo

_UNDOING = AUDIT.alias("undoing")
_LAST = Statement(
    select(AUDIT.c.id, AUDIT.c.action, AUDIT.c.changes, AUDIT.c.clients)
    .where(
        AUDIT.c.workspace_id == bindparam("workspace_id"),
        AUDIT.c.user_id == bindparam("by_user"),
        AUDIT.c.changes != "",
        ~exists().where(_UNDOING.c.undoes == AUDIT.c.id),
    )
    .order_by(AUDIT.c.id.desc())
    .limit(1)
)


class History:
    """Undoing adds an entry and removes none; what an undone entry kept for undo is emptied."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def record(self, action: str, client_ids: Iterable[int] = (), *, undoes: int | None = None) -> None:
        """Write down who did what; with the journal that undo needs, unless this is itself an undo."""
        scope = self._scope
        values = {
            "user_id": scope.user_id,
            "action": action,
            "clients": "".join(f" {client_id} " for client_id in dict.fromkeys(client_ids)),
            "changes": "" if undoes else scope.journal(),
        }
        scope.add(AUDIT, **values, undoes=undoes, at=scope.now)

    def undo_last(self) -> str | None:
        """Take back the actor's last command; its name, or None when there is none. Raises `ChangedSinceError`."""
        last = self._scope.row(_LAST, by_user=self._scope.user_id)
        if last is None:
            return None
        with self._scope.connection.begin_nested():
            undo(self._scope, last["changes"])
        self._scope.execute(AUDIT.update().where(AUDIT.c.id == last["id"]).values(changes=""), {})
        self.record("undo", map(int, last["clients"].split()), undoes=last["id"])
        return str(last["action"])
