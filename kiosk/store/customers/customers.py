"""Known shoppers: whose card was laid, and only what that tap has proved. Never logged, dropped with the visit.

A card that holds our keys proves itself, at the reader or by a signed link (SUN) whose counter has risen: first name
and sizes may be shown. A bare number can be copied, so it opens nothing that is personal; that of a card which can
prove itself, shown without its proof, is a copy and opens nothing at all.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from hardware.pcsc.errors import ProofError
from hardware.pcsc.ev2 import AuthenticatedCard
from hardware.pcsc.keys import UID_BYTES, ShopKeys
from hardware.pcsc.ntag424 import is_signed, verify_sun
from hardware.pcsc.tap_assessment import (
    CloneIndicator,
    ProofLevel,
    TapAssessment,
    assess_authentication,
    assess_failed_authentication,
    assess_tap,
)
from kiosk.core.domain.ids import ItemId, ShopperId
from kiosk.core.domain.shopper import CategorySize, Shopper, Tier
from kiosk.core.visit.events import CardTapped
from kiosk.store.customers.card_book import CardBook
from kiosk.store.db.database import Database
from kiosk.store.db.tables import PURCHASE, SHOPPER

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Customer:
    """What the shop may use of a shopper who proved who she is: only what she consented to."""

    shopper_id: ShopperId
    first_name: str
    language: str
    sizes: tuple[CategorySize, ...]
    history: tuple[ItemId, ...]
    stored_means: str

    def usual(self, category: str, size_system: str = "") -> str:
        """The size usually kept, by the style's system of sizes where that is known, else by category."""
        worn = {w.category: w.size for w in self.sizes}
        return worn.get(size_system) or worn.get(category) or ""

    def proved(self) -> Shopper:
        return Shopper(
            self.shopper_id, Tier.PROVED, self.first_name, self.language, self.sizes, self.stored_means
        )


@dataclass(frozen=True, slots=True)
class TapResult:
    """Whom a tap makes known, if anybody, and by which card (its hash) where that proved itself; how a copy gave
    itself away, if one did."""

    shopper: Shopper | None = None
    sign: CloneIndicator | None = None
    uid_mac: str = ""


class Customers:
    """Looks shoppers up by tap. `keys` gives the house's card keys as they are now, None where there are none."""

    def __init__(self, database: Database, book: CardBook, keys: Callable[[], ShopKeys | None]) -> None:
        self._database, self.book, self.keys = database, book, keys

    def evaluate_tap(self, tap: CardTapped) -> TapResult:
        """What a tap is worth. The counter of a good proof is kept before anything opens."""
        keys, uid = self.keys(), tap.uid.upper()
        card = self.book.card(uid)
        bare = card is None or not card.signs
        if (bare and not is_signed(tap.link or "")) or keys is None:
            if card is None or not bare or card.blocked:
                return TapResult()
            return TapResult(self._static(card.shopper_id))
        assessment = assess_tap(uid, tap.link, keys, self.book.known)
        if assessment.refused is not None and assessment.counter is not None:
            # A blocked card, but genuine: once the block is lifted, what it showed until then stays used up.
            self.book.raise_counter(verify_sun(tap.link or "", keys).uid, assessment.counter)
        return self._opened(assessment)

    def can_authenticate(self, uid: str) -> bool:
        """Whether a card of this UID (upper-case hex) may prove itself at the reader."""
        if len(uid) != 2 * UID_BYTES or not set(uid) <= set("0123456789ABCDEF"):
            return False
        card = self.book.card(uid)
        return card is not None and not card.blocked

    def authenticated(self, tap: CardTapped, proof: AuthenticatedCard) -> TapResult:
        """A card proved itself at the reader; the link of the same tap is used up with it."""
        assessment = assess_authentication(proof, self.book.known)
        if assessment.level is ProofLevel.PROVED:
            self.book.raise_counter(proof.uid, self._counter(tap, proof.uid))
            assessment = TapAssessment(assessment.level, uid=assessment.uid)
        return self._opened(assessment)

    def authentication_failed(self, tap: CardTapped, refused: ProofError) -> TapResult:
        """What lies at the reader does not hold the key of the card it claims to be."""
        return self._opened(assess_failed_authentication(tap.uid.upper(), refused, self.book.known))

    def customer(self, shopper_id: ShopperId) -> Customer | None:
        """A shopper by id; only to be asked for one who has proved who she is."""
        with self._database.reading() as connection:
            row = connection.execute(select(SHOPPER).where(SHOPPER.c.shopper_id == shopper_id)).one_or_none()
            if row is None:
                return None
            items = connection.scalars(
                select(PURCHASE.c.item)
                .where(PURCHASE.c.shopper_id == shopper_id)
                .order_by(PURCHASE.c.purchase_id)
            ).all()
        consents = set(json.loads(row.consents))
        sizes = json.loads(row.sizes) if "sizes" in consents else {}
        return Customer(
            shopper_id=shopper_id,
            first_name=row.first_name,
            language=row.language,
            sizes=tuple(CategorySize(category, size) for category, size in sizes.items()),
            history=tuple(ItemId(i) for i in items) if "history" in consents else (),
            stored_means=row.stored_means,
        )

    def _counter(self, tap: CardTapped, uid: str) -> int:
        """The counter of the tap's own link; 0 where it has none of this card."""
        keys = self.keys()
        try:
            link = verify_sun(tap.link or "", keys) if keys else None
        except ProofError:
            return 0
        return link.counter if link and link.uid == uid else 0

    def _opened(self, assessment: TapAssessment) -> TapResult:
        if assessment.refused is not None:
            log.info("a card was refused: %s", type(assessment.refused).__name__)
            return TapResult(sign=assessment.clone.indicator if assessment.clone else None)
        if assessment.level is not ProofLevel.PROVED or assessment.uid is None:
            return TapResult()
        if assessment.counter is not None and not self.book.raise_counter(assessment.uid, assessment.counter):
            return TapResult(sign=CloneIndicator.REPLAYED_LINK)
        card = self.book.card(assessment.uid)
        customer = self.customer(card.shopper_id) if card else None
        return TapResult(customer.proved(), uid_mac=card.uid_mac) if card and customer else TapResult()

    def _static(self, shopper_id: ShopperId) -> Shopper | None:
        return Shopper(shopper_id, Tier.STATIC) if self.book.has_shopper(shopper_id) else None
