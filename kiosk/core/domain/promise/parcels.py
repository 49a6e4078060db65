"""A parcel: a part of a paid order that is sent, or kept for another day, until it is with its shopper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, unique

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.promise.values import DeliveryPromise, DeliveryWay
from kiosk.core.domain.transaction_state import TransactionState


@unique
class ParcelState(TransactionState):
    """OPEN: paid, nothing done yet. SHIPPED: the carrier has it. DONE: she has it, or it is not needed any more."""

    OPEN = "open"
    SHIPPED = "shipped"
    DONE = "done"

    @property
    def is_final(self) -> bool:
        """Nothing is to be done any more."""
        return self is ParcelState.DONE


@unique
class ParcelMove(Enum):
    """What an associate says of it. HAND_OVER: she has it, delivered or collected."""

    SHIP = "ship"
    HAND_OVER = "hand-over"


@dataclass(frozen=True, slots=True)
class Parcel:
    """`number`: of its promise in the order, from 1. `by`: id of the associate who moved it last."""

    key: str
    order_id: OrderId
    number: int
    state: ParcelState = ParcelState.OPEN
    by: str = ""
    changed_us: int = 0
    missed_us: int = 0
    """When it was found that the promised day was missed; 0: it was not."""
    credit: str = ""
    """Key of the refund of its fee, for a day that was missed."""


def parcel_key(order_id: OrderId, number: int) -> str:
    """The key of a parcel in the ledger."""
    return f"{order_id}#p{number}"


def moved(parcel: Parcel, way: DeliveryWay, move: ParcelMove, by: str, at_us: int) -> Parcel | None:
    """After an associate's move; the same parcel where it was moved so before, None where it cannot be."""
    if move is ParcelMove.SHIP:
        if way is not DeliveryWay.SEND or parcel.state is ParcelState.DONE:
            return None
        after = ParcelState.SHIPPED
    else:
        after = ParcelState.DONE
    return parcel if parcel.state is after else replace(parcel, state=after, by=by, changed_us=at_us)


def is_missed(promise: DeliveryPromise, parcel: Parcel, today: date) -> bool:
    """Whether a guaranteed day is over and the parcel has not been handed over. `today`: in the promise's time zone."""
    late = promise.date is not None and today > promise.date
    return promise.guaranteed and promise.way is DeliveryWay.SEND and late and parcel.state.is_open
