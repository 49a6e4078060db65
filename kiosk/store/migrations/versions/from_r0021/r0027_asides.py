"""Adds the pieces that are put aside for shoppers. It follows 0031, which databases may have already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "aside",
        sa.Column("aside_id", sa.String(128), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("until_us", sa.BigInteger, nullable=False),
        sa.Column("changed_us", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("aside_id", name="pk_aside"),
    )
    op.create_index("ix_aside_state", "aside", ["state"])
    op.create_index("ix_aside_changed_us", "aside", ["changed_us"])


def downgrade() -> None:
    op.drop_table("aside")
