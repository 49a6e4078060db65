"""Adds the sums of weeks and the on/off trials, and an index of item events and requests by time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_SUMS = (
    "tried", "kept", "bought", "returned", "asked", "lacking", "suggested", "suggested_tried", "suggested_bought",
    "advised", "advice_followed", "advice_kept",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "insight_week", _text("week", 10), sa.PrimaryKeyConstraint("week", name="pk_insight_week")
    )
    op.create_table(
        "insight_item",
        _text("week", 10), _text("item", 128), _text("size", 32), _text("style_id", 64), _text("colour", 32),
        _text("currency", 3), _number("price_minor", sa.BigInteger), *(_number(name) for name in _SUMS),
        sa.PrimaryKeyConstraint("week", "item", "size", name="pk_insight_item"),
    )  # fmt: skip
    op.create_table(
        "insight_hour",
        _text("week", 10), _number("hour"), _text("measure", 16), _number("value"), _number("pieces"),
        sa.PrimaryKeyConstraint("week", "hour", "measure", "value", name="pk_insight_hour"),
    )  # fmt: skip
    op.create_table(
        "room_trial",
        sa.Column("trial_id", sa.Integer, nullable=False, autoincrement=True),
        _text("feature", 16), _text("measure", 16), _text("seed", 64), sa.Column("rooms", sa.Text, nullable=False),
        _text("first_day", 10), _text("last_day", 10),
        sa.Column("stopped_day", sa.String(10), nullable=False, server_default=""), _text("currency", 3),
        sa.PrimaryKeyConstraint("trial_id", name="pk_room_trial"),
    )  # fmt: skip
    op.create_table(
        "room_trial_cell",
        _number("trial_id"), _text("room", 64), _text("day", 10), _number("hour"),
        sa.Column("switched_on", sa.Boolean, nullable=False),
        *(_number(name) for name in ("visits", "sales", "pieces")), _number("money_minor", sa.BigInteger),
        sa.PrimaryKeyConstraint("trial_id", "room", "day", "hour", name="pk_room_trial_cell"),
    )  # fmt: skip
    op.create_index("ix_mark_at_us", "mark", ["at_us"])
    op.create_index("ix_request_arrived_us", "request", ["arrived_us"])


def downgrade() -> None:
    op.drop_index("ix_request_arrived_us", "request")
    op.drop_index("ix_mark_at_us", "mark")
    for name in ("room_trial_cell", "room_trial", "insight_hour", "insight_item", "insight_week"):
        op.drop_table(name)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _number(name: str, kind: type[sa.Integer] = sa.Integer) -> sa.Column[int]:
    return sa.Column(name, kind, nullable=False)
