"""Adds clues and the client book of members who agree to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "book_entry",
        sa.Column("entry_id", sa.String(32), nullable=False),
        sa.Column("shopper_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False, server_default=""),
        sa.Column("about", sa.String(16), nullable=False, server_default=""),
        sa.Column("value", sa.String(200), nullable=False, server_default=""),
        sa.Column("size", sa.String(32), nullable=False, server_default=""),
        sa.Column("made_us", sa.BigInteger, nullable=False),
        sa.Column("due_us", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("done_us", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("expires_us", sa.BigInteger, nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_book_entry"),
    )
    op.create_index("ix_book_entry_shopper_id", "book_entry", ["shopper_id"])
    op.create_index("ix_book_entry_holder", "book_entry", ["holder", "due_us"])
    op.create_index("ix_book_entry_expires_us", "book_entry", ["expires_us"])
    op.create_table(
        "clue_verdict",
        sa.Column("shopper_id", sa.String(64), nullable=False),
        sa.Column("clue_id", sa.String(32), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("associate_id", sa.String(64), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("shopper_id", "clue_id", name="pk_clue_verdict"),
    )
    op.create_table(
        "clue_trust",
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("useful", sa.Integer, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("source", "why", name="pk_clue_trust"),
    )
    op.create_table(
        "clue_refusal",
        sa.Column("shopper_id", sa.String(64), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("shopper_id", name="pk_clue_refusal"),
    )
    op.create_table(
        "member_request",
        sa.Column("shopper_id", sa.String(64), nullable=False),
        sa.Column("item", sa.String(128), nullable=False),
        sa.Column("size", sa.String(32), nullable=False),
        sa.Column("lacking", sa.Boolean, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("shopper_id", "item", "size", name="pk_member_request"),
    )
    op.create_index("ix_member_request_at_us", "member_request", ["at_us"])


def downgrade() -> None:
    for table in ("member_request", "clue_refusal", "clue_trust", "clue_verdict", "book_entry"):
        op.drop_table(table)
