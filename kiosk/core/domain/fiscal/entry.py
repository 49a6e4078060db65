"""How far the registration of one sale or refund has come, as a pure state machine; written into the ledger.

The entry is in the ledger together with the receipt (DUE), and SENT before anything is sent. A register that may have
it is asked under the same key; another register never gets it, because two registers would count the sale twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import unique

from kiosk.core.domain.fiscal.sale import FiscalKind, Signature
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.transaction_state import TransactionState


@unique
class FiscalState(TransactionState):
    """DUE: nothing is sent. SENT: perhaps registered, the reply is missing. REFUSED: the register says no, and is asked
    again later. SIGNED is the result."""

    DUE = "due"
    SENT = "sent"
    REFUSED = "refused"
    SIGNED = "signed"

    @property
    def is_final(self) -> bool:
        """The sale is registered."""
        return self is FiscalState.SIGNED


@dataclass(frozen=True, slots=True)
class FiscalEntry:
    """The registration of a sale or cancellation (`refund_key` is empty) or of a refund; `register`: where it went."""

    key: str
    order_id: OrderId
    kind: FiscalKind
    refund_key: str = ""
    state: FiscalState = FiscalState.DUE
    register: str = ""
    why: str = ""
    """The register's words for a refusal."""
    signature: Signature | None = None
    since_us: int = 0
    changed_us: int = 0
    receipt: str = ""
    """Number of the receipt of a sale or cancellation; empty in entries of earlier versions."""


def sale_key(order_id: OrderId, again: str = "") -> str:
    """Key of an order's sale. `again`: number of the receipt, for the sale of an order that was taken back before."""
    return f"s-{order_id}.{again}" if again else f"s-{order_id}"


def sale_entry(order_id: OrderId, at_us: int, receipt: str = "", again: str = "") -> FiscalEntry:
    """The registration of an order's sale with that receipt."""
    key = sale_key(order_id, again)
    return FiscalEntry(key, order_id, FiscalKind.SALE, since_us=at_us, changed_us=at_us, receipt=receipt)


def cancellation_key(receipt: str) -> str:
    """Key of the cancellation of a receipt's sale."""
    return f"c-{receipt}"


def cancellation_entry(order_id: OrderId, at_us: int, receipt: str) -> FiscalEntry:
    """The registration that the sale of that receipt is cancelled."""
    key = cancellation_key(receipt)
    return FiscalEntry(
        key, order_id, FiscalKind.CANCELLATION, since_us=at_us, changed_us=at_us, receipt=receipt
    )


def refund_entry(order_id: OrderId, refund_key: str, at_us: int) -> FiscalEntry:
    """The registration of a refund."""
    key = f"r-{refund_key}"
    return FiscalEntry(key, order_id, FiscalKind.REFUND, refund_key, since_us=at_us, changed_us=at_us)


def may_send(entry: FiscalEntry, register: str, replaced: Collection[str] = ()) -> bool:
    """Whether this register may get it: it is not registered, and no other register may have it already.

    `replaced`: earlier registers of which a person knows that they do not have what they did not confirm.
    """
    elsewhere = entry.state is FiscalState.SENT and entry.register not in (register, *replaced)
    return not (entry.state.is_final or elsewhere)


def sent(entry: FiscalEntry, register: str, at_us: int) -> FiscalEntry:
    """Before it is sent to a register."""
    if entry.state.is_final:
        return entry
    return replace(entry, state=FiscalState.SENT, register=register, why="", changed_us=at_us)


def signed(entry: FiscalEntry, signature: Signature, at_us: int) -> FiscalEntry:
    """The register has signed it; a signature never changes."""
    if entry.state.is_final:
        return entry
    return replace(entry, state=FiscalState.SIGNED, why="", signature=signature, changed_us=at_us)


def refused(entry: FiscalEntry, why: str, at_us: int) -> FiscalEntry:
    """The register certainly did not register it, for this reason."""
    if entry.state.is_final:
        return entry
    return replace(entry, state=FiscalState.REFUSED, why=why, changed_us=at_us)
