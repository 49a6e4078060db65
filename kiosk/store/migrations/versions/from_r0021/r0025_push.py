"""Adds the devices on which associates are notified."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "push_subscription",
        sa.Column("endpoint_mac", sa.String(64), primary_key=True),
        sa.Column("associate_id", sa.String(64), nullable=False),
        sa.Column("session_mac", sa.String(64), nullable=False),
        sa.Column("device_mac", sa.String(64), nullable=False),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("p256dh", sa.String(128), nullable=False),
        sa.Column("auth", sa.String(32), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("until_us", sa.BigInteger, nullable=False),
    )
    for column in ("associate_id", "session_mac", "until_us"):
        op.create_index(f"ix_push_subscription_{column}", "push_subscription", [column])


def downgrade() -> None:
    op.drop_table("push_subscription")
