"""What pieces cost in an order made now: the prices of the catalogue, lowered by the promotions that hold.

The same function prices the basket on the glass, the order, and the associate's page. An order keeps its lines as they
were priced, with the reason of each discount; all later amounts (terminal, receipt, cash register, books, refunds,
exchanges) come from these lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, PieceId, article_of
from kiosk.core.domain.money import Money
from kiosk.core.domain.promise.values import is_fee
from kiosk.core.domain.promotions.discount import Discount
from kiosk.core.domain.promotions.pieces import BasketPiece, PricedPiece
from kiosk.core.domain.promotions.pricing import priced
from kiosk.core.domain.promotions.rule import Rule, ShopperFacts
from kiosk.core.domain.sales.order import OrderLine
from kiosk.core.domain.tax import taxed
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.catalogue.tax_rates import rate_of
from kiosk.store.errors import RefusedError
from kiosk.store.settings import ShopSettings


class OrderPrices:
    """Prices lines of orders and baskets. Safe to use from any thread."""

    def __init__(
        self,
        shop: ShopSettings,
        catalogue: Catalogue,
        rules: Callable[[], Sequence[Rule]],
        now_us: Callable[[], int],
    ) -> None:
        self._shop, self._catalogue, self._rules, self._now = shop, catalogue, rules, now_us
        self._zone = ZoneInfo(shop.time_zone)

    @property
    def has_promotions(self) -> bool:
        """Whether the shop has any, whether they hold now or not."""
        return bool(self._rules())

    def coupon_holds(self, text: str) -> bool | None:
        """Whether a coupon with this text holds now; None if the shop has none with it, or if that cannot be read."""
        try:
            found = [rule for rule in self._rules() if rule.coupon == text] if text else []
        except SQLAlchemyError:
            return None
        return any(rule.validity.holds(self._now(), self._zone) for rule in found) if found else None

    def listed(self, piece: PieceId, article: ArticleId) -> OrderLine:
        """A piece at its price without promotions. Raises RefusedError where it cannot be ordered."""
        garment = self._garment(piece, article)
        colour = garment.colourway
        return OrderLine(
            piece, article, garment.name, colour.name, garment.size, garment.price, colour.picture,
            rate_ppm=rate_of(garment, self._shop.tax),
        )  # fmt: skip

    def priced(
        self, pieces: Sequence[tuple[PieceId, ArticleId]], facts: ShopperFacts
    ) -> tuple[OrderLine, ...]:
        """The pieces together at their prices now. Raises RefusedError where one cannot be ordered."""
        return self.lowered([self.listed(piece, article) for piece, article in pieces], facts)

    def lowered(self, lines: Sequence[OrderLine], facts: ShopperFacts) -> tuple[OrderLine, ...]:
        """Lines of `listed` with the promotions that hold now for this shopper. Their sequence stays."""
        rules = self._rules()
        if not rules or not lines:
            return tuple(lines)
        garments = [self._garment(line.piece, line.article) for line in lines]
        pieces = [
            BasketPiece(li.piece, li.article, garment.style_id, garment.category, li.price.minor)
            for li, garment in zip(lines, garments, strict=True)
        ]
        found = priced(pieces, rules, facts, self._now(), self._zone)
        return tuple(self._lowered(*each) for each in zip(lines, garments, found, strict=True))

    def rate_at(self, line: OrderLine, price: Money) -> int:
        """The rate of the tax of this piece where it costs `price`. Raises RefusedError."""
        return rate_of(replace(self._garment(line.piece, line.article), price=price), self._shop.tax)

    def more_than(self, lines: Sequence[OrderLine], facts: ShopperFacts) -> int:
        """What the pieces of these lines cost more now than the lines say, in minor units; 0 where one cannot be priced
        any more. Fees of delivery are not pieces. Prices are compared, since taxes are rounded for the whole order."""
        goods = [line for line in lines if not is_fee(line.piece)]
        try:
            now = self.priced([(line.piece, line.article) for line in goods], facts)
        except RefusedError:
            return 0
        return sum(line.price.minor for line in now) - sum(line.price.minor for line in goods)

    def total_of(self, lines: Sequence[OrderLine]) -> Money:
        """What priced lines cost together, with the tax."""
        prices, rates = [line.price for line in lines], [line.rate_ppm for line in lines]
        return taxed(prices, rates, self._shop.currency, added=self._shop.tax.added).total(
            self._shop.currency
        )

    def _lowered(self, line: OrderLine, garment: Garment, priced: PricedPiece) -> OrderLine:
        """The rate of the tax is that of the price that is paid."""
        if not priced.savings:
            return line
        currency = self._shop.currency
        price = Money(priced.price, currency)
        return replace(
            line,
            price=price,
            before=line.price,
            discounts=tuple(
                Discount(one.rule.rule_id, one.rule.name, Money(one.amount, currency))
                for one in priced.savings
            ),
            rate_ppm=rate_of(replace(garment, price=price), self._shop.tax),
        )

    def _garment(self, piece: PieceId, article: ArticleId) -> Garment:
        garment = self._catalogue.garment(article)
        if garment is None or article_of(piece) != article:
            raise RefusedError("a piece of the order is not in the catalogue")
        if garment.price.currency != self._shop.currency:
            raise RefusedError("a piece of the order is priced in another currency")
        return garment
