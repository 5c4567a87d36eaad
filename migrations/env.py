"""Alembic environment: uses the application's engine, or its open transaction."""

from alembic import context
from sqlalchemy import Connection

from app import models  # noqa: F401 - makes the tables known
from app.db import Base


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()


if (given := context.config.attributes["connection"]) is not None:
    migrate(given)
else:
    with context.config.attributes["engine"].connect() as own:
        migrate(own)
        own.commit()
