"""Runs the store's Alembic migrations on the connection that `Database` passes in."""

from __future__ import annotations

from alembic import context

from kiosk.store.db.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
