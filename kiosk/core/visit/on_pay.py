"""Touches and answers about paying: when an order is priced, when a try starts, when a payment may be cancelled."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import DROPPED, REPRICED, PaymentMeans, PaymentState
from kiosk.core.domain.promise.values import is_fee
from kiosk.core.domain.terminal_events import TAKEN_BACK
from kiosk.core.visit.effects import CancelPayment, CollectPayment, PriceOrder
from kiosk.core.visit.events import OrderPriced, PaymentChanged
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PaymentProgress, PayStage
from kiosk.core.visit.prices.basket_event import BasketPriced
from kiosk.core.visit.state import StepResult, Visit, open_page, previous_page, touched

_STAGES = {
    PaymentState.KEYED: PayStage.STARTING,
    PaymentState.SENT: PayStage.TAP,
    PaymentState.UNSURE: PayStage.RESOLVING,
    PaymentState.PARKED: PayStage.PARKED,
    PaymentState.DECLINED: PayStage.DECLINED,
    PaymentState.ABANDONED: PayStage.READY,
    PaymentState.PAID: PayStage.PAID,
    PaymentState.UNWANTED: PayStage.UNWANTED,
    PaymentState.REVERSED: PayStage.REVERSED,
}

_BEFORE = {
    PaymentState.KEYED: frozenset({PayStage.STARTING, PayStage.RESOLVING}),
    PaymentState.SENT: frozenset({PayStage.STARTING, PayStage.TAP, PayStage.RESOLVING}),
    PaymentState.UNSURE: frozenset({PayStage.STARTING, PayStage.TAP, PayStage.RESOLVING}),
}
"""States without a result, and the stages that they may follow. After a result they are outdated: the store's answers
and its event stream arrive on two connections, so an earlier state may come after a later one."""

_NOT_CHARGED = frozenset({PaymentState.DECLINED, PaymentState.ABANDONED})
_OUTDATED_AFTER_END = frozenset({PaymentState.KEYED, PaymentState.SENT, PaymentState.UNSURE, *_NOT_CHARGED})
"""States of an attempt that has ended, which say nothing about a later attempt. A charge that came late does."""


def with_progress(visit: Visit, progress: PaymentProgress | None) -> Visit:
    """The visit with that progress of its payment."""
    return replace(visit, pay=replace(visit.pay, progress=progress))


def request_payment(visit: Visit) -> StepResult:
    """From the basket: price the order. On the pay page: start the payment terminal."""
    progress = visit.pay.progress
    if progress is not None and progress.busy:
        return open_page(visit, Page.PAY), ()
    if progress is not None and visit.page is Page.PAY and progress.can_try and progress.why != DROPPED:
        return start_attempt(visit, progress, PaymentMeans.TERMINAL)
    return _price_order(visit)


def _price_order(visit: Visit) -> StepResult:
    pieces = tuple((p.piece_id, p.garment.article) for p in visit.basket if p.garment)
    if not pieces:
        return visit, ()
    number = visit.last_number + 1
    order_id = OrderId(f"{visit.ticket}.o{number}")
    visit = replace(
        with_progress(visit, PaymentProgress(order_id, PayStage.PRICING)),
        last_number=number,
    )
    shopper_id = visit.shopper.shopper_id if visit.shopper else None
    later = visit.delivery.ways
    ways = tuple((piece, later[piece]) for piece, _ in pieces if piece in later)
    order = PriceOrder(visit.ticket, order_id, pieces, shopper_id, ways, visit.delivery.zone if ways else "")
    return open_page(visit, Page.PAY), (order,)


def start_attempt(visit: Visit, progress: PaymentProgress, means: PaymentMeans) -> StepResult:
    """A new try to collect the order's total with these means."""
    number = progress.attempt + 1
    after = replace(
        progress, stage=PayStage.STARTING, means=means, attempt=number, asked_us=visit.now_us, why="",
        stored_next=False,
    )  # fmt: skip
    return with_progress(visit, after), (collect(visit.ticket, after),)


def collect(ticket: Ticket, progress: PaymentProgress) -> CollectPayment:
    """The request of the current try; sent again it is the same."""
    return CollectPayment(ticket, progress.order_id, progress.means, progress.attempt, progress.asked_us)


def confirm_payment(visit: Visit) -> StepResult:
    """The shopper confirms to pay with the stored means, after her card was recognised."""
    progress = visit.pay.progress
    if progress is None or progress.stage is not PayStage.CONFIRM:
        return visit, ()
    return start_attempt(visit, progress, PaymentMeans.STORED)


def _price_for_card(visit: Visit) -> StepResult:
    """A new order, which the stored means pay after one touch."""
    priced, effects = _price_order(visit)
    progress = priced.pay.progress
    return with_progress(priced, replace(progress, ask=True)) if progress else priced, effects


def _price_again(visit: Visit, before: PaymentProgress) -> StepResult:
    """The order costs another amount by now: a new one, whose total she sees before anything is charged."""
    given_up = CancelPayment(visit.ticket, before.order_id)
    if visit.page is not Page.PAY:
        return with_progress(visit, None), (given_up,)
    stored = before.means is PaymentMeans.STORED
    priced, effects = _price_for_card(visit) if stored else _price_order(visit)
    progress = priced.pay.progress
    if not effects or progress is None:
        return with_progress(visit, None), (given_up,)
    return with_progress(priced, replace(progress, repriced=True)), (given_up, *effects)


def on_basket_priced(visit: Visit, answer: BasketPriced) -> StepResult:
    """What the basket costs now. If that is less than the total on the pay page, since her card was read meanwhile, she
    gets the new total; a terminal that waits for the old one is stopped first."""
    visit = replace(visit, pay=replace(visit.pay, priced=answer.lines))
    progress = visit.pay.progress
    if progress is None or visit.page is not Page.PAY or not _costs_less(visit, progress):
        return visit, ()
    given_up = CancelPayment(visit.ticket, progress.order_id)
    if progress.at_terminal and not (progress.stored_next or progress.less_next):
        return with_progress(visit, replace(progress, less_next=True)), (given_up,)
    if progress.stage not in (PayStage.READY, PayStage.CONFIRM):
        return visit, ()
    confirms = progress.stage is PayStage.CONFIRM
    priced, effects = _price_for_card(visit) if confirms else _price_order(visit)
    return priced, (given_up, *effects)


def _costs_less(visit: Visit, progress: PaymentProgress) -> bool:
    goods = [line for line in progress.order.lines if not is_fee(line.piece)] if progress.order else []
    prices = visit.pay.prices_of([line.piece for line in goods])
    now = sum(line.price.minor for line in prices.values())
    return bool(prices) and now < sum(line.price.minor for line in goods)


def pay_by_tap(visit: Visit) -> StepResult:
    """A card with stored means was laid on the mirror's reader while the total was on the glass.

    On the pay page it pays at once; on the basket page, where the tax is not shown yet, after one touch. So it does
    where the total is just being computed anew, as her card has lowered it.
    """
    progress = visit.pay.progress
    if visit.page is not Page.PAY:
        return _price_for_card(visit)
    if progress is not None and progress.stage is PayStage.PRICING:
        return with_progress(visit, replace(progress, ask=True)), ()
    if progress is None or not progress.takes_tap or progress.stored_next:
        return visit, ()
    if progress.at_terminal:
        return with_progress(visit, replace(progress, stored_next=True)), (
            CancelPayment(visit.ticket, progress.order_id),
        )
    return start_attempt(visit, progress, PaymentMeans.STORED)


def cancel_payment(visit: Visit) -> StepResult:
    """Back to the pieces. While the terminal works the store is asked to cancel, and its answer decides."""
    progress = visit.pay.progress
    if progress is None or progress.stage is PayStage.PAID:
        return previous_page(visit), ()
    if progress.stage in (PayStage.STARTING, PayStage.TAP):
        return with_progress(visit, replace(progress, stored_next=False)), (
            CancelPayment(visit.ticket, progress.order_id),
        )
    if progress.busy:
        return visit, ()
    if progress.stage is PayStage.CONFIRM:
        return with_progress(visit, replace(progress, stage=PayStage.READY)), ()
    return previous_page(with_progress(visit, None)), (CancelPayment(visit.ticket, progress.order_id),)


def on_priced(visit: Visit, answer: OrderPriced) -> StepResult:
    """The store has priced the order, or could not."""
    progress = visit.pay.progress
    if progress is None or progress.order_id != answer.order_id or progress.stage is not PayStage.PRICING:
        return visit, ()
    if answer.order is None:
        return with_progress(visit, replace(progress, stage=PayStage.UNPRICED, why=answer.why)), ()
    ready = replace(progress, order=answer.order, stage=PayStage.CONFIRM if progress.ask else PayStage.READY)
    if progress.repriced:
        return with_progress(visit, replace(ready, why=REPRICED)), ()
    if visit.shopper is not None and visit.shopper.stored_means:
        return with_progress(visit, ready), ()
    # There is only one way to pay, so the terminal starts at once.
    return start_attempt(visit, ready, PaymentMeans.TERMINAL)


def on_payment_changed(visit: Visit, answer: PaymentChanged) -> StepResult:
    """The payment has reached another state; a paid one opens the receipt."""
    progress = visit.pay.progress
    if progress is None or progress.order_id != answer.order_id:
        return visit, ()
    if progress.stage is PayStage.PAID:
        return (_taken_back(visit, progress) if answer.why == TAKEN_BACK else visit), ()
    if _is_outdated(progress, answer):
        return visit, ()
    if answer.why == REPRICED and answer.state is PaymentState.DECLINED:
        return _price_again(visit, progress)
    ended = max(progress.ended, answer.attempt if answer.state in _NOT_CHARGED else 0)
    after = replace(progress, stage=_STAGES[answer.state], why=answer.why, ended=ended)
    if after.stored_next and not after.at_terminal:
        # Nothing was charged at the terminal, so her ring pays. If that is not known, she lays it there once more.
        if after.why == DROPPED and visit.page is Page.PAY:
            return _price_for_card(with_progress(visit, None))  # its last attempt had ended before the cancel
        if after.can_try and visit.page is Page.PAY:
            return start_attempt(visit, after, PaymentMeans.STORED)
        after = replace(after, stored_next=False)
    elif after.less_next and not after.at_terminal:
        if after.can_try and visit.page is Page.PAY:
            return _price_order(
                with_progress(visit, None)
            )  # nothing was charged: the new total, then the terminal
        after = replace(after, less_next=False)
    visit = with_progress(visit, after)
    return (_paid(visit, after, answer) if answer.state is PaymentState.PAID else visit), ()


def _is_outdated(progress: PaymentProgress, answer: PaymentChanged) -> bool:
    """Whether an answer is older than what is shown.

    An attempt may be answered with the state of an earlier one that the store still has open, so only attempts of which
    the end was reported are outdated.
    """
    if 0 < answer.attempt < progress.attempt and answer.attempt <= progress.ended:
        return answer.state in _OUTDATED_AFTER_END
    return progress.stage not in _BEFORE.get(answer.state, (progress.stage,))


def _taken_back(visit: Visit, progress: PaymentProgress) -> Visit:
    """Nothing was collected after all: her pieces are in the basket again, and she can pay them once more."""
    lines = progress.order.lines if progress.order else ()
    pieces = frozenset(visit.pay.identified.get(line.piece, line.piece) for line in lines)
    pay = replace(
        visit.pay,
        progress=replace(progress, stage=PayStage.DECLINED, why=TAKEN_BACK),
        receipt=None,
        can_print=False,
        printing=None,
        bought=visit.pay.bought - pieces,
        chosen=visit.pay.chosen | {piece for piece in pieces if visit.piece(piece) is not None},
    )
    after = replace(visit, pay=pay)
    return open_page(after, Page.PAY) if visit.page is Page.RECEIPT else after


def _paid(visit: Visit, progress: PaymentProgress, answer: PaymentChanged) -> Visit:
    lines = progress.order.lines if progress.order else ()
    bought = frozenset(visit.pay.identified.get(line.piece, line.piece) for line in lines)
    pay = replace(
        visit.pay,
        receipt=answer.receipt,
        can_print=answer.can_print,
        printing=None,
        bought=visit.pay.bought | bought,
        chosen=visit.pay.chosen - bought,
        left=tuple(p for p in visit.pay.left if p.piece_id not in bought),
        tapped=False,
    )
    receipt_page = replace(visit.navigation.to(Page.RECEIPT), trail=())
    return replace(touched(visit), pay=pay, navigation=receipt_page)
