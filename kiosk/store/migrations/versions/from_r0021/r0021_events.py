"""Adds the log of events for other systems, and the programs that read it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    _log()
    _readers()


def _log() -> None:
    op.create_table(
        "event",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
        ),
        sa.Column("event_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("piece", sa.String(128), nullable=False),
        sa.Column("room", sa.String(64), nullable=False, server_default=""),
    )
    op.create_index("ix_event_at_us", "event", ["at_us"])
    op.create_table(
        "event_stream",
        sa.Column("row_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("stream_id", sa.String(32), nullable=False),
        sa.Column("recorded_seq", sa.BigInteger, nullable=False),
        sa.Column("published_seq", sa.BigInteger, nullable=False),
        sa.Column("trimmed_seq", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "room_piece",
        sa.Column("piece", sa.String(128), primary_key=True),
        sa.Column("room", sa.String(64), nullable=False),
    )


def _readers() -> None:
    op.create_table(
        "integrator",
        sa.Column("integrator_id", sa.String(64), primary_key=True),
        sa.Column("token_mac", sa.String(64), nullable=False),
        sa.Column("scopes", sa.String(255), nullable=False),
        sa.Column("added_us", sa.BigInteger, nullable=False),
        sa.Column("added_by", sa.String(80), nullable=False),
    )
    op.create_index("ix_integrator_token_mac", "integrator", ["token_mac"], unique=True)


def downgrade() -> None:
    for table in ("integrator", "room_piece", "event_stream", "event"):
        op.drop_table(table)
