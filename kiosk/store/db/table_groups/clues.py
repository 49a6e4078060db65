"""Tables of clues and of the client book. Rows with a shopper exist only with her consent `clues`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from kiosk.store.db.metadata import METADATA

BOOK_ENTRY = Table(
    "book_entry", METADATA,
    Column("entry_id", String(32), primary_key=True),
    Column("shopper_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False, server_default=""),
    Column("about", String(16), nullable=False, server_default=""),
    Column("value", String(200), nullable=False, server_default=""),
    Column("size", String(32), nullable=False, server_default=""),
    Column("made_us", BigInteger, nullable=False),
    Column("due_us", BigInteger, nullable=False, server_default="0"),
    Column("done_us", BigInteger, nullable=False, server_default="0"),
    Column("expires_us", BigInteger, nullable=False),
    Column("author", String(64), nullable=False),
    Column("holder", String(64), nullable=False),
    Index("ix_book_entry_shopper_id", "shopper_id"),
    Index("ix_book_entry_holder", "holder", "due_us"),
    Index("ix_book_entry_expires_us", "expires_us"),
)  # fmt: skip
"""What associates have written of a member. `about` and `value`: what a like or dislike is about (`DislikeKind`).
`holder`: the associate who looks after it, empty after that associate has left. 0: no day, not done."""

CLUE_VERDICT = Table(
    "clue_verdict", METADATA,
    Column("shopper_id", String(64), primary_key=True),
    Column("clue_id", String(32), primary_key=True),
    Column("verdict", String(8), nullable=False),
    Column("source", String(16), nullable=False),
    Column("why", String(16), nullable=False),
    Column("associate_id", String(64), nullable=False),
    Column("at_us", BigInteger, nullable=False),
)  # fmt: skip
"""What associates said of clues. `clue_id`: a digest of the statement, not the statement."""

CLUE_TRUST = Table(
    "clue_trust", METADATA,
    Column("source", String(16), primary_key=True),
    Column("why", String(16), primary_key=True),
    Column("useful", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
)  # fmt: skip
"""How many clues of a source were called useful and wrong, in the whole shop, without persons."""

CLUE_REFUSAL = Table(
    "clue_refusal", METADATA,
    Column("shopper_id", String(64), primary_key=True),
    Column("at_us", BigInteger, nullable=False),
)  # fmt: skip
"""Members who withdrew the consent `clues` in the shop; it counts although a feed still lists the consent."""

MEMBER_REQUEST = Table(
    "member_request", METADATA,
    Column("shopper_id", String(64), primary_key=True),
    Column("item", String(128), primary_key=True),
    Column("size", String(32), primary_key=True),
    Column("lacking", Boolean, nullable=False),
    Column("at_us", BigInteger, nullable=False, index=True),
)  # fmt: skip
"""What a member has asked for at a mirror, and whether it was not there."""
