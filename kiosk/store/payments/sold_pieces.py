"""Finds sold pieces by their id, a tag's EPC, a printed label or a receipt's address, and restocks a refunded one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, delete, select

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, anonymous_prefix, article_of, piece_of_scan
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Exchange
from kiosk.core.domain.refund import Refund
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.catalogue import stock_counts
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SOLD
from kiosk.store.db.upsert import insert_new
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.event_log.events import EventKind, PieceEvent
from kiosk.store.event_log.recording import record
from kiosk.store.payments.order_book import OrderBook, Sale
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.piece_ids import MAX_TYPED_CHARS, parse_scanned

MAX_SALES: Final = 20
"""Sales shown for a label that many pieces have; the newest first."""
_RECEIPT: Final = re.compile(r"(?:https?://[^/]+)?/r/([\w-]{24})")


@dataclass(frozen=True, slots=True)
class SoldPiece:
    """A piece that was sold, with the price paid and its refund, if one was begun. `piece` is its id in the order."""

    order_id: OrderId
    piece: PieceId
    article: ArticleId
    name: LocalizedText
    colour: LocalizedText
    size: str
    picture: str
    paid: Money
    sold_us: int
    receipt: str
    refund: Refund | None = None
    instead_of: PieceId | None = None
    """The piece for which it was changed; None if it is the one that was bought."""


class SoldPieces:
    """The sold pieces of the store's database, with their orders and receipts from the ledger."""

    def __init__(
        self, database: Database, catalogue: Catalogue, book: OrderBook, refunds: RefundBook
    ) -> None:
        self._database, self._catalogue, self._book, self._refunds = database, catalogue, book, refunds
        self.marked_first: Callable[[], None] = lambda: None
        """Marks the pieces of orders that are paid and not marked as sold yet; called before each look-up."""

    def find(self, label: str) -> tuple[SoldPiece, ...]:
        """The sold pieces that a piece's id, an EPC, a label or a receipt's address identifies, the newest sale first.

        Raises NotFoundError if nothing sold matches, RefusedError if it is not a label.
        """
        text = label.strip()
        if not text or len(text) > MAX_TYPED_CHARS:
            raise RefusedError("that is not a label")
        receipt = _RECEIPT.fullmatch(text)
        found = tuple(self._of_receipt(receipt[1]) if receipt else self._of_label(text))
        if not found:
            gap = self._book.ledger.gap
            more = f"; it may be in an earlier ledger that cannot be read as a whole ({gap})" if gap else ""
            raise NotFoundError(f"nothing that was sold here matches this{more}")
        return found

    def piece(self, order_id: OrderId, piece: PieceId) -> SoldPiece:
        """One piece of one order, by its id in the order or by that of its tag.

        Raises NotFoundError if it is not sold, or in another order; RefusedError if it may have been paid back or
        exchanged, which an earlier ledger does not say any more.
        """
        # the table may not have the tag's id yet, where the database was busy when the tag was read
        ids = self._book.ids_of(order_id, piece)
        wanted = (SOLD.c.ordered_as.in_(ids) | SOLD.c.piece.in_(ids)) & (SOLD.c.order_id == order_id)
        found = next(iter(self._rows(wanted)), None)
        if found is None:
            raise NotFoundError("this piece is not sold")
        self._require_held(found)
        return found

    def _require_held(self, sold: SoldPiece) -> None:
        """Where entries of earlier ledgers are lost, the entry of a refund may be one of them, and the database may be
        a restored one. Which order holds which piece is handed on from ledger to ledger: both must say that it is
        sold."""
        gap, order_id = self._book.ledger.gap, sold.order_id
        if not gap or sold.piece in self._book.conflicts(order_id):
            return
        hold = self._book.taken((sold.piece,)).get(sold.piece)
        if hold is None or not hold.sold or hold.order_id != order_id:
            raise RefusedError(
                f"this piece may have been paid back or exchanged already: an earlier ledger cannot be read as a whole"
                f" ({gap}), and the present one does not have it as sold. Look it up at the payment service first"
            )

    def take_back(self, refund: Refund, at_us: int) -> bool:
        """Marks a refunded piece as unsold and adds it to the floor's stock; False if that was done before."""
        this = (SOLD.c.ordered_as == refund.piece) & (SOLD.c.order_id == refund.order_id)
        with self._database.writing(durable=True) as connection:
            gone = connection.execute(delete(SOLD).where(this).returning(SOLD.c.piece)).scalars().all()
            if not gone:
                return False
            stock_counts.record(connection, refund.article, 1, at_us)
            record(connection, _returned(gone, at_us))
        self._catalogue.changed(articles=(refund.article,))
        return True

    def take_back_order(self, order_id: OrderId, at_us: int) -> tuple[ArticleId, ...]:
        """Marks all pieces of an order as unsold and adds them to the floor's stock; their articles."""
        with self._database.writing(durable=True) as connection:
            gone = delete(SOLD).where(SOLD.c.order_id == order_id).returning(SOLD.c.article, SOLD.c.piece)
            rows = connection.execute(gone).all()
            articles = tuple(ArticleId(row.article) for row in rows)
            for article in articles:
                stock_counts.record(connection, article, 1, at_us)
            record(connection, _returned([row.piece for row in rows], at_us))
        self._catalogue.changed(articles=set(articles))
        return articles

    def exchange(self, exchange: Exchange, old: ArticleId, at_us: int) -> str:
        """Marks the old piece as unsold and the new one as sold, with the stock of both, in one transaction.

        Repeated calls change nothing more. Returns the order that has sold the new piece already; empty if none has.
        """
        new, order_id = self._catalogue.identity(exchange.line.piece), exchange.order_id
        this = (SOLD.c.ordered_as == exchange.piece) & (SOLD.c.order_id == order_id)
        row = {
            "piece": new, "article": exchange.line.article, "ordered_as": exchange.line.piece, "order_id": order_id,
            "at_us": at_us,
        }  # fmt: skip
        with self._database.writing(durable=True) as connection:
            gone = connection.execute(delete(SOLD).where(this).returning(SOLD.c.piece)).scalars().all()
            if gone:
                stock_counts.record(connection, old, 1, at_us)
                record(connection, _returned(gone, at_us))
            if insert_new(connection, SOLD, row):
                stock_counts.record(connection, exchange.line.article, -1, at_us)
                record(connection, [PieceEvent(EventKind.SOLD, new, at_us)])
            other = connection.scalar(select(SOLD.c.order_id).where(SOLD.c.piece == new))
        self._catalogue.changed(articles={old, exchange.line.article})
        return "" if other == order_id else str(other)

    def _of_receipt(self, token: str) -> Iterator[SoldPiece]:
        sale = self._book.sale(token)
        if sale is not None:
            yield from self._rows(SOLD.c.order_id == sale.order.order_id, limit=None)

    def _of_label(self, text: str) -> Iterator[SoldPiece]:
        """The sales of a piece, or of all pieces of an article.

        A piece that is not known as sold may have been sold by a label without serial: then these sales are found.
        """
        scanned = parse_scanned(text, self._catalogue.sold_here, self._catalogue.article_of_code)
        piece = piece_of_scan(scanned)
        if piece is None:
            yield from self._rows(SOLD.c.article == scanned)
            return
        exact = tuple(self._rows((SOLD.c.piece == piece) | (SOLD.c.ordered_as == piece)))
        # by the article as well, which has an index
        article = article_of(piece)
        without_serial = SOLD.c.piece.startswith(anonymous_prefix(article), autoescape=True)
        yield from exact or self._rows((SOLD.c.article == article) & without_serial)

    def _rows(self, wanted: ColumnElement[bool], limit: int | None = MAX_SALES) -> Iterator[SoldPiece]:
        self.marked_first()
        query = select(SOLD.c.ordered_as, SOLD.c.order_id, SOLD.c.at_us).where(wanted)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(SOLD.c.at_us.desc(), SOLD.c.piece).limit(limit)).all()
        for row in rows:
            order_id = OrderId(row.order_id)
            order, receipt = self._book.order(order_id), self._book.receipt(order_id)
            if order is not None and receipt is not None and not self._book.is_taken_back(order_id):
                sale = Sale(order, receipt, exchanges=self._book.exchanges(order_id))
                yield from self._of_sale(sale, PieceId(row.ordered_as), row.at_us)

    def _of_sale(self, sale: Sale, piece: PieceId, at_us: int) -> Iterator[SoldPiece]:
        order = sale.now
        before = {exchange.line.piece: exchange.piece for exchange in sale.exchanges}
        for line in order.lines:
            if line.piece == piece:
                yield SoldPiece(
                    order.order_id, piece, line.article, line.name, line.colour, line.size, line.picture, line.paid,
                    at_us, sale.receipt.number, self._refunds.of_piece(order.order_id, piece),
                    before.get(piece),
                )  # fmt: skip


def _returned(pieces: Iterable[str], at_us: int) -> list[PieceEvent]:
    return [PieceEvent(EventKind.RETURNED, PieceId(piece), at_us) for piece in pieces]
