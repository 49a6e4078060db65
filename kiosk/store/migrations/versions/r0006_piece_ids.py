"""Identifies sold pieces by article and serial instead of by the bits of a tag; articles may be SKUs.

`sold.epc` becomes `piece`; `gtin` becomes `article` in `sku`, `stock`, `sold` and in the bodies of requests. `sold`
gets `ordered_as`, the piece's id in the order's line. Of two sold rows that are one piece the newest stays.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from kiosk.store.piece_ids import epc_of_piece, piece_of_stored_epc

revision = "0006"
down_revision = "0005"
_ID = sa.String(length=128)
_GTIN = sa.String(length=14)
_ROWS_AT_ONCE = 500


def upgrade() -> None:
    for table in ("sku", "stock"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                "gtin", new_column_name="article", type_=_ID, existing_type=_GTIN, existing_nullable=False
            )
    _upgrade_sold()
    _rename_in_requests("gtin", "article")


def _upgrade_sold() -> None:
    connection = op.get_bind()
    rows: dict[str, dict[str, Any]] = {}
    for row in connection.execute(sa.text("SELECT epc, gtin, order_id, at_us FROM sold ORDER BY at_us, epc")):
        piece = piece_of_stored_epc(row.epc, row.gtin)
        rows[piece] = {
            "piece": piece, "article": row.gtin, "ordered_as": piece, "order_id": row.order_id, "at_us": row.at_us,
        }  # fmt: skip
    op.drop_table("sold")
    sold = op.create_table(
        "sold",
        sa.Column("piece", _ID, nullable=False),
        sa.Column("article", _ID, nullable=False),
        sa.Column("ordered_as", _ID, nullable=False),
        sa.Column("order_id", sa.String(length=128), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("piece", name=op.f("pk_sold")),
    )
    found = list(rows.values())
    for start in range(0, len(found), _ROWS_AT_ONCE):
        connection.execute(sa.insert(sold), found[start : start + _ROWS_AT_ONCE])


def _rename_in_requests(old: str, new: str) -> None:
    connection = op.get_bind()
    change = sa.text("UPDATE request SET body = :body WHERE request_id = :request_id")
    for row in connection.execute(sa.text("SELECT request_id, body FROM request")).all():
        body = json.loads(row.body)
        if old in body:
            renamed = {new if key == old else key: value for key, value in body.items()}
            text = json.dumps(renamed, ensure_ascii=False, separators=(",", ":"))
            connection.execute(change, {"body": text, "request_id": row.request_id})


def downgrade() -> None:
    """Back to EPCs and GTINs. Articles that are SKUs are deleted; a sold piece gets the EPC that a scan of it had."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT piece, order_id, at_us FROM sold")).all()
    op.drop_table("sold")
    sold = op.create_table(
        "sold",
        sa.Column("epc", sa.String(length=64), nullable=False),
        sa.Column("gtin", _GTIN, nullable=False),
        sa.Column("order_id", sa.String(length=128), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("epc", name=op.f("pk_sold")),
    )
    for row in rows:
        epc = epc_of_piece(row.piece)
        if epc is not None:
            values = {"epc": epc, "gtin": row.piece[:14], "order_id": row.order_id, "at_us": row.at_us}
            connection.execute(sa.insert(sold), values)
    for table in ("sku", "stock"):
        connection.execute(sa.text(f"DELETE FROM {table} WHERE article LIKE 'sku:%'"))  # noqa: S608 fixed names
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                "article", new_column_name="gtin", type_=_GTIN, existing_type=_ID, existing_nullable=False
            )
    _rename_in_requests("article", "gtin")
