"""How Alembic meets the database: by the engine that the application is connected to."""

from alembic import context

from app import models  # noqa: F401 - makes the tables known
from app.db import Base

engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
