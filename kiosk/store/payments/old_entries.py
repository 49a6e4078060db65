"""Reads the ledger's entries as earlier versions wrote them: the file is append-only, so they are never rewritten.

Earlier versions identified a piece by the EPC of its tag (`epc`) and its article by the GTIN (`gtin`), in the lines of
orders and in refunds.
"""

from __future__ import annotations

from typing import Any

from kiosk.store.piece_ids import piece_of_stored_epc


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
