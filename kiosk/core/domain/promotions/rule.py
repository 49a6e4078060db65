"""A promotion as a rule: what it lowers, by how much, when, for whom, and with which others it combines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.hours.opening_hours import DAY_MIN, OpeningHours, Span
from kiosk.core.domain.texts import LocalizedText

WEEK: Final = (0, 1, 2, 3, 4, 5, 6)
"""Monday is 0."""
ALL_DAY: Final = Span(0, DAY_MIN)


@unique
class RuleKind(Enum):
    """What a rule does.

    PERCENT and AMOUNT are taken off each piece; PRICE is what each piece costs. N_FOR_M: of each `take` pieces the
    cheapest are free, `pay` are paid. BUNDLE: one piece of each group, together at a price. BASKET: an amount off all
    its pieces together, once.
    """

    PERCENT = "percent"
    AMOUNT = "amount"
    PRICE = "price"
    N_FOR_M = "n-for-m"
    BUNDLE = "bundle"
    BASKET = "basket"


@unique
class GroupKind(Enum):
    """What a group of pieces has in common."""

    CATEGORY = "category"
    STYLE = "style"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Group:
    """The pieces of a category (in any case), a style or an article."""

    kind: GroupKind
    value: str


@dataclass(frozen=True, slots=True)
class Validity:
    """When a rule holds: from a time on, until before another (microseconds UTC; None: no limit), and within that on
    some days of the week at some hours of the shop's wall clock. Hours that end after midnight belong to the day on
    which they begin."""

    from_us: int | None = None
    until_us: int | None = None
    weekdays: tuple[int, ...] = WEEK
    hours: Span = ALL_DAY

    def is_within(self, at_us: int) -> bool:
        """Whether a time is between its first and its last one, whatever the day and hour."""
        begun = self.from_us is None or at_us >= self.from_us
        return begun and (self.until_us is None or at_us < self.until_us)

    def holds(self, at_us: int, zone: tzinfo) -> bool:
        """Whether the rule holds at a time in the shop's time zone."""
        if not self.is_within(at_us):
            return False
        if self.hours == ALL_DAY and len(self.weekdays) == len(WEEK):
            return True
        week = tuple((self.hours,) if day in self.weekdays else () for day in WEEK)
        return OpeningHours(week=week, zone=zone).is_open(at_us)


@dataclass(frozen=True, slots=True)
class ShopperFacts:
    """What of a shopper decides about promotions. `coupons`: the codes that were scanned in this visit."""

    member: bool = False
    level: str = ""
    """Her level in the shop's member programme; empty for none."""
    coupons: frozenset[str] = frozenset()


GUEST: Final = ShopperFacts()


@dataclass(frozen=True, slots=True)
class Rule:
    """One promotion. Amounts are in minor units of the shop's currency.

    `value`: of PERCENT the rate in millionths (200,000 is 20 %); of the others the amount or price. `groups`: the
    pieces that it is for, empty for all; of a BUNDLE one piece for each entry. `combines`: it may act together with
    other rules that combine, in the sequence of `order`; a rule that does not combine acts alone on its pieces.
    """

    rule_id: str
    name: LocalizedText
    kind: RuleKind
    value: int = 0
    take: int = 0
    pay: int = 0
    groups: tuple[Group, ...] = ()
    validity: Validity = Validity()
    members: bool = False
    """Only for members who have proved their card."""
    levels: tuple[str, ...] = ()
    """Only for these levels of the member programme; empty: for all."""
    coupon: str = ""
    """Only with the coupon of this code; empty: without one."""
    combines: bool = False
    order: int = 0
    max_uses: int = 0
    """How often it acts in one basket: pieces, or groups of pieces; 0: no limit."""
    min_total: int = 0
    """It acts only if its pieces together cost at least this, by their prices without promotions."""

    @property
    def sequence(self) -> tuple[int, str]:
        """By which rules are ordered."""
        return self.order, self.rule_id

    def is_for(self, facts: ShopperFacts) -> bool:
        """Whether it is for this shopper."""
        levels = {level.casefold() for level in self.levels}
        return (
            (facts.member or not (self.members or levels))
            and (not levels or facts.level.casefold() in levels)
            and (not self.coupon or self.coupon in facts.coupons)
        )
