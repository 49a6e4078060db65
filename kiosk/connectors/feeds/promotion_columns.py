"""The columns of promotions."""

from __future__ import annotations

from typing import Final

from kiosk.connectors.feeds import limits
from kiosk.connectors.feeds.column_types import AnyColumn, Column
from kiosk.connectors.feeds.values.money import MinorType, PriceType
from kiosk.connectors.feeds.values.promotion_types import (
    CouponType,
    EdgeType,
    GroupsType,
    HoursType,
    PercentType,
    RuleKindType,
    WeekdaysType,
)
from kiosk.connectors.feeds.values.text_types import IdType, LocalizedType, TextsType
from kiosk.connectors.feeds.values.value_types import CountType, FlagType

PROMOTION_ID: Final = Column(
    "promotion_id", IdType(limits.PROMOTION_ID), "Id of the promotion.", required=True
)
PROMOTION_NAME: Final = Column(
    "name",
    LocalizedType(limits.PROMOTION_NAME),
    "What shoppers read as the reason, for example 3 for 2: a text, or an object of texts by language.",
    required=True,
)
KIND: Final = Column(
    "kind",
    RuleKindType(),
    "percent or amount (off each piece), price (of each piece), n-for-m, bundle, or basket (an amount off all its "
    "pieces together).",
    required=True,
)
PERCENT: Final = Column("percent", PercentType(), "Of kind percent: how much is taken off, for example 20.")
AMOUNT: Final = Column(
    "amount",
    PriceType(),
    "Of kind amount and basket: what is taken off; of price and bundle: what is paid. In the form of a price.",
)
AMOUNT_MINOR: Final = Column(
    "amount_minor", MinorType(), "The same in minor units (cents), instead of amount."
)
TAKE: Final = Column("take", CountType(), "Of kind n-for-m: of so many pieces ...")
PAY: Final = Column("pay", CountType(), "... so many are paid; the cheapest are free.")
PIECES: Final = Column(
    "pieces",
    GroupsType(),
    "For which pieces: category:, style:, gtin: or sku: with the name; without it, for all. Of a bundle one piece for "
    "each entry.",
)
FROM: Final = Column("from", EdgeType(), "First day, or time from which it holds.")
UNTIL: Final = Column("until", EdgeType(end=True), "Last day, or time until which it holds.")
WEEKDAYS: Final = Column("weekdays", WeekdaysType(), "Days of the week: mon, tue, wed, thu, fri, sat, sun.")
HOURS: Final = Column("hours", HoursType(), "Hours of these days in the shop's time zone: 17:00-19:00.")
MEMBERS: Final = Column("members", FlagType(), "true: only for members who have shown their card.")
LEVELS: Final = Column(
    "levels",
    TextsType(limits.PROMOTION_GROUPS, limits.LEVEL),
    "Only for members of these levels (level of shoppers).",
)
COUPON: Final = Column(
    "coupon",
    CouponType(limits.COUPON),
    "Only with the coupon of this text, which is scanned at the mirror as QR or bar code; no GTIN, no web address.",
)
COMBINES: Final = Column(
    "combines",
    FlagType(),
    "true: acts together with others that combine; else it acts alone on its pieces, where it is best for the shopper.",
)
ORDER: Final = Column("order", CountType(), "Sequence of those that combine, the lowest first.")
MAX_USES: Final = Column(
    "max_uses", CountType(), "How often it acts in one basket; without it, without limit."
)
MIN_TOTAL: Final = Column(
    "min_total", PriceType(), "Only if its pieces together cost at least this, before promotions."
)
MIN_TOTAL_MINOR: Final = Column(
    "min_total_minor", MinorType(), "The same in minor units, instead of min_total."
)
OF_PROMOTIONS: Final[tuple[AnyColumn, ...]] = (
    PROMOTION_ID, PROMOTION_NAME, KIND, PERCENT, AMOUNT, AMOUNT_MINOR, TAKE, PAY, PIECES, FROM, UNTIL, WEEKDAYS, HOURS,
    MEMBERS, LEVELS, COUPON, COMBINES, ORDER, MAX_USES, MIN_TOTAL, MIN_TOTAL_MINOR,
)  # fmt: skip
"""Without the columns that all kinds have. A promotion's amounts are in the shop's currency."""
