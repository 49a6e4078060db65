"""Makes documents from the history of an order: one for each entry that changes money or stock.

They follow from the ledger's entries up to that one, and from nothing else: no configuration, catalogue or later entry
changes them. In them are no name, card or address of a shopper, and no name of an associate.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from kiosk.connectors.sales_out.port import Document
from kiosk.core.domain.ids import ArticleId, PieceId, article_of, gtin_of, sku_of
from kiosk.core.domain.payment import OrderLine, is_test
from kiosk.core.domain.promise.values import is_fee
from kiosk.core.domain.refund import RefundState
from kiosk.core.wire import WireError
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.books.history import ORDER, RECEIPT, History, Placed
from kiosk.store.payments.books.order_rows import read_order, rows_of
from kiosk.store.payments.books.rows import Row, RowKind
from kiosk.store.payments.ledger.open_keys import EXCHANGE, REFUND, TAKEN_BACK, state_of
from kiosk.store.payments.old_entries import with_piece_ids
from kiosk.store.payments.order_book import EXCHANGED
from kiosk.store.payments.refund_book import RESTOCKED
from kiosk.store.payments.taken_back.taken_back_book import RETURNED

VERSION: Final = 1
"""Of the documents' form (`connectors.sales_out.schema`). A new field does not change it."""
LANGUAGE: Final = "en"
"""Of pieces' names, else their first language: a name must not depend on the configuration."""
WITH_DOCUMENT: Final = frozenset({RECEIPT, REFUND, EXCHANGE, TAKEN_BACK, RESTOCKED, RETURNED, EXCHANGED})
"""Kinds of entries from which documents follow."""
_IN_IDS: Final = "#:~"
"""What is not percent-encoded in an id, besides letters, digits and `-._`: an id is a header of HTTP as it is."""
_AMOUNTS: Final = ("gross", "tax", "net")

Body = dict[str, Any]


def has_document(kind: str, state: str) -> bool:
    """Whether a document may follow from an entry of that kind and state."""
    return kind in WITH_DOCUMENT and (kind != REFUND or state_of(state) == RefundState.DONE.value)


def documents_of(history: History) -> Iterator[tuple[Placed, Document]]:
    """The documents of the marked entries, in the order of the entries; none for a test purchase."""
    if is_test(history.order_id):
        return
    every = frozenset((entry.ledger, entry.seq) for entry in history.entries)
    rows: dict[tuple[int, int], list[Row]] = {}
    for row in rows_of(replace(history, marked=every), LANGUAGE):
        rows.setdefault((row.ledger or 0, row.entry or 0), []).append(row)
    order = _OrderDocuments(history.order_id)
    for entry in history.entries:
        place = (entry.ledger, entry.seq)
        document = order.next(entry, rows.get(place, []))
        if document is not None and place in history.marked:
            yield entry, document


@dataclass(slots=True)
class _OrderDocuments:
    """What is known of an order after some of its entries."""

    order_id: str
    receipt: str = ""
    means: str = ""
    currency: str = ""
    room: str = ""
    given: set[str] = field(default_factory=set)
    """Ids of the documents that were made: an entry may be written twice."""
    corrections: dict[str, int] = field(default_factory=dict)
    ordered: dict[str, OrderLine] = field(default_factory=dict)
    """The lines of the order by their pieces."""
    back: dict[str, list[Body]] = field(default_factory=dict)
    """Key of a refund, exchange or receipt to the movements of the pieces that came back with it."""

    def next(self, entry: Placed, rows: list[Row]) -> Document | None:
        """The document of the next entry; None if it has none."""
        try:
            made = self._made(entry, rows)
        except (WireError, LedgerDamagedError, ValueError, KeyError, TypeError, AttributeError):
            return None  # what cannot be read is counted where the chain is checked
        if made is None or made["id"] in self.given:
            return None
        self.given.add(made["id"])
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return Document(made["id"], made["kind"], entry.at_us, text.encode("utf-8", "replace"))

    def _made(self, entry: Placed, rows: list[Row]) -> Body | None:
        if entry.kind == ORDER:
            self.ordered = {line.piece: line for line in read_order(json.loads(entry.body)).lines}
        if entry.kind not in WITH_DOCUMENT:
            return None
        if entry.kind == RECEIPT:
            return self._sale(entry, rows)
        if entry.kind == TAKEN_BACK:
            return self._cancellation(entry, rows)
        if entry.kind == REFUND:
            return self._refund(entry, rows)
        if entry.kind == EXCHANGE:
            return self._exchange(entry, rows)
        return self._put_in_stock(entry)

    def _sale(self, entry: Placed, rows: list[Row]) -> Body | None:
        order = _first(rows, RowKind.ORDER)
        paid = _first(rows, RowKind.RECEIPT)
        if order is None or paid is None:
            return None
        self.receipt, self.means, self.currency, self.room = (
            paid.receipt,
            paid.means,
            order.currency,
            order.room,
        )
        lines = [row for row in rows if row.kind is RowKind.LINE]
        sale = self._document(
            "sale", f"sale.{self.order_id}.{self.receipt}", entry,
            amounts=order, taxes=[row for row in rows if row.kind is RowKind.TAX], lines=lines,
            movements=[_moved(row.piece, row.article, "sold") for row in _goods(lines)],
        )  # fmt: skip
        for line in sale["lines"]:
            line |= _prices(self.ordered.get(line["piece"]))
        return sale

    def _cancellation(self, entry: Placed, rows: list[Row]) -> Body | None:
        whole = _first(rows, RowKind.CANCELLATION)
        if whole is None:
            return None
        lines = [row for row in rows if row.kind is RowKind.LINE]
        self.back[entry.key] = [_moved(row.piece, row.article, "back") for row in _goods(lines)]
        return self._document(
            "cancellation", f"cancellation.{self.order_id}.{entry.key}", entry,
            amounts=whole, taxes=[row for row in rows if row.kind is RowKind.TAX], lines=lines,
            movements=self.back[entry.key],
        )  # fmt: skip

    def _refund(self, entry: Placed, rows: list[Row]) -> Body | None:
        refund = _first(rows, RowKind.REFUND)
        if refund is None and state_of(entry.state) == RefundState.DONE.value and not rows:
            refund = self._without_money(entry)
        if refund is not None:
            self.back[entry.key] = [_moved(row.piece, row.article, "back") for row in _goods([refund])]
            return self._document(
                "refund", f"refund.{entry.key}", entry, amounts=refund, taxes=[refund], lines=[refund],
                movements=self.back[entry.key],
            )  # fmt: skip
        correction = _first(rows, RowKind.CORRECTION)
        if correction is None:
            return None
        number = self.corrections[entry.key] = self.corrections.get(entry.key, 0) + 1
        return self._document(
            "correction", f"correction.{entry.key}.{number}", entry,
            amounts=correction, taxes=[correction], lines=[correction],
        )  # fmt: skip

    def _without_money(self, entry: Placed) -> Row | None:
        """A piece for which nothing was paid and that comes back: the books have no row for it."""
        body = with_piece_ids(json.loads(entry.body))
        if body["amount"]["minor"]:
            return None
        return Row(
            RowKind.REFUND, piece=body["piece"], article=body["article"], currency=self.currency, rate_ppm=0, amount=0,
            tax=0, net=0,
        )  # fmt: skip

    def _exchange(self, entry: Placed, rows: list[Row]) -> Body | None:
        row = _first(rows, RowKind.EXCHANGE)
        if row is None:
            return None
        old = _moved(row.returned_piece, article_of(PieceId(row.returned_piece)), "back")
        self.back[entry.key] = [old]
        return self._document(
            "exchange", f"exchange.{self.order_id}.{row.line}", entry,
            movements=[old, _moved(row.piece, row.article, "sold")],
        )  # fmt: skip

    def _put_in_stock(self, entry: Placed) -> Body | None:
        """Pieces that came back are for sale again."""
        if not (back := self.back.get(entry.key)):
            return None
        moved = [_moved(each["piece"], each["article"], "put-in-stock") for each in back]
        name = f"{entry.kind}.{self.order_id}.{entry.key}".replace(f"{self.order_id}#", "")
        return self._document("stock", f"stock.{name}", entry, movements=moved)

    def _document(
        self, kind: str, document_id: str, entry: Placed, *, amounts: Row | None = None, taxes: list[Row] | None = None,
        lines: list[Row] | None = None, movements: list[Body] | None = None,
    ) -> Body:  # fmt: skip
        return {
            "version": VERSION,
            "id": quote(document_id, safe=_IN_IDS),
            "kind": kind,
            "at": _text_of(entry.at_us),
            "order": self.order_id,
            "receipt": self.receipt,
            "room": self.room,
            "means": self.means,
            "currency": self.currency,
            **_amounts(amounts),
            "taxes": [{"rate_ppm": row.rate_ppm or 0, **_amounts(row)} for row in taxes or ()],
            "lines": [_line(number, row) for number, row in enumerate(lines or (), start=1)],
            "movements": movements or [],
        }


def _first(rows: list[Row], kind: RowKind) -> Row | None:
    return next((row for row in rows if row.kind is kind), None)


def _goods(rows: list[Row]) -> list[Row]:
    """Those of garments: a fee moves no stock."""
    return [row for row in rows if not is_fee(row.piece)]


def _amounts(row: Row | None) -> Body:
    found = (0, 0, 0) if row is None else (row.amount or 0, row.tax or 0, row.net or 0)
    return dict(zip(_AMOUNTS, found, strict=True))


def _line(number: int, row: Row) -> Body:
    return {
        "line": row.line or number,
        **_article(row.article),
        "piece": row.piece,
        "name": row.name,
        "size": row.size,
        "rate_ppm": row.rate_ppm or 0,
        **_amounts(row),
    }


def _prices(line: OrderLine | None) -> Body:
    """The price of a piece before and after promotions, and what each of them took off."""
    if line is None:
        return {}
    discounts = [{"promotion": each.rule_id, "amount": each.amount.minor} for each in line.discounts]
    return {"listed": line.listed.minor, "price": line.price.minor, "discounts": discounts}


_CHANGES: Final = {"sold": (-1, -1), "back": (1, 0), "put-in-stock": (0, 1)}
"""By how much the pieces that the shop has, and those of them that are for sale, become more."""


def _moved(piece: str, article: str, movement: str) -> Body:
    on_hand, for_sale = _CHANGES[movement]
    return {
        "movement": movement,
        **_article(article),
        "piece": piece,
        "on_hand": on_hand,
        "for_sale": for_sale,
    }


def _article(article: str) -> Body:
    """The id of an article, with its GTIN or the shop's own SKU; that of a fee alone."""
    if is_fee(article):
        return {"article": article}
    found = ArticleId(article)
    gtin = gtin_of(found)
    return (
        {"article": article, "gtin": gtin} if gtin is not None else {"article": article, "sku": sku_of(found)}
    )


def _text_of(at_us: int) -> str:
    """An instant in UTC (RFC 3339)."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
