"""Finds today's appointment of a member by her card, at the counter, and what is put aside for her.

The card proves itself by its signed link (SUN), which a phone of an associate reads or a reader at the counter types; a
number that can be copied opens nothing. What is not found is told without saying whether she is a member here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from enum import Enum, unique
from typing import Any, Final

from hardware.pcsc.ntag424 import is_signed
from hardware.pcsc.tap_assessment import CloneIndicator
from kiosk.core.domain.floor.aside import Aside
from kiosk.core.domain.ids import RoomId, ShopperId
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit.events import CardTapped
from kiosk.store.appointments.appointment import Appointment, ShopDays
from kiosk.store.appointments.appointment_book import AppointmentBook
from kiosk.store.appointments.arrivals import Arrivals
from kiosk.store.appointments.prepared_visits import appointments_changed, room_of
from kiosk.store.customers.customers import Customers
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.floor.shop_floor import ShopFloor

MAX_LINK: Final = 600
"""Characters of what a reader gives."""
_READ_BEFORE: Final = frozenset({CloneIndicator.REPLAYED_LINK, CloneIndicator.ROLLED_BACK})


@unique
class CardOutcome(Enum):
    """What the page says of a card."""

    FOUND = "found"
    OTHER_DAY = "other-day"
    """Her next appointment is on another day."""
    NONE = "none"
    """She has no appointment, or has not agreed to be known by associates."""
    READ_BEFORE = "read-before"
    """The link was used already: the card is to be read once more."""
    NO_PROOF = "no-proof"
    """It is no card that proves itself."""
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    """Of another shop, forged, or not enrolled."""


@dataclass(frozen=True, slots=True)
class CardFound:
    """`appointment_id`: hers of today, the nearest to now; `others`: how many more she has today. `at_us`: of her next
    appointment where it is on another day. `room`: whose mirror shows it; `free_room`: one that nobody is in."""

    outcome: CardOutcome
    appointment_id: str = ""
    others: int = 0
    at_us: int = 0
    room: RoomId | None = None
    free_room: RoomId | None = None
    asides: tuple[Aside, ...] = field(default=(), repr=False)
    """What is put aside for her."""


@dataclass(frozen=True, slots=True)
class CardDesk:
    """Safe from any thread."""

    customers: Customers
    book: AppointmentBook
    days: ShopDays
    floor: ShopFloor
    writer: AbstractContextManager[Any]
    """The lock of the rooms' state."""
    hub: EventHub
    asides_of: Callable[[ShopperId], tuple[Aside, ...]]
    """What is put aside for a member who agreed to be known by associates."""

    def read(self, text: str) -> CardFound:
        """What a reader gave of a card. Its link is used up. Raises SQLAlchemyError."""
        link = text.strip()
        if len(link) > MAX_LINK or not is_signed(link):
            return CardFound(CardOutcome.NO_PROOF)
        result = self.customers.evaluate_tap(CardTapped(self.days.now_us(), "link", "", link))
        shopper = result.shopper
        if shopper is None or shopper.tier < Tier.PROVED:
            if result.sign in _READ_BEFORE:
                return CardFound(CardOutcome.READ_BEFORE)
            return CardFound(CardOutcome.REVOKED if result.blocked else CardOutcome.UNKNOWN)
        found = self._appointment(shopper.shopper_id)
        return replace(found, asides=self.asides_of(shopper.shopper_id))

    def _appointment(self, member: ShopperId) -> CardFound:
        now_us = self.days.now_us()
        coming = self.book.of_member(member, now_us)
        today = sorted(
            (one for one in coming if self.days.is_today(one.new.at_us)), key=lambda one: _away(one, now_us)
        )
        if not today:
            later = min((one.new.at_us for one in coming), default=0)
            return CardFound(CardOutcome.OTHER_DAY if later else CardOutcome.NONE, at_us=later)
        name = today[0].new.appointment_id
        if Arrivals(self.book.database).came(name, now_us):
            appointments_changed(self.hub)
        with self.writer:
            room = room_of(self.floor, name)
            free = next((s.room.room for s in self.floor.rooms() if not s.in_use and s.streams), None)
        return CardFound(CardOutcome.FOUND, name, len(today) - 1, room=room, free_room=None if room else free)


def _away(one: Appointment, now_us: int) -> int:
    return abs(one.new.at_us - now_us)
