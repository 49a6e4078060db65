"""The visit in a room as the store has it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.core.clues.clue import NO_CARD, ClueCardId
from kiosk.core.clues.dislikes import Dislike
from kiosk.core.domain.floor.prepared import Prepared
from kiosk.core.domain.floor.staff_message import MessageNote, StaffMessage
from kiosk.core.domain.ids import PieceId, ShopperId, Ticket
from kiosk.core.domain.promotions.rule import ShopperFacts
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.prepared.prepared_event import PreparedChanged


@dataclass(frozen=True, slots=True)
class StoreVisit:
    """The visit in a room as far as the store has it; dropped when the visit ends."""

    ticket: Ticket
    began_us: int
    shopper: Shopper | None = None
    proved_us: int = 0
    """Time of the last fresh proof of a card in this visit, microseconds of the steady clock; 0 for never."""
    uid_mac: str = ""
    """Keyed hash of that card's UID."""
    chosen: tuple[PieceId, ...] | None = None
    """What the shopper has chosen to buy; None until the mirror reports it (one of an earlier version never does)."""
    here: tuple[PieceId, ...] = ()
    """Those of them that are with her."""
    coupons: frozenset[str] = field(default=frozenset(), repr=False)
    """Texts of the coupons that were scanned in it."""
    erased: bool = False
    """Its member was erased; the mirror has to end it."""
    began_steady_us: int = 0
    """When it began, by the steady clock; its length is measured by that."""
    clues: ClueCardId = NO_CARD
    """Its member lets associates see clues about her; empty if she does not."""
    dislikes: tuple[Dislike, ...] = ()
    """What its shopper does not want to be offered, as an associate was told in this visit."""
    message: StaffMessage | None = field(default=None, repr=False)
    """What an associate shows on its mirror."""
    message_note: MessageNote | None = None
    """What became of the last message; also of one that she has closed."""
    message_keys: tuple[str, ...] = ()
    """Associate and key of the last messages."""
    attended: bool | None = None
    """Whether its shopper is here, as its mirror reported last; None before its first report."""
    told_us: int = 0
    """When the mirror was told so last, microseconds of the steady clock."""
    restated: PreparedChanged | None = field(default=None, repr=False)
    """What its mirror shows of an appointment since before the store's start; its member has proved nothing since."""

    @property
    def facts(self) -> ShopperFacts:
        """What decides about promotions for its shopper: her membership counts once her card has proved who she is."""
        shopper = self.shopper
        if shopper is None or shopper.tier < Tier.PROVED:
            return ShopperFacts(coupons=self.coupons)
        return ShopperFacts(shopper.member, shopper.level, self.coupons)

    @property
    def member(self) -> ShopperId | None:
        """Of whom its mirror shows something."""
        if self.shopper is not None:
            return self.shopper.shopper_id
        return self.restated.shopper_id if self.restated is not None else None

    @property
    def prepared(self) -> Prepared | None:
        """What its mirror shows of an appointment."""
        if self.shopper is not None:
            return self.shopper.prepared
        return self.restated.prepared if self.restated is not None else None

    def with_prepared(self, prepared: Prepared | None) -> StoreVisit:
        """The visit with what its mirror is to show of an appointment."""
        if self.shopper is not None:
            return replace(self, shopper=replace(self.shopper, prepared=prepared))
        if self.restated is not None:
            return replace(self, restated=replace(self.restated, prepared=prepared))
        return self
