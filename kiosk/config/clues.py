"""Configuration of clues about members who agree to them."""

from __future__ import annotations

from kiosk.config.types import Place, Section


class Clues(Section):
    """What other systems know of members (`packaging/guides/feed.md`, "Records of members")."""

    records: Place | None = None
    """File of JSON lines with returns, wish lists, visits to web pages and reviews, which another program replaces."""
    sentiment: Place | None = None
    """Which reviews without stars may be read as good or bad, written by `cheval train sentiment`; none without it."""
