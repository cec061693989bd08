"""The delay that was stated in a thread.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("thread_subjects", sa.Column("days", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("thread_subjects", "days")
