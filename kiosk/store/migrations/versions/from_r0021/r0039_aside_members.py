"""Adds which members pieces are put aside for, where they have agreed to be known by associates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "aside_member",
        sa.Column("aside_id", sa.String(128), nullable=False),
        sa.Column("shopper_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("aside_id", name="pk_aside_member"),
    )
    op.create_index("ix_aside_member_shopper_id", "aside_member", ["shopper_id"])


def downgrade() -> None:
    op.drop_table("aside_member")
