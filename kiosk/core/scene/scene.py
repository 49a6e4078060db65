"""The scene: everything that the mirror shows at one moment, as one immutable value. Its parts are called cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique

from kiosk.core.scene.aside_cards import AsideCard
from kiosk.core.scene.delivery_cards import DeliveryCard
from kiosk.core.scene.garment_cards import FitFormCard, GarmentCard, LookCard, PieceCard
from kiosk.core.scene.message_cards import MessageCard
from kiosk.core.scene.prepared_cards import PreparedCard
from kiosk.core.scene.service_cards import (
    BasketCard,
    PairingCard,
    PayCard,
    ReceiptCard,
    RequestCard,
    ServiceCard,
)
from kiosk.core.visit.navigation import Page


@unique
class Notice(Enum):
    """A problem, or that a coupon counts, as the mirror shows it in one friendly line."""

    STORE_LOST = "store-lost"
    RADIO_LOST = "radio-lost"
    TAP_TOO_SHORT = "too-short"
    TAP_PAYMENT_CARD = "payment-card"
    TAP_UNREADABLE = "unreadable"
    TAP_UNKNOWN = "unknown"
    NOT_OURS = "not-ours"
    NO_MEANS = "no-means"
    COUPON = "coupon"
    COUPON_OVER = "coupon-over"


@dataclass(frozen=True, slots=True)
class Scene:
    """`house` is the name of the shop, `known`: the shopper is recognised, `finding`: looks are being searched.

    Field names are those of transcripts and of scripted visits, so they do not change.
    """

    page: Page
    dark: bool
    house: str
    language: str
    languages: tuple[str, ...]
    right_to_left: bool
    first_name: str = field(repr=False)
    known: bool
    pieces: tuple[PieceCard, ...]
    garment: GarmentCard | None
    looks: tuple[LookCard, ...]
    finding: bool
    requests: tuple[RequestCard, ...]
    basket: BasketCard
    pay: PayCard | None
    receipt: ReceiptCard | None
    notice: Notice | None
    staff: tuple[str, ...]
    staff_minutes: int
    can_go_back: bool
    fit: FitFormCard | None = None
    pairing: PairingCard | None = None
    message: MessageCard | None = None
    services: tuple[ServiceCard, ...] = ()
    alters: bool = True
    """Alterations are offered."""
    prepared: PreparedCard | None = None
    asides: tuple[AsideCard, ...] = ()
    """What is put aside for her."""
    delivery: DeliveryCard | None = None
    """The page of the ways in which she gets her pieces."""
