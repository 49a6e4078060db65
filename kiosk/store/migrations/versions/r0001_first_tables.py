"""Creates the first tables of a shop."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "associate",
        sa.Column("associate_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("languages", sa.Text(), server_default="[]", nullable=False),
        sa.Column("role", sa.String(length=16), server_default="associate", nullable=False),
        sa.Column("pin_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until_us", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("associate_id", name=op.f("pk_associate")),
    )
    op.create_table(
        "look",
        sa.Column("look_id", sa.String(length=64), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("stylist", sa.String(length=128), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("look_id", name=op.f("pk_look")),
    )
    op.create_table(
        "mark",
        sa.Column("mark_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("item", sa.String(length=128), nullable=False),
        sa.Column("size", sa.String(length=32), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("mark_id", name=op.f("pk_mark")),
    )
    op.create_index("ix_mark_kind_item", "mark", ["kind", "item"], unique=False)
    op.create_table(
        "purchase",
        sa.Column("purchase_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("shopper_id", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("purchase_id", name=op.f("pk_purchase")),
    )
    op.create_index(op.f("ix_purchase_shopper_id"), "purchase", ["shopper_id"], unique=False)
    op.create_table(
        "request",
        sa.Column("request_id", sa.String(length=128), nullable=False),
        sa.Column("room", sa.String(length=64), nullable=False),
        sa.Column("ticket", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_us", sa.BigInteger(), nullable=False),
        sa.Column("arrived_us", sa.BigInteger(), nullable=False),
        sa.Column("changed_us", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request")),
    )
    op.create_index(op.f("ix_request_state"), "request", ["state"], unique=False)
    op.create_table(
        "session",
        sa.Column("token_mac", sa.String(length=64), nullable=False),
        sa.Column("associate_id", sa.String(length=64), nullable=False),
        sa.Column("since_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_mac", name=op.f("pk_session")),
    )
    op.create_table(
        "shopper",
        sa.Column("shopper_id", sa.String(length=64), nullable=False),
        sa.Column("first_name", sa.String(length=128), server_default="", nullable=False),
        sa.Column("language", sa.String(length=8), server_default="", nullable=False),
        sa.Column("sizes", sa.Text(), server_default="{}", nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("consents", sa.Text(), server_default="[]", nullable=False),
        sa.Column("stored_means", sa.String(length=128), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("shopper_id", name=op.f("pk_shopper")),
    )
    op.create_table(
        "sold",
        sa.Column("epc", sa.String(length=64), nullable=False),
        sa.Column("gtin", sa.String(length=14), nullable=False),
        sa.Column("order_id", sa.String(length=128), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("epc", name=op.f("pk_sold")),
    )
    op.create_table(
        "stock",
        sa.Column("gtin", sa.String(length=14), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("counted_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("gtin", "place", name=op.f("pk_stock")),
    )
    op.create_table(
        "style",
        sa.Column("style_id", sa.String(length=64), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), server_default="{}", nullable=False),
        sa.Column("material", sa.Text(), server_default="{}", nullable=False),
        sa.Column("care", sa.Text(), server_default="{}", nullable=False),
        sa.Column("origin", sa.Text(), server_default="{}", nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("size_system", sa.String(length=32), server_default="", nullable=False),
        sa.Column("sizes", sa.Text(), server_default="[]", nullable=False),
        sa.Column("since", sa.String(length=32), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("style_id", name=op.f("pk_style")),
    )
    op.create_table(
        "colourway",
        sa.Column("style_id", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hex", sa.String(length=16), server_default="", nullable=False),
        sa.Column("picture", sa.String(length=255), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["style_id"], ["style.style_id"], name=op.f("fk_colourway_style_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("style_id", "code", name=op.f("pk_colourway")),
    )
    op.create_table(
        "credential",
        sa.Column("uid_mac", sa.String(length=64), nullable=False),
        sa.Column("shopper_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shopper_id"], ["shopper.shopper_id"], name=op.f("fk_credential_shopper_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid_mac", name=op.f("pk_credential")),
    )
    op.create_index(op.f("ix_credential_shopper_id"), "credential", ["shopper_id"], unique=False)
    op.create_table(
        "sku",
        sa.Column("gtin", sa.String(length=14), nullable=False),
        sa.Column("style_id", sa.String(length=64), nullable=False),
        sa.Column("colour", sa.String(length=32), nullable=False),
        sa.Column("size", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["style_id"], ["style.style_id"], name=op.f("fk_sku_style_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("gtin", name=op.f("pk_sku")),
    )
    op.create_index(op.f("ix_sku_style_id"), "sku", ["style_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_sku_style_id"), table_name="sku")
    op.drop_table("sku")
    op.drop_index(op.f("ix_credential_shopper_id"), table_name="credential")
    op.drop_table("credential")
    op.drop_table("colourway")
    op.drop_table("style")
    op.drop_table("stock")
    op.drop_table("sold")
    op.drop_table("shopper")
    op.drop_table("session")
    op.drop_index(op.f("ix_request_state"), table_name="request")
    op.drop_table("request")
    op.drop_index(op.f("ix_purchase_shopper_id"), table_name="purchase")
    op.drop_table("purchase")
    op.drop_index("ix_mark_kind_item", table_name="mark")
    op.drop_table("mark")
    op.drop_table("look")
    op.drop_table("associate")
