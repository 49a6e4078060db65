"""Which entries leave something to be done: kinds whose newest entry of a key is open until a final state is written.

The ledger keeps their keys in an index of its own, so that they are found without reading all entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import unique
from typing import Final

from kiosk.core.domain.fiscal.entry import FiscalState
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.promise.parcels import ParcelState
from kiosk.core.domain.refund import RefundState
from kiosk.core.domain.transaction_state import CONFIRMED, SENDING, UNCONFIRMED, TransactionState

ATTEMPT: Final = "attempt"
REFUND: Final = "refund"
FOLLOW_UP: Final = "follow-up"
TASK: Final = "task"
PARCEL: Final = "parcel"
"""Kind of an entry: a part of a paid order that is sent or kept for another day."""
FISCAL: Final = "fiscal"


@unique
class TaskState(TransactionState):
    """State of a task of the associates that no transaction stands for."""

    OPEN = "open"
    CLOSED = "closed"

    @property
    def is_final(self) -> bool:
        """An associate has dealt with it."""
        return self is TaskState.CLOSED


STATES: Final[Mapping[str, type[TransactionState]]] = {
    ATTEMPT: PaymentState,
    REFUND: RefundState,
    FOLLOW_UP: RefundState,
    TASK: TaskState,
    FISCAL: FiscalState,
    PARCEL: ParcelState,
}
"""Kinds with states. To add a kind: its enum here; `Ledger.open_entries` then finds those that are not final."""
UNSETTLED: Final = "unsettled"
"""Orders with a receipt whose pieces may not be marked as sold in the store's database yet."""
EXCHANGE: Final = "exchange"
"""Kind of an entry: a paid piece (`piece`) was changed for that of `line`."""
UNEXCHANGED: Final = "unexchanged"
"""Keys of exchanges whose pieces may not be marked in the store's database yet."""
TAKEN_BACK: Final = "taken-back"
"""Kind of an entry: the sale of a receipt (the key is its number) is cancelled; the order's pieces are free."""
UNRETURNED: Final = "unreturned"
"""Numbers of receipts whose sale was taken back, and whose pieces may still be marked as sold in the store's
database."""
UNRESTOCKED: Final = "unrestocked"
"""Keys of refunds that are done and whose pieces may still be marked as sold."""


_OPEN: Final[Mapping[tuple[str, str], bool]] = {
    **{(kind, state.value): not state.is_final for kind, states in STATES.items() for state in states},
    **{(kind, SENDING): True for kind in STATES},
    **{(kind, CONFIRMED): False for kind in STATES},
}


def is_open(kind: str, state: str) -> bool | None:
    """Whether the state is not final; None for a kind without states, or a state that this version does not know."""
    if kind not in STATES:
        return None
    return True if state.endswith(UNCONFIRMED) else _OPEN.get((kind, state))


def state_of(state: str) -> str:
    """The state itself, whether it is confirmed or not; what was only confirmed has none."""
    return "" if state == CONFIRMED else state.removesuffix(UNCONFIRMED)
