"""From a tag's EPC to the garment of this house: strangers' and sold pieces are nobody's business here."""

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
    """Why a tag is ignored; only counted, never listed."""

    FOREIGN = "foreign"
    SOLD = "sold"


@dataclass(frozen=True, slots=True)
class OwnPiece:
    """A piece of this house; `garment` is None where the catalogue does not know its GTIN."""

    epc: Epc
    gtin: Gtin
    garment: Garment | None


class TagLookup:
    """Tells own pieces from strangers'."""

    def __init__(self, catalogue: Catalogue, company_prefixes: Sequence[str]) -> None:
        self._catalogue, self._prefixes = catalogue, tuple(company_prefixes)
        self.ignored = dict.fromkeys(IgnoredTag, 0)

    def look_up(self, epc: Epc) -> OwnPiece | IgnoredTag:
        """Whose piece it is. Without a configured prefix, every garment the catalogue knows is own."""
        of = gtin_of(epc)
        if of is None or (self._prefixes and not _has_prefix(of, self._prefixes)):
            return self._count(IgnoredTag.FOREIGN)
        if self._catalogue.sold((epc,)):
            return self._count(IgnoredTag.SOLD)
        garment = self._catalogue.garment(of)
        if garment is None and not self._prefixes and not self._catalogue.shares_prefix(of):
            return self._count(IgnoredTag.FOREIGN)
        return OwnPiece(epc, of, garment)

    def _count(self, why: IgnoredTag) -> IgnoredTag:
        self.ignored[why] += 1
        return why


def gtin_of(epc: Epc) -> Gtin | None:
    """The GTIN that an EPC stands for; None where it stands for none."""
    try:
        return Gtin(str(sgtin.decode(epc).gtin))
    except EpcError:
        return None


def _has_prefix(of: Gtin, prefixes: Sequence[str]) -> bool:
    """Whether a GTIN-14 was issued under one of these prefixes; its first digit is the indicator."""
    return any(of[1:].startswith(prefix) for prefix in prefixes)
