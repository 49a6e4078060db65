"""Adds promotions, and the level of a member in the shop's programme."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "promotion",
        sa.Column("promotion_id", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("promotion_id", name="pk_promotion"),
    )
    op.add_column("shopper", sa.Column("level", sa.String(32), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("shopper", "level")
    op.drop_table("promotion")
