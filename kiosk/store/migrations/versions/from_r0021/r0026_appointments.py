"""Adds the appointments for which associates prepare pieces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("appointment_id", sa.String(32), nullable=False),
        sa.Column("shopper_id", sa.String(64), nullable=False),
        sa.Column("guest", sa.String(240), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("note", sa.String(800), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("pieces", sa.Text, nullable=False),
        sa.Column("made_us", sa.BigInteger, nullable=False),
        sa.Column("expires_us", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("appointment_id", name="pk_appointment"),
    )
    op.create_index("ix_appointment_shopper_id", "appointment", ["shopper_id"])
    op.create_index("ix_appointment_expires_us", "appointment", ["expires_us"])


def downgrade() -> None:
    op.drop_table("appointment")
