"""Adds table `trial`: fit feedback of members who have consented."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "trial",
        sa.Column("shopper_id", sa.String(length=64), primary_key=True),
        sa.Column("style_id", sa.String(length=64), primary_key=True),
        sa.Column("size", sa.String(length=32), primary_key=True),
        sa.Column("category", sa.String(length=64), server_default="", nullable=False),
        sa.Column("felt", sa.String(length=24), nullable=False),
        sa.Column("spot", sa.String(length=24), server_default="", nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("trial")
