"""Adds what members said of styles, by week and language, without persons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0029"

_SUMS = ("positive", "negative", "mixed", "unsure", "by_reading")


def upgrade() -> None:
    op.create_table(
        "insight_opinion_week",
        _text("added", 10),
        sa.PrimaryKeyConstraint("added", name="pk_insight_opinion_week"),
    )
    op.create_table(
        "insight_opinion",
        _text("added", 10), _text("week", 10), _text("style_id", 64), _text("language", 8),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _SUMS),
        sa.Column("disclosed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("added", "week", "style_id", "language", name="pk_insight_opinion"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("insight_opinion")
    op.drop_table("insight_opinion_week")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)
