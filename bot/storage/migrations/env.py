"""Alembic's environment: runs on the connection that `bot.storage.migrate` hands over."""

import sqlmodel  # noqa: F401 - migrations name its column types
from alembic import context
from sqlmodel import SQLModel

from bot.storage import tables  # noqa: F401 - registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
