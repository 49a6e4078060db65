"""Adds when a request was answered: the piece or the associate was at the door.

For requests of before it is the last change, which of those that are done may be some minutes later.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("request", sa.Column("answered_us", sa.BigInteger, nullable=True))
    op.execute("UPDATE request SET answered_us = changed_us WHERE state IN ('at-the-door', 'done')")


def downgrade() -> None:
    op.drop_column("request", "answered_us")
