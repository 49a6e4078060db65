"""Reads the ledger's entries as earlier versions wrote them: the file is append-only, so they are never rewritten.

Earlier versions identified a piece by the EPC of its tag (`epc`) and its article by the GTIN (`gtin`), in the lines of
orders and in refunds. Their orders had one tax, contained in the prices, and no shares of the lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order
from kiosk.core.domain.tax import TaxLine, spread
from kiosk.store.piece_ids import piece_of_stored_epc

_NAMED: Final = re.compile(r'"terminal_id": ?"([^"\\]+)"')


def with_piece_ids(body: Any) -> Any:
    """The body of an order or a refund with `piece` and `article`; a body that has them is unchanged."""
    if not isinstance(body, dict):
        return body
    if isinstance(body.get("lines"), list):
        return {**body, "lines": [with_piece_ids(line) for line in body["lines"]]}
    if not isinstance(body.get("epc"), str) or not isinstance(body.get("gtin"), str):
        return body
    rest = {key: value for key, value in body.items() if key not in ("epc", "gtin")}
    return {**rest, "piece": piece_of_stored_epc(body["epc"], body["gtin"]), "article": body["gtin"]}


def with_line_taxes(order: Order) -> Order:
    """An order with the tax of each rate and each line's share of it; an order that has them is unchanged.

    The tax of an earlier version was rounded once for the order; it is spread over the lines by their prices.
    """
    if order.taxes or not order.lines:
        return order
    ppm, currency = order.tax_permille * 1000, order.total.currency
    shares = spread(order.tax.minor, [line.price.minor for line in order.lines])
    lines = tuple(
        replace(line, rate_ppm=ppm, tax=Money(share, currency), amount=line.price)
        for line, share in zip(order.lines, shares, strict=True)
    )
    return replace(order, lines=lines, taxes=(TaxLine(ppm, order.net, order.tax),))


def may_be_at(text: str, terminal_id: str) -> bool:
    """Whether an entry of an attempt may be about the terminal of that identity: entries of earlier versions name none.

    Looked up in its JSON, before it is parsed: with 40 open payments, parsing all of them took most of the time until a
    terminal was found free. A quotation mark within a text is escaped, so what is found is the member of the object.
    """
    named = _NAMED.search(text) if terminal_id else None
    return named is None or named[1] == terminal_id
