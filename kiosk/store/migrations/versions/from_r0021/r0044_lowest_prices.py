"""Adds the lowest price of the last 30 days of styles and articles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0038"


def upgrade() -> None:
    for table in ("style", "sku"):
        op.add_column(table, sa.Column("lowest_price_minor", sa.BigInteger, nullable=True))


def downgrade() -> None:
    for table in ("style", "sku"):
        op.drop_column(table, "lowest_price_minor")
