"""Lets Alembic run the store's migrations on the connection that the store hands over."""

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
