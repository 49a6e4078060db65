"""Facts from other systems: returns, wish lists, visits to web pages and reviews, each with its own consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.connectors.clues.port import MemberRecord, MemberRecords, RecordKind
from kiosk.core.clues.clue import ClueKind, ClueSource
from kiosk.core.clues.fact import Fact
from kiosk.core.domain.ids import ShopperId
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.clues.sentiment.calibration_file import WrittenOpinions
from kiosk.store.clues.sentiment.own_texts import KINDS, of_stars
from kiosk.store.clues.sources.port import named

MAX_RECORDS: Final = 100
_NEEDS: Final = {
    RecordKind.RETURNED: frozenset({"history"}),
    RecordKind.SAVED: frozenset({"web"}),
    RecordKind.LOOKED_AT: frozenset({"web"}),
    RecordKind.REVIEW: frozenset({"reviews"}),
}
_MEANS: Final = {
    RecordKind.RETURNED: (ClueKind.BROUGHT_BACK, ClueSource.RETURN, 1.0),
    RecordKind.SAVED: (ClueKind.SAVED, ClueSource.SAVED, 1.0),
    RecordKind.LOOKED_AT: (ClueKind.LOOKED_AT, ClueSource.WEB, 0.7),
}


@dataclass(frozen=True, slots=True)
class Connected:
    """One kind of record of one system."""

    kind: RecordKind
    records: MemberRecords
    catalogue: Catalogue
    opinions: WrittenOpinions

    @property
    def needs(self) -> frozenset[str]:
        return _NEEDS[self.kind]

    def facts(self, member: ShopperId, now_us: int) -> tuple[Fact, ...]:
        del now_us
        found = (
            self._fact(one) for one in self.records.of_member(member, MAX_RECORDS) if one.kind is self.kind
        )
        return tuple(fact for fact in found if fact is not None)

    def _fact(self, record: MemberRecord) -> Fact | None:
        garment, means = self.catalogue.garment_of_item(record.item), self._meaning(record)
        if garment is None or means is None:
            return None
        kind, source, certainty = means
        return Fact(
            kind, source, record.item, named(garment, record.size), record.at_us,
            garment.style_id, garment.category, certainty,
        )  # fmt: skip

    def _meaning(self, record: MemberRecord) -> tuple[ClueKind, ClueSource, float] | None:
        """What a record says; None for a review without stars that is not read with the measured precision."""
        if record.kind is not RecordKind.REVIEW:
            return _MEANS[record.kind]
        if record.stars:
            return KINDS[of_stars(record.stars)], ClueSource.REVIEW, 1.0
        found = self.opinions.of(record.text, record.language)
        return (KINDS[found[0]], ClueSource.REVIEW, found[1]) if found else None
