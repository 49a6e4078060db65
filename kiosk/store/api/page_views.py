"""How a payment at the desk and a refund stand, as fields that the associates' page shows without computing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum, unique

from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.wire import Json, to_json
from kiosk.store.payments.desk import DeskPayment
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, UnsettledTransaction

_GONE = ("sold", "under-way")
"""Reasons of the till for not collecting: the pieces are sold, or another payment for them is in progress."""


@unique
class Outcome(Enum):
    """What the page shows for a payment or a refund."""

    WAITING = "waiting"
    PAID = "paid"
    REFUNDED = "refunded"
    UNKNOWN = "unknown"
    """The terminal gave no answer; it is in the list of unsettled payments and refunds."""
    GONE = "gone"
    """These pieces cannot be paid for here any more."""
    DECLINED = "declined"
    NOT_COLLECTED = "not-collected"
    REVERSING = "reversing"
    """Charged although it was cancelled, or in part only; it is voided or paid back."""
    REVERSED = "reversed"
    """It was voided or paid back."""


@dataclass(frozen=True, slots=True)
class MoneyStatus:
    """`under_way`: the store still works on it, its state will change without an action of an associate."""

    under_way: bool
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TaskAnswers:
    """What an associate may say of a task; empty while the store works on it."""

    answers: tuple[TaskAnswer, ...]


def payment_status(payment: DeskPayment) -> MoneyStatus:
    """The status of a payment at the desk."""
    return MoneyStatus(payment.state.is_under_way, _payment_outcome(payment))


def refund_status(refund: Refund) -> MoneyStatus:
    """The status of a refund."""
    outcome = {
        RefundState.KEYED: Outcome.WAITING,
        RefundState.DONE: Outcome.REFUNDED,
        RefundState.REFUSED: Outcome.DECLINED,
    }.get(refund.state, Outcome.UNKNOWN)
    return MoneyStatus(refund.state.is_under_way, outcome)


def payment_for_page(payment: DeskPayment) -> dict[str, Json]:
    """The wire form of a payment at the desk with its status."""
    return _with_status(payment, payment_status(payment))


def task_for_page(task: UnsettledTransaction) -> dict[str, Json]:
    """The wire form of a task with the answers that it takes."""
    return _with_added(task, TaskAnswers(task.answers))


def refund_for_page(refund: Refund) -> dict[str, Json]:
    """The wire form of a refund with its status."""
    return _with_status(refund, refund_status(refund))


def _payment_outcome(payment: DeskPayment) -> Outcome:
    known = _OUTCOMES.get(payment.state)
    if known is not None:
        return known
    if payment.why in _GONE:
        return Outcome.GONE
    return Outcome.DECLINED if payment.state is PaymentState.DECLINED else Outcome.NOT_COLLECTED


_OUTCOMES = {
    PaymentState.KEYED: Outcome.WAITING,
    PaymentState.SENT: Outcome.WAITING,
    PaymentState.UNSURE: Outcome.WAITING,
    PaymentState.PARKED: Outcome.UNKNOWN,
    PaymentState.PAID: Outcome.PAID,
    PaymentState.UNWANTED: Outcome.REVERSING,
    PaymentState.REVERSED: Outcome.REVERSED,
}


def _with_status(value: DeskPayment | Refund, status: MoneyStatus) -> dict[str, Json]:
    return _with_added(value, status)


def _with_added(
    value: DeskPayment | Refund | UnsettledTransaction, added: MoneyStatus | TaskAnswers
) -> dict[str, Json]:
    body = to_json(value)
    assert isinstance(body, dict)
    return {**body, **{name: to_json(found) for name, found in asdict(added).items()}}
