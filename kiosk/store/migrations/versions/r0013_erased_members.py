"""Adds the members who were erased, by the keyed hash of their id."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "erased_member",
        sa.Column("member_mac", sa.String(64), primary_key=True),
        sa.Column("erased_us", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("erased_member")
