"""Who a tap makes known, and only what that tap has proved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique

from kiosk.core.domain.ids import ShopperId


@unique
class Tier(IntEnum):
    """How well a tap proves who laid it: nothing, a clonable number, a fresh proof, a proof and a second factor."""

    GUEST = 0
    STATIC = 1
    PROVED = 2
    CONFIRMED = 3


@dataclass(frozen=True, slots=True)
class CategorySize:
    """The size a shopper usually keeps in a category."""

    category: str
    size: str


@dataclass(frozen=True, slots=True)
class Shopper:
    """A known shopper as far as the mirror may know; below Tier.PROVED name and sizes stay empty."""

    shopper_id: ShopperId
    tier: Tier
    first_name: str = ""
    language: str = ""
    sizes: tuple[CategorySize, ...] = ()
    stored_means: str = ""
    """Words for the means of payment on file, e.g. "card ending in 42"; empty where there is none."""
