"""Adds the keys of associates' actions, so that an action that is sent twice is done once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "applied_action",
        sa.Column("associate_id", sa.String(64), nullable=False),
        sa.Column("action_key", sa.String(64), nullable=False),
        sa.Column("request_id", sa.String(128), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("applied_us", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("associate_id", "action_key", name="pk_applied_action"),
    )
    op.create_index("ix_applied_action_applied_us", "applied_action", ["applied_us"])


def downgrade() -> None:
    op.drop_table("applied_action")
