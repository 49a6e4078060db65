"""Adds how far each destination of sales documents has come, and what persons decided about documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0034"


def upgrade() -> None:
    op.create_table(
        "sales_out",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("ledger", sa.String(64), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("taken", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("taken_us", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("why", sa.String(200), nullable=False, server_default=""),
        sa.Column("stopped", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "sales_out_log",
        sa.Column("act_id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_sales_out_log_name", "sales_out_log", ["name", "at_us"])


def downgrade() -> None:
    op.drop_table("sales_out_log")
    op.drop_table("sales_out")
