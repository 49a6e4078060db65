"""Changes a paid piece for another size of its style, at no charge, as one entry of the ledger.

With the entry the old piece is free and the new one sold; the store's database follows, at once or after a restart.
So an exchange happens as a whole or not at all, wherever it is interrupted.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from kiosk.core.domain.ids import (
    ArticleId,
    OrderId,
    PieceId,
    ScannedId,
    anonymous_piece,
    article_of,
    piece_of_scan,
)
from kiosk.core.domain.payment import Exchange, OrderLine
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.unusable import UNUSABLE
from kiosk.store.errors import RefusedError
from kiosk.store.floor.event_hub import FLOOR_TOPIC
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.foreign_sales import ForeignSale
from kiosk.store.payments.refund_service import RefundService
from kiosk.store.payments.sales_events import SalesEvents
from kiosk.store.payments.settlement import TransactionChanged
from kiosk.store.payments.sold_pieces import SoldPiece, SoldPieces
from kiosk.store.payments.till import Till
from kiosk.store.piece_ids import parse_scanned
from kiosk.store.staff.associates import Associate

log = logging.getLogger(__name__)


class Exchanges:
    """The exchanges of all orders. Safe to use from any thread."""

    def __init__(
        self, context: PaymentContext, catalogue: Catalogue, till: Till, sold: SoldPieces, sales: SalesEvents,
        refunds: RefundService,
    ) -> None:  # fmt: skip
        self._refunds = refunds
        self._book, self._hub, self._writer, self._now = (
            context.book,
            context.hub,
            context.writer,
            context.now_us,
        )
        self.on_foreign_sale = context.on_foreign_sale
        self._catalogue, self._till, self._sold, self._sales = catalogue, till, sold, sales
        self._pending: dict[str, Exchange] = {}
        self._failing = False

    def exchange(self, order_id: OrderId, piece: PieceId, label: str, who: Associate) -> Exchange:
        """Changes a piece of a paid order for the piece of that label; repeated, returns the one that was made.

        Raises NotFoundError if the piece is not sold in this order, RefusedError if it may not be changed for this one,
        PieceTakenError if another order holds the new piece, PaymentsClosedError; TryAgainError while it is not known
        whether the old piece was paid back.
        """
        confirmed = self._refunds.confirm_earlier(order_id, piece)
        with self._writer:
            new = self._scanned(label)
            made = self._book.exchanges(order_id)
            last = made[-1] if made else None
            ids = self._book.ids_of(order_id, piece)
            if last is not None and last.piece in ids and _same(last.line.piece, new):
                return last
            self._book.ledger.check()
            old = self._sold.piece(order_id, piece)
            self._check(old)
            if not self._refunds.may_begin(order_id, old.piece, confirmed):
                raise RefusedError("this piece was paid back, or is being paid back")
            line = self._line(old, self._identified(new))
            if self._refunds.refunded(order_id) & self._book.ids_of(order_id, line.piece):
                # A piece is paid back once in an order, so this one could not be returned any more.
                raise RefusedError(
                    "the new piece was paid back in this sale; refund the old one and sell the new one"
                )
            exchange = Exchange(order_id, len(made) + 1, old.piece, line, who.associate_id, self._now())
            self._book.put_exchange(exchange)
            log.info("exchange %s was made by %s", exchange.key, who.associate_id)
            self._pending[exchange.key] = exchange
            self._sales.pieces_changed(order_id)
            self.settle_pending()
            self._hub.publish(FLOOR_TOPIC, TransactionChanged(order_id, exchange.key, "exchanged"))
            return exchange

    def settle_pending(self) -> None:
        """Marks the pieces of exchanges; called at every tick until database and ledger accept them."""
        with self._writer:
            for exchange in tuple(self._pending.values()):
                try:
                    self._settle(exchange)
                except UNUSABLE as error:
                    if not self._failing:
                        log.error("exchange %s is not marked yet: %s", exchange.key, type(error).__name__)
                    self._failing = True
                    return
                self._failing = False

    def _settle(self, exchange: Exchange) -> None:
        """Marks the pieces of one exchange, after the sale itself; repeated calls change nothing more."""
        if not self._book.is_settled(exchange.order_id):
            return
        foreign = self._sold.exchange(exchange, article_of(exchange.piece), self._now())
        if foreign:
            found = ForeignSale(exchange.order_id, exchange.line.piece, OrderId(foreign))
            self.on_foreign_sale(found)
        self._book.put_exchanged(exchange, self._now())
        del self._pending[exchange.key]
        self._sales.exchanged(exchange)

    def resume(self) -> None:
        """After a start: marks what the last run had written and not marked."""
        with self._writer:
            self._pending.update((e.key, e) for e in self._book.unexchanged())
        self.settle_pending()

    def _scanned(self, label: str) -> ScannedId:
        """The piece of a label, or its article where the label has no serial."""
        return parse_scanned(label, self._catalogue.sold_here, self._catalogue.article_of_code)

    def _identified(self, scanned: ScannedId) -> PieceId:
        piece = piece_of_scan(scanned)
        return piece if piece is not None else anonymous_piece(ArticleId(scanned), f"{self._now():x}")

    def _check(self, old: SoldPiece) -> None:
        if old.refund is not None:
            raise RefusedError("this piece was paid back, or is being paid back")
        if not self._book.is_settled(old.order_id):
            raise RefusedError("this sale is still being written; try again in a moment")

    def _line(self, old: SoldPiece, piece: PieceId) -> OrderLine:
        """The new piece with what was paid for the old one. Raises RefusedError if it is no even exchange."""
        order = self._book.order_now(old.order_id)
        paid = next(li for li in order.lines if li.piece == old.piece) if order else None
        new = self._till.line(piece, article_of(piece))
        if paid is None or new is None:
            raise RefusedError("the new piece is not in the catalogue")
        if piece == old.piece or self._till.sold((piece,)):
            raise RefusedError("the new piece is sold already")
        if not self._same_style(old.article, new.article):
            raise RefusedError("only another size or colour of the same style can be exchanged")
        was = self._till.line(old.piece, old.article)
        # by the prices without promotions: what they took off the old piece stays with the new one
        prices = {paid.listed, was.price if was else paid.listed}
        # the rate may depend on the price: that of the price that was paid counts
        if new.price not in prices or self._till.prices.rate_at(new, paid.price) != paid.rate_ppm:
            raise RefusedError("the new piece has another price; refund the old one and sell the new one")
        return replace(
            new,
            price=paid.price,
            rate_ppm=paid.rate_ppm,
            tax=paid.tax,
            amount=paid.amount,
            before=paid.before,
            discounts=paid.discounts,
        )

    def _same_style(self, one: ArticleId, other: ArticleId) -> bool:
        garments = (self._catalogue.garment(one), self._catalogue.garment(other))
        styles = {garment.style_id for garment in garments if garment is not None}
        return None not in garments and len(styles) == 1


def _same(piece: PieceId, scanned: ScannedId) -> bool:
    return str(scanned) in (str(piece), str(article_of(piece)))
