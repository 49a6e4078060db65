"""Adds when members came for their appointments, and which visits' mirrors show them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.add_column("appointment", sa.Column("arrived_us", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("appointment", sa.Column("shown", sa.Text, nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("appointment", "shown")
    op.drop_column("appointment", "arrived_us")
