"""Adds the state of web hooks for events, and the events that a receiver did not take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "web_hook",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("stream_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("why", sa.String(200), nullable=False, server_default=""),
        sa.Column("missed", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("gone", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "dead_letter",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("event_id", sa.String(32), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.Column("dead_us", sa.BigInteger, nullable=False),
        sa.Column("again", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_dead_letter_name", "dead_letter", ["name", "seq"])
    op.create_index("ix_dead_letter_dead_us", "dead_letter", ["dead_us"])


def downgrade() -> None:
    op.drop_table("dead_letter")
    op.drop_table("web_hook")
