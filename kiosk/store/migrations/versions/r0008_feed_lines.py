"""Adds what an import of changed lines needs: digests of lines, stamps of files, held losses, sales and returns.

`stock.counted` of articles that were sold since their count gets these pieces back: they are subtracted from it again
by their movements.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
_ID = sa.String(length=128)
_SOLD_SINCE = """
    SELECT count(*) FROM sold WHERE sold.article = stock.article AND sold.at_us > stock.counted_us
"""
# pieces were taken from the floor first; an article without floor has its pieces in the stockroom
_GIVE_BACK = f"""
    UPDATE stock SET counted = counted + ({_SOLD_SINCE})
    WHERE place = 'floor' OR place = 'stockroom' AND NOT EXISTS (
        SELECT 1 FROM stock AS other WHERE other.article = stock.article AND other.place = 'floor'
    )
"""  # noqa: S608 fixed text


def upgrade() -> None:
    _create_feed_tables()
    op.create_table(
        "stock_movement",
        sa.Column("movement_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("article", _ID, nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("movement_id", name=op.f("pk_stock_movement")),
    )
    op.create_index("ix_stock_movement_article", "stock_movement", ["article", "at_us"])
    op.create_index("ix_stock_movement_at_us", "stock_movement", ["at_us"])
    op.execute(
        "INSERT INTO stock_movement (article, pieces, at_us) SELECT article, -1, at_us FROM sold ORDER BY at_us"
    )
    op.execute(_GIVE_BACK)


def _create_feed_tables() -> None:
    op.create_table(
        "feed_line",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_feed_line")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feed_file",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("stamp", sa.Text(), server_default="", nullable=False),
        sa.Column("content", sa.String(length=64), server_default="", nullable=False),
        sa.Column("as_of_us", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("waiting", sa.Integer(), server_default="0", nullable=False),
        sa.Column("report", sa.Text(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_feed_file")),
    )
    op.create_table(
        "held_loss",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("since_us", sa.BigInteger(), nullable=False),
        sa.Column("accepted_by", sa.String(length=128), server_default="", nullable=False),
        sa.Column("accepted_us", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("kind", "what", name=op.f("pk_held_loss")),
    )


def downgrade() -> None:
    # rows that are counted at the time of their file get the time of their import, as before
    op.execute(
        "UPDATE stock SET counted_us = coalesce((SELECT as_of_us FROM feed_file WHERE kind = 'stock'), 0)"
        " WHERE counted_us = 0"
    )
    for table in ("stock_movement", "held_loss", "feed_file", "feed_line"):
        op.drop_table(table)
