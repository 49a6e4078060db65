"""Adds columns `blocked` and `source` (feed or enrolled) to table `credential`, and removes its foreign key to
`shopper`, so that cards stay when their shopper is deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("credential") as batch:
        batch.drop_constraint("fk_credential_shopper_id", type_="foreignkey")
        batch.add_column(sa.Column("blocked", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("source", sa.String(length=16), server_default="feed", nullable=False))


def downgrade() -> None:
    known = sa.text("DELETE FROM credential WHERE shopper_id NOT IN (SELECT shopper_id FROM shopper)")
    op.execute(known)
    with op.batch_alter_table("credential") as batch:
        batch.drop_column("source")
        batch.drop_column("blocked")
        batch.create_foreign_key(
            "fk_credential_shopper_id", "shopper", ["shopper_id"], ["shopper_id"], ondelete="CASCADE"
        )
