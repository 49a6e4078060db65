"""Which rate of tax a piece has, and the order of priced lines with its taxes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Order, OrderLine
from kiosk.core.domain.tax import TaxLine, taxed
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SKU, STYLE
from kiosk.store.errors import RefusedError
from kiosk.store.settings import TaxRule, TaxSettings

log = logging.getLogger(__name__)
STANDARD: Final = "standard"
"""The tax class that needs no rule: the shop's default rate."""


def rate_of(garment: Garment, tax: TaxSettings) -> int:
    """The rate of a garment in millionths: that of the first rule that fits, else the default.

    Raises RefusedError if its tax class is in no rule: a piece is not sold with a guessed tax.
    """
    wanted = garment.tax_class.casefold()
    if wanted not in ("", STANDARD) and all(rule.tax_class.casefold() != wanted for rule in tax.rules):
        raise RefusedError("a piece of the order has a tax class without a rate")
    return next((rule.rate_ppm for rule in tax.rules if _fits(rule, garment)), tax.default_ppm)


def warn_of_classes_without_rate(database: Database, tax: TaxSettings) -> None:
    """Logs each tax class of the catalogue that no rule names, with the number of articles that cannot be sold."""
    of_article = func.coalesce(func.nullif(SKU.c.tax_class, ""), STYLE.c.tax_class)
    found = (
        select(of_article, func.count()).join(STYLE, STYLE.c.style_id == SKU.c.style_id).group_by(of_article)
    )
    named = {"", STANDARD, *(rule.tax_class.casefold() for rule in tax.rules)}
    with database.reading() as connection:
        unknown = [(name, count) for name, count in connection.execute(found) if name.casefold() not in named]
    for name, count in sorted(unknown):
        log.warning("tax class %s has no rate in shop.tax_rates: %d articles cannot be sold", name, count)


def _fits(rule: TaxRule, garment: Garment) -> bool:
    return (
        (not rule.category or rule.category.casefold() == garment.category.casefold())
        and (not rule.tax_class or rule.tax_class.casefold() == garment.tax_class.casefold())
        and (rule.below_minor is None or garment.price.minor < rule.below_minor)
    )


def taxed_order(
    order_id: OrderId, room: RoomId, ticket: Ticket, lines: Sequence[OrderLine], currency: str, *, added: bool
) -> Order:
    """The order of these lines, with its total, the tax of each rate and each line's share."""
    found = taxed([line.price for line in lines], [line.rate_ppm for line in lines], currency, added=added)
    with_taxes = tuple(
        replace(line, tax=share.tax, amount=share.amount)
        for line, share in zip(lines, found.lines, strict=True)
    )
    return Order(
        order_id, room, ticket, with_taxes, found.total(currency), found.tax(currency),
        _permille(found.taxes), found.taxes, added,
    )  # fmt: skip


def _permille(taxes: Sequence[TaxLine]) -> int:
    """The rate that a mirror of an earlier version shows: that of the largest sum, rounded to 0.1 percent."""
    largest = max(taxes, key=lambda tax: tax.gross.minor)
    return (largest.rate_ppm + 500) // 1000
