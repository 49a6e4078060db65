"""GS1 Digital Link URIs of articles, pieces and rooms (GS1 Digital Link Standard: URI Syntax, sections 4.5 to 4.11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from kiosk.core.domain.ids import PieceId, article_of, gtin_of, is_anonymous, serial_of

GS1: Final = "https://id.gs1.org"
_GLN_EXTENSION: Final = frozenset("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
"""Of the 82 characters of AI 254, those that stand in an address as they are."""
_MAX_EXTENSION: Final = 20


@dataclass(frozen=True, slots=True)
class DigitalLinks:
    """`base`: the address that the links begin with; `gln`: the shop's Global Location Number, 13 digits, or empty."""

    base: str = GS1
    gln: str = ""

    def of_article(self, piece: PieceId) -> str | None:
        """The link of a piece's article; None where it has no GTIN: Digital Links have GS1 keys only."""
        gtin = gtin_of(article_of(piece))
        return None if gtin is None else f"{self.base}/01/{gtin}"

    def of_piece(self, piece: PieceId) -> str | None:
        """The link of a piece; None where it has no GTIN or no serial of its own."""
        article = self.of_article(piece)
        if article is None or is_anonymous(piece):
            return None
        return f"{article}/21/{quote(serial_of(piece), safe='')}"

    def of_room(self, room: str) -> str | None:
        """The link of a room: the shop's GLN with the room as its extension. None without a GLN or a room, or for a
        room whose id is no extension (AI 254: at most 20 characters)."""
        if not self.gln or not room:
            return None
        extension = len(room) <= _MAX_EXTENSION and _GLN_EXTENSION.issuperset(room)
        return f"{self.base}/414/{self.gln}/254/{room}" if extension else None

    def of_shop(self) -> str | None:
        """The link of the shop; None without a GLN."""
        return f"{self.base}/414/{self.gln}" if self.gln else None
