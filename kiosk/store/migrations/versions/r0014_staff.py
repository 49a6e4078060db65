"""Adds what of an associate was set in the shop, and the log of who changed the staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
_COLUMNS = ("by_hand", "own_pin", "own_role", "barred")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("associate", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "staff_log",
        sa.Column("log_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
    )
    op.create_index("ix_staff_log_at_us", "staff_log", ["at_us"])


def downgrade() -> None:
    op.drop_table("staff_log")
    for name in _COLUMNS:
        op.drop_column("associate", name)
