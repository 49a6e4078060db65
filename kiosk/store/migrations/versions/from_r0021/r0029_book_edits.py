"""Adds the changes of client books: who changed which entry, and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "book_edit",
        sa.Column("edit_id", sa.String(32), nullable=False),
        sa.Column("shopper_id", sa.String(64), nullable=False),
        sa.Column("entry_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("edit_id", name="pk_book_edit"),
    )
    op.create_index("ix_book_edit_shopper_id", "book_edit", ["shopper_id"])
    op.create_index("ix_book_edit_at_us", "book_edit", ["at_us"])


def downgrade() -> None:
    op.drop_table("book_edit")
