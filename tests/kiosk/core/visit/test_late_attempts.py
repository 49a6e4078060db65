"""Answers about an attempt that come after the next attempt of the same order has started."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from kiosk.core.domain.payment import PaymentState
from kiosk.core.visit.effects import CollectPayment
from kiosk.core.visit.events import PaymentChanged
from kiosk.core.visit.on_answers import on_answer
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import AllPiecesChosen, PaymentRequested
from kiosk.core.wire import from_json, to_json
from tests.kiosk.core.visit.visit_driver import VisitDriver, visit_with

NOT_CHARGED = (PaymentState.DECLINED, PaymentState.ABANDONED)
EARLY = (PaymentState.KEYED, PaymentState.SENT, PaymentState.UNSURE, *NOT_CHARGED)
STARTED, WAITS = (), (PaymentState.SENT,)


def second_attempt(first_end: PaymentState, since: tuple[PaymentState, ...]) -> VisitDriver:
    """A payment whose first attempt has ended, and whose second one has come to the states `since`."""
    room = visit_with()
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.send(answer(room, PaymentState.SENT, 1), answer(room, first_end, 1), PaymentRequested(0))
    collect = room.last(CollectPayment)
    assert isinstance(collect, CollectPayment)
    assert collect.attempt == 2
    for state in since:
        room.send(answer(room, state, 2))
    return room


def answer(room: VisitDriver, state: PaymentState, attempt: int) -> PaymentChanged:
    progress = room.visit.pay.progress
    assert progress is not None
    return PaymentChanged(0, room.visit.ticket, progress.order_id, state, attempt=attempt)


def stage(visit: Visit) -> PayStage:
    assert visit.pay.progress is not None
    return visit.pay.progress.stage


@pytest.mark.parametrize(
    ("end", "since", "late"), list(itertools.product(NOT_CHARGED, (STARTED, WAITS), EARLY)), ids=str
)
def test_what_an_ended_attempt_says_late_does_not_reach_the_next(
    end: PaymentState, since: tuple[PaymentState, ...], late: PaymentState
) -> None:
    room = second_attempt(end, since)
    before = stage(room.visit)
    said = answer(room, late, 1)
    after, effects = on_answer(room.visit, said)
    assert (stage(after), effects) == (before, ())
    # the planted fault: without its number, as from a store of an earlier version, the end is taken for the second's
    if late in NOT_CHARGED:
        assert stage(on_answer(room.visit, replace(said, attempt=0))[0]) in (
            PayStage.DECLINED,
            PayStage.READY,
        )


def test_a_charge_of_an_ended_attempt_is_shown_all_the_same() -> None:
    for state, shown in (
        (PaymentState.PAID, PayStage.PAID),
        (PaymentState.UNWANTED, PayStage.UNWANTED),
        (PaymentState.REVERSED, PayStage.REVERSED),
        (PaymentState.PARKED, PayStage.PARKED),
    ):
        room = second_attempt(PaymentState.ABANDONED, WAITS)
        assert stage(on_answer(room.visit, answer(room, state, 1))[0]) is shown


def test_an_attempt_that_the_store_has_still_open_answers_for_the_next() -> None:
    """The mirror was refused the first attempt, whose first request the store had taken: its end is that of both."""
    room = visit_with()
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.send(replace(answer(room, PaymentState.DECLINED, 0), why="refused"), PaymentRequested(0))
    room.send(answer(room, PaymentState.SENT, 1))
    assert stage(room.visit) is PayStage.TAP
    room.send(answer(room, PaymentState.ABANDONED, 1))
    assert stage(room.visit) is PayStage.READY


def test_mirror_and_store_of_different_versions_read_each_other() -> None:
    changed = answer(second_attempt(PaymentState.DECLINED, STARTED), PaymentState.SENT, 2)
    body = to_json(changed)
    assert isinstance(body, dict)
    assert body.pop("attempt") == 2
    assert from_json(PaymentChanged, body) == replace(changed, attempt=0)
