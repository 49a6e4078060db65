"""Table of the words by which associates look products up."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text

from kiosk.store.db.metadata import METADATA

STYLE_WORDS = Table(
    "style_words", METADATA,
    Column("style_id", String(64), ForeignKey("style.style_id", ondelete="CASCADE"), primary_key=True),
    Column("words", Text, nullable=False),
    Column("spellings", Text, nullable=False, server_default=""),
)  # fmt: skip
"""`words`: of a style's names and colours in all languages, its category and ids, as `search_text` writes them;
`spellings`: other ways to write them (`search_spellings`)."""
