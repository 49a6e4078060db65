"""Identifies shoppers by their cards, and gives only what a tap has proved. Shoppers are never logged.

A card with the shop's keys proves itself, by authentication at the reader or by a signed link (SUN) with a higher
counter than before: then first name and sizes may be shown. A UID alone can be copied, so it shows nothing personal.
The UID of a card that can prove itself, without a proof, is a copy and is worth nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from hardware.pcsc.errors import BlockedCardError, ProofError
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
from kiosk.core.clues.dislikes import Dislike
from kiosk.core.domain.ids import ItemId, ShopperId
from kiosk.core.domain.promotions.rule import ShopperFacts
from kiosk.core.domain.shopper import CategorySize, Shopper, Tier
from kiosk.core.visit.events import CardTapped
from kiosk.store.customers.book.consents import CLUES, consents_in
from kiosk.store.customers.book.entries import dislikes_in
from kiosk.store.customers.card_book import CardBook
from kiosk.store.db.database import Database
from kiosk.store.db.tables import PURCHASE, SHOPPER

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Customer:
    """A shopper who has proved who she is, with the data that she has consented to."""

    shopper_id: ShopperId = field(repr=False)
    first_name: str = field(repr=False)
    language: str
    sizes: tuple[CategorySize, ...] = field(repr=False)
    history: tuple[ItemId, ...] = field(repr=False)
    stored_means: str = field(repr=False)
    buys_by_tap: bool = False
    """She has agreed that a tap at a stand buys the garment there."""
    clues: bool = False
    """She has agreed that associates see clues about her and keep a client book."""
    dislikes: tuple[Dislike, ...] = field(default=(), repr=False)
    """From the client book; these are not suggested to her."""

    member: bool = False
    level: str = ""
    """Of the shop's programme; promotions may be for members, or for some levels."""

    def usual(self, category: str, size_system: str = "") -> str:
        """The usual size, by size system if one is stored for it, else by category; empty if unknown."""
        worn = {w.category: w.size for w in self.sizes}
        return worn.get(size_system) or worn.get(category) or ""

    def as_shopper(self) -> Shopper:
        return Shopper(
            self.shopper_id, Tier.PROVED, self.first_name, self.language, self.sizes, self.stored_means,
            member=self.member, level=self.level,
        )  # fmt: skip

    @property
    def facts(self) -> ShopperFacts:
        """What decides about promotions for her."""
        return ShopperFacts(self.member, self.level)


@dataclass(frozen=True, slots=True)
class TapResult:
    """What a tap proves: the shopper if known, the sign of a copied card if there is one.

    `uid_mac`: keyed hash of the card's UID if the card has proved itself, else empty.
    """

    shopper: Shopper | None = None
    sign: CloneIndicator | None = None
    uid_mac: str = ""
    clues: bool = False
    """The shopper lets associates see clues about her."""
    blocked: bool = False
    """The card is the shop's own and has proved itself, but was revoked."""


class Customers:
    """Looks up shoppers by their cards. `keys` gives the shop's present card keys, None if there are none."""

    def __init__(self, database: Database, book: CardBook, keys: Callable[[], ShopKeys | None]) -> None:
        self._database, self.book, self.keys = database, book, keys

    def evaluate_tap(self, tap: CardTapped) -> TapResult:
        """What a tap proves. The counter of a valid proof is stored before anything is returned."""
        keys, uid = self.keys(), tap.uid.upper()
        card = self.book.card(uid)
        bare = card is None or not card.can_prove_itself
        if (bare and not is_signed(tap.link or "")) or keys is None:
            if card is None or not bare or card.blocked:
                return TapResult()
            return TapResult(self._static(card.shopper_id))
        assessment = assess_tap(uid, tap.link, keys, self.book.known)
        if assessment.refused is not None and assessment.counter is not None:
            # A genuine card that is blocked: its links stay used up after the block is removed.
            self.book.raise_counter(verify_sun(tap.link or "", keys).uid, assessment.counter)
        return self._result(assessment)

    def can_authenticate(self, uid: str) -> bool:
        """Whether a card of this UID (upper-case hex) may prove itself at the reader."""
        if len(uid) != 2 * UID_BYTES or not set(uid) <= set("0123456789ABCDEF"):
            return False
        card = self.book.card(uid)
        return card is not None and not card.blocked

    def authenticated(self, tap: CardTapped, proof: AuthenticatedCard) -> TapResult:
        """The result for a card that authenticated at the reader; the link of the same tap is used up as well."""
        assessment = assess_authentication(proof, self.book.known)
        if assessment.level is ProofLevel.PROVED:
            self.book.raise_counter(proof.uid, self._counter(tap, proof.uid))
            assessment = TapAssessment(assessment.level, uid=assessment.uid)
        return self._result(assessment)

    def authentication_failed(self, tap: CardTapped, refused: ProofError) -> TapResult:
        """The result for a card that does not hold the key of the card whose UID it shows."""
        return self._result(assess_failed_authentication(tap.uid.upper(), refused, self.book.known))

    def customer(self, shopper_id: ShopperId) -> Customer | None:
        """A shopper by id; only for a shopper who has proved who she is."""
        with self._database.reading() as connection:
            row = connection.execute(select(SHOPPER).where(SHOPPER.c.shopper_id == shopper_id)).one_or_none()
            if row is None:
                return None
            items = connection.scalars(
                select(PURCHASE.c.item)
                .where(PURCHASE.c.shopper_id == shopper_id)
                .order_by(PURCHASE.c.purchase_id)
            ).all()
            consents = consents_in(connection, shopper_id, row.consents)
            dislikes = dislikes_in(connection, shopper_id) if CLUES in consents else ()
        sizes = json.loads(row.sizes) if "sizes" in consents else {}
        return Customer(
            shopper_id=shopper_id,
            first_name=row.first_name,
            language=row.language,
            sizes=tuple(CategorySize(category, size) for category, size in sizes.items()),
            history=tuple(ItemId(i) for i in items) if "history" in consents else (),
            stored_means=row.stored_means,
            buys_by_tap="tap" in consents,
            clues=CLUES in consents,
            dislikes=dislikes,
            member=row.member,
            level=row.level,
        )

    def _counter(self, tap: CardTapped, uid: str) -> int:
        """The counter of the tap's own link; 0 if it has no link of this card."""
        keys = self.keys()
        try:
            link = verify_sun(tap.link or "", keys) if keys else None
        except ProofError:
            return 0
        return link.counter if link and link.uid == uid else 0

    def _result(self, assessment: TapAssessment) -> TapResult:
        if assessment.refused is not None:
            log.info("a card was refused: %s", type(assessment.refused).__name__)
            return TapResult(
                sign=assessment.clone.indicator if assessment.clone else None,
                blocked=isinstance(assessment.refused, BlockedCardError),
            )
        if assessment.level is not ProofLevel.PROVED or assessment.uid is None:
            return TapResult()
        if assessment.counter is not None and not self.book.raise_counter(assessment.uid, assessment.counter):
            return TapResult(sign=CloneIndicator.REPLAYED_LINK)
        card = self.book.card(assessment.uid)
        customer = self.customer(card.shopper_id) if card else None
        if card is None or customer is None:
            return TapResult()
        return TapResult(customer.as_shopper(), uid_mac=card.uid_mac, clues=customer.clues)

    def _static(self, shopper_id: ShopperId) -> Shopper | None:
        return Shopper(shopper_id, Tier.STATIC) if self.book.has_shopper(shopper_id) else None
