"""Adds column `basket` to table `mark` (item events): a random id shared by the events of one visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("mark") as batch:
        batch.add_column(sa.Column("basket", sa.String(length=16), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("mark") as batch:
        batch.drop_column("basket")
