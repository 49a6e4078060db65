"""Decodes a tag's EPC and finds its garment; tags of other companies and of sold pieces are ignored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, unique

from hardware.epc import codec as sgtin
from hardware.errors import EpcError
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import Epc, Gtin
from kiosk.store.catalogue.catalogue import Catalogue


@unique
class IgnoredTag(Enum):
    """Why a tag is ignored. Ignored tags are counted and never listed."""

    FOREIGN = "foreign"
    SOLD = "sold"


@dataclass(frozen=True, slots=True)
class OwnPiece:
    """A piece of this shop; `garment` is None if its GTIN is not in the catalogue."""

    epc: Epc
    gtin: Gtin
    garment: Garment | None


class TagLookup:
    """Looks up tags. `company_prefixes`: the shop's GS1 company prefixes; if empty, every known garment is taken."""

    def __init__(self, catalogue: Catalogue, company_prefixes: Sequence[str]) -> None:
        self._catalogue, self._prefixes = catalogue, tuple(company_prefixes)
        self.ignored = dict.fromkeys(IgnoredTag, 0)

    def look_up(self, epc: Epc) -> OwnPiece | IgnoredTag:
        """The piece of a tag, or why the tag is ignored."""
        gtin = gtin_of(epc)
        if gtin is None or (self._prefixes and not _has_prefix(gtin, self._prefixes)):
            return self._count(IgnoredTag.FOREIGN)
        if self._catalogue.sold((epc,)):
            return self._count(IgnoredTag.SOLD)
        garment = self._catalogue.garment(gtin)
        if garment is None and not self._prefixes and not self._catalogue.shares_prefix(gtin):
            return self._count(IgnoredTag.FOREIGN)
        return OwnPiece(epc, gtin, garment)

    def _count(self, why: IgnoredTag) -> IgnoredTag:
        self.ignored[why] += 1
        return why


def gtin_of(epc: Epc) -> Gtin | None:
    """The GTIN in an EPC; None if the EPC has none."""
    try:
        return Gtin(str(sgtin.decode(epc).gtin))
    except EpcError:
        return None


def _has_prefix(gtin: Gtin, prefixes: Sequence[str]) -> bool:
    """Whether a GTIN-14 belongs to one of these company prefixes; its first digit is the indicator."""
    return any(gtin[1:].startswith(prefix) for prefix in prefixes)
