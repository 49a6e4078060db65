"""Adds other ways to write the words of styles ("tshirt" for "T-Shirt"), and writes the words of what is there anew."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from kiosk.store.db.search_words import search_spellings, search_text

revision = "0033"
down_revision = "0027"
_AT_ONCE = 1000


def upgrade() -> None:
    op.add_column("style_words", sa.Column("spellings", sa.Text, nullable=False, server_default=""))
    connection = op.get_bind()
    words = sa.table("style_words", sa.column("style_id"), sa.column("words"), sa.column("spellings"))
    texts = _texts(connection)
    known = list(connection.scalars(sa.select(words.c.style_id)))
    change = (
        sa.update(words)
        .where(words.c.style_id == sa.bindparam("style"))
        .values(words=sa.bindparam("plain"), spellings=sa.bindparam("other"))
    )
    for start in range(0, len(known), _AT_ONCE):
        rows = [
            {"style": key, "plain": search_text(texts[key]), "other": search_spellings(texts[key])}
            for key in known[start : start + _AT_ONCE]
        ]
        connection.execute(change, rows)


def _texts(connection: sa.Connection) -> dict[str, list[str]]:
    """The texts of each style by which it is found."""
    style = sa.table("style", sa.column("style_id"), sa.column("name"), sa.column("category"))
    colour = sa.table(
        "colourway", sa.column("style_id"), sa.column("code"), sa.column("name"), sa.column("item")
    )
    found = {
        row.style_id: [*json.loads(row.name).values(), row.category, row.style_id]
        for row in connection.execute(sa.select(style))
    }
    for row in connection.execute(sa.select(colour)):
        found[row.style_id] += [*json.loads(row.name).values(), row.code, row.item]
    return found


def downgrade() -> None:
    op.drop_column("style_words", "spellings")
