"""Adds the tax class of styles and articles; existing rows have none, and with it the shop's default rate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    # Plain ALTER TABLE: a batch would write the table anew and delete its rows' children by cascade.
    for table in ("style", "sku"):
        op.add_column(table, sa.Column("tax_class", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    for table in ("sku", "style"):
        op.drop_column(table, "tax_class")
