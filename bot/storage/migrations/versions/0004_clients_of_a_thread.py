"""Each client of a thread with its own trouble; the letter's language, and what was stated for its gaps.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Text = sqlmodel.sql.sqltypes.AutoString
WORDS = ("danger", "tone", "channel_asked", "language", "stated")


def upgrade() -> None:
    """Add the columns and the table."""
    for name in ("language", "stated"):
        op.add_column("thread_subjects", sa.Column(name, Text(), nullable=True))
    op.create_table(
        "thread_clients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("channel", Text(), nullable=False),
        sa.Column("thread", Text(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("archetypes", Text(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        *(sa.Column(name, Text(), nullable=True) for name in WORDS),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_thread_clients_client", "thread_clients", ["workspace_id", "channel", "thread", "client_id"])
    op.create_index("ix_thread_clients_client_id", "thread_clients", ["client_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("thread_clients")
    for name in ("language", "stated"):
        op.drop_column("thread_subjects", name)
