"""Adds the tailor's notes. It follows 0039, which databases may have already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0039"


def upgrade() -> None:
    op.create_table(
        "alteration",
        sa.Column("request_id", sa.String(128), nullable=False),
        sa.Column("shopper_id", sa.String(64), nullable=True),
        sa.Column("room", sa.String(64), nullable=False),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("price_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("ready", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_us", sa.BigInteger, nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("changed_us", sa.BigInteger, nullable=False),
        sa.Column("changed_by", sa.String(64), nullable=False),
        sa.Column("done_us", sa.BigInteger, nullable=False),
        sa.Column("done_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_alteration"),
    )
    op.create_index("ix_alteration_shopper_id", "alteration", ["shopper_id"])
    op.create_index("ix_alteration_changed_us", "alteration", ["changed_us"])


def downgrade() -> None:
    op.drop_table("alteration")
