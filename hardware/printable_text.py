"""Texts of readers in messages: any bytes may come, so they are shown as text on one short line."""

from __future__ import annotations

from typing import Final

MAX_TEXT: Final = 300
"""Longest text of a reader in a message, in characters."""


def printable(text: str, most: int = MAX_TEXT) -> str:
    """A text of a reader on one line, without control characters, cut to `most` characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * most]).split())
    return line if len(line) <= most else line[: most - 1] + "…"
