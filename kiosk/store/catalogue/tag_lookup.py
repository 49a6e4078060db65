"""Finds the garment of a piece in a room; tags of other companies and of sold pieces are ignored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, unique

from hardware.epc.codec import decode
from hardware.errors import EpcError
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, PieceId, article_of, gtin_of, parse_piece
from kiosk.store.catalogue.catalogue import Catalogue


@unique
class IgnoredTag(Enum):
    """Why a tag is ignored. Ignored tags are counted and never listed."""

    FOREIGN = "foreign"
    SOLD = "sold"


@dataclass(frozen=True, slots=True)
class OwnPiece:
    """A piece of this shop; `garment` is None if its article is not in the catalogue."""

    piece: PieceId
    article: ArticleId
    garment: Garment | None


class TagLookup:
    """Looks up tags. `company_prefixes`: the shop's GS1 company prefixes; if empty, every known garment is taken."""

    def __init__(self, catalogue: Catalogue, company_prefixes: Sequence[str]) -> None:
        self._catalogue, self._prefixes = catalogue, tuple(company_prefixes)
        self.ignored = dict.fromkeys(IgnoredTag, 0)

    def look_up(self, tag: str, *, also_sold: bool = False) -> OwnPiece | IgnoredTag:
        """The piece of this id, or why it is ignored. `tag` may be the EPC of a tag that is no garment's."""
        try:
            piece = parse_piece(tag)
        except ValueError:
            return self._count(IgnoredTag.FOREIGN)
        article = article_of(piece)
        gtin = gtin_of(article)
        # first what needs no database: most tags that pass by are foreign
        if gtin is not None and self._prefixes and not self._has_prefix(gtin):
            return self._count(IgnoredTag.FOREIGN)
        if not also_sold and self._catalogue.sold((piece,)):
            return self._count(IgnoredTag.SOLD)
        garment = self._catalogue.garment(article)
        if garment is None and not self._is_own(article):
            return self._count(IgnoredTag.FOREIGN)
        return OwnPiece(piece, article, garment)

    def identify(self, scanned: PieceId, piece: PieceId) -> None:
        """A piece that was scanned without a serial is this one."""
        self._catalogue.identify(scanned, piece)

    def _is_own(self, article: ArticleId) -> bool:
        """Whether an article that is not in the catalogue is the shop's: by its GTIN; a SKU never is."""
        if gtin_of(article) is None:
            return False
        return bool(self._prefixes) or self._catalogue.shares_prefix(article)

    def is_ours(self, epc: str) -> bool:
        """Whether an EPC is a garment with one of the shop's company prefixes; asks no database and counts nothing."""
        try:
            gtin = str(decode(epc).gtin)
        except EpcError:
            return False
        return not self._prefixes or self._has_prefix(gtin)

    def _has_prefix(self, gtin: str) -> bool:
        # the first digit of a GTIN-14 is the indicator
        return any(gtin[1:].startswith(prefix) for prefix in self._prefixes)

    def _count(self, why: IgnoredTag) -> IgnoredTag:
        self.ignored[why] += 1
        return why
