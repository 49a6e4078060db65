"""Adds what feeds of shops contain: opaque item ids, prices before a sale and of variants, reserved, incoming pieces.

`colourway.item` of existing rows is `STYLE-COLOUR`, the id that they had until now. Where two rows had the same id,
the second gets a suffix. `stock.counted` of existing rows is their count. Indices for the look-ups of sold pieces.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
_ROWS_AT_ONCE = 5000


def upgrade() -> None:
    # Plain ALTER TABLE: a batch would write the table anew and delete its rows' children by cascade.
    op.add_column("style", sa.Column("price_before_minor", sa.BigInteger(), nullable=True))
    for name in ("season", "line"):
        op.add_column("style", sa.Column(name, sa.String(length=64), nullable=False, server_default=""))
    for name in ("price_minor", "price_before_minor"):
        op.add_column("sku", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("sku", sa.Column("sku", sa.String(length=128), nullable=False, server_default=""))
    op.create_index("ix_sku_sku", "sku", ["sku"])
    for name in ("counted", "reserved", "incoming"):
        op.add_column("stock", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE stock SET counted = count")
    op.create_index("ix_sold_article", "sold", ["article", "at_us"])
    op.create_index("ix_sold_ordered_as", "sold", ["ordered_as"])
    op.create_index("ix_sold_order_id", "sold", ["order_id"])
    _upgrade_colours()


def _upgrade_colours() -> None:
    op.add_column("colourway", sa.Column("pictures", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("colourway", sa.Column("item", sa.String(length=128), nullable=True))
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT style_id, code, picture FROM colourway ORDER BY style_id, code")
    ).all()
    taken: set[str] = set()
    changes: list[dict[str, str]] = []
    for row in rows:
        item = _free(f"{row.style_id}-{row.code}", taken)
        taken.add(item)
        pictures = json.dumps([row.picture] if row.picture else [], ensure_ascii=False, separators=(",", ":"))
        changes.append({"item": item, "pictures": pictures, "style_id": row.style_id, "code": row.code})
    change = sa.text(
        "UPDATE colourway SET item = :item, pictures = :pictures WHERE style_id = :style_id AND code = :code"
    )
    for start in range(0, len(changes), _ROWS_AT_ONCE):
        connection.execute(change, changes[start : start + _ROWS_AT_ONCE])
    with op.batch_alter_table("colourway") as batch:
        batch.alter_column("item", existing_type=sa.String(length=128), nullable=False)
    op.create_index("ix_colourway_item", "colourway", ["item"], unique=True)


def _free(item: str, taken: set[str]) -> str:
    """The id, with a number where another row has it already."""
    number, free = 1, item
    while free in taken:
        number += 1
        free = f"{item}~{number}"
    return free


def downgrade() -> None:
    op.drop_index("ix_colourway_item", "colourway")
    for name in ("ix_sold_article", "ix_sold_ordered_as", "ix_sold_order_id"):
        op.drop_index(name, "sold")
    op.drop_index("ix_sku_sku", "sku")
    for table, names in (
        ("colourway", ("item", "pictures")),
        ("stock", ("counted", "reserved", "incoming")),
        ("sku", ("price_minor", "price_before_minor", "sku")),
        ("style", ("price_before_minor", "season", "line")),
    ):
        for name in names:
            op.drop_column(table, name)
