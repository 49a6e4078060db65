"""Adds the devices on which associates have signed in, each with its own count of wrong PINs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "known_device",
        sa.Column("device_mac", sa.String(64), primary_key=True),
        sa.Column("associate_id", sa.String(64), primary_key=True),
        sa.Column("seen_us", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until_us", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_known_device_associate_id", "known_device", ["associate_id", "seen_us"])


def downgrade() -> None:
    op.drop_table("known_device")
