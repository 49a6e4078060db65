"""A shopper who was recognised by a card, and how much that card has proved."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, unique

from kiosk.core.domain.floor.aside import Aside
from kiosk.core.domain.floor.prepared import Prepared
from kiosk.core.domain.ids import ShopperId


@unique
class Tier(IntEnum):
    """How well a tapped card proves who the shopper is.

    STATIC: a number that can be copied. PROVED: a fresh cryptographic proof. CONFIRMED: that and a second factor.
    """

    GUEST = 0
    STATIC = 1
    PROVED = 2
    CONFIRMED = 3


@dataclass(frozen=True, slots=True)
class CategorySize:
    """The size that a shopper usually buys in a category."""

    category: str
    size: str


@dataclass(frozen=True, slots=True)
class Shopper:
    """What the mirror may know about a shopper. Below Tier.PROVED name and sizes are empty."""

    shopper_id: ShopperId = field(repr=False)
    tier: Tier
    first_name: str = field(default="", repr=False)
    language: str = ""
    sizes: tuple[CategorySize, ...] = field(default=(), repr=False)
    stored_means: str = field(default="", repr=False)
    """Description of the stored means of payment, e.g. "card ending in 42"; empty where there is none."""
    prepared: Prepared | None = field(default=None, repr=False)
    """What waits for her appointment of today."""
    asides: tuple[Aside, ...] = field(default=(), repr=False)
    """What is put aside for her since earlier visits."""
    member: bool = False
    """She is a member of the shop's programme: promotions for members are for her."""
    level: str = ""
    """Her level in that programme, as the shop calls it; empty for none."""
