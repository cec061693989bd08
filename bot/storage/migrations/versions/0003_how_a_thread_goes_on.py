"""What was stated and asked in a thread: a delay, a danger, how letters are to be.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = ("danger", "tone", "channel_asked")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("thread_subjects", sa.Column("days", sa.Integer(), nullable=True))
    for name in WORDS:
        op.add_column("thread_subjects", sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for name in ("days", *WORDS):
        op.drop_column("thread_subjects", name)
