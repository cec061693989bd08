"""Two indexes on what a new flag writes, where there were four; and no id of a setting is used twice on SQLite.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Columns = Mapping[str, Sequence[str]]
BEFORE: Columns = {
    "ix_flags_client": ("workspace_id", "client_id", "id"),
    "ix_flags_kind": ("workspace_id", "client_id", "archetype", "status", "expires_at"),
    "ix_flags_status": ("workspace_id", "status", "closed_at"),
    "ix_flags_created": ("workspace_id", "created_at"),
}
AFTER: Columns = {
    "ix_flags_client": ("workspace_id", "client_id", "id", "archetype", "status", "expires_at"),
    "ix_flags_status": ("workspace_id", "status", "created_at"),
    "ix_flags_ended": ("workspace_id", "status", "closed_at"),
}
CLOSED = {"ix_flags_ended"}


def upgrade() -> None:
    """The new ones instead of the old; and on SQLite no id of a setting is used twice, which an undo may still hold."""
    _exchange(BEFORE, AFTER)
    _settings(sqlite_autoincrement=True)


def downgrade() -> None:
    """The old ones again."""
    _exchange(AFTER, BEFORE)
    _settings(sqlite_autoincrement=False)


def _settings(**options: bool) -> None:
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("settings", recreate="always", table_kwargs=options):
            pass


def _exchange(old: Columns, new: Columns) -> None:
    for name in old:
        op.drop_index(name, "flags")
    for name, columns in new.items():
        where = sa.text("closed_at IS NOT NULL") if name in CLOSED else None
        op.create_index(name, "flags", columns, sqlite_where=where, postgresql_where=where)
