"""Adds the words by which associates look products up, from the catalogue that is there."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from kiosk.store.db.search_words import search_text

revision = "0022"
down_revision = "0021"
_AT_ONCE = 1000


def upgrade() -> None:
    words = op.create_table(
        "style_words",
        sa.Column("style_id", sa.String(64), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["style_id"], ["style.style_id"], name="fk_style_words_style_id_style", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("style_id", name="pk_style_words"),
    )
    connection = op.get_bind()
    style = sa.table("style", sa.column("style_id"), sa.column("name"), sa.column("category"))
    colour = sa.table(
        "colourway", sa.column("style_id"), sa.column("code"), sa.column("name"), sa.column("item")
    )
    colours: dict[str, list[Any]] = {}
    for row in connection.execute(sa.select(colour)):
        colours.setdefault(row.style_id, []).append(row)
    rows = [
        {"style_id": row.style_id, "words": _words(row, colours.get(row.style_id, []))}
        for row in connection.execute(sa.select(style))
    ]
    for start in range(0, len(rows), _AT_ONCE):
        connection.execute(words.insert(), rows[start : start + _AT_ONCE])


def _words(style: Any, colours: list[Any]) -> str:
    texts = [*json.loads(style.name).values(), style.category, style.style_id]
    for colour in colours:
        texts += [*json.loads(colour.name).values(), colour.code, colour.item]
    return search_text(texts)


def downgrade() -> None:
    op.drop_table("style_words")
