"""Adds the associates who are on a break, so that a break outlives a restart of the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "staff_break",
        sa.Column("associate_id", sa.String(64), nullable=False),
        sa.Column("since_us", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("associate_id", name="pk_staff_break"),
    )


def downgrade() -> None:
    op.drop_table("staff_break")
