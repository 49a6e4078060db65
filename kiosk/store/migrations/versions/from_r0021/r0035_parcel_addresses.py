"""Adds the addresses of parcels. It follows 0044, which databases may have already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0044"


def upgrade() -> None:
    op.create_table(
        "parcel_address",
        sa.Column("parcel", sa.String(160), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("made_us", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("parcel", name="pk_parcel_address"),
    )
    op.create_index("ix_parcel_address_made_us", "parcel_address", ["made_us"])


def downgrade() -> None:
    op.drop_table("parcel_address")
