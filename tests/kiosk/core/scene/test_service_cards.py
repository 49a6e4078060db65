"""What the glass offers in each state of a request and of paying: decided in the scene, not in QML."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import RequestId
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import RequestKind, RequestState
from kiosk.core.scene.service_cards import NOT_HERE, PayAction, PayCard, RequestCard
from kiosk.core.visit.payment_progress import PayStage


def request(state: RequestState, kind: RequestKind = RequestKind.SIZE) -> RequestCard:
    return RequestCard(RequestId("r1"), kind, state, "", "", "", "", "", None, 0, False, 0, 0)


def pay(stage: PayStage, means: PaymentMeans = PaymentMeans.TERMINAL) -> PayCard:
    return PayCard(stage, "", "", "", (), means, "", "")


@pytest.mark.parametrize(
    ("state", "is_open", "current", "can_withdraw", "steps"),
    [
        (RequestState.SENDING, True, True, True, 0),
        (RequestState.UNSENT, True, True, True, 0),
        (RequestState.RECEIVED, True, True, True, 1),
        (RequestState.CLAIMED, True, True, True, 2),
        (RequestState.AT_THE_DOOR, True, True, False, 3),
        (RequestState.DONE, False, False, False, 3),
        (RequestState.DECLINED, False, True, False, 0),
        (RequestState.CANCELLED, False, False, False, 0),
    ],
)
def test_a_request_in_each_state(
    state: RequestState, is_open: bool, current: bool, can_withdraw: bool, steps: int
) -> None:
    card = request(state)
    assert (card.open, card.current, card.can_withdraw, card.steps_done) == (
        is_open,
        current,
        can_withdraw,
        steps,
    )


def test_only_sizes_and_pieces_are_shown_as_a_piece() -> None:
    shown = {kind for kind in RequestKind if request(RequestState.RECEIVED, kind).for_piece}
    assert shown == {RequestKind.SIZE, RequestKind.PIECE}


@pytest.mark.parametrize(
    ("stage", "action", "can_cancel", "waits", "working", "pieces"),
    [
        (PayStage.PRICING, PayAction.NONE, True, False, False, True),
        (PayStage.READY, PayAction.PAY, True, False, False, True),
        (PayStage.CONFIRM, PayAction.CONFIRM, True, False, False, True),
        (PayStage.STARTING, PayAction.NONE, False, False, True, False),
        (PayStage.TAP, PayAction.NONE, True, True, False, False),
        (PayStage.RESOLVING, PayAction.NONE, False, False, True, False),
        (PayStage.PAID, PayAction.NONE, False, False, False, False),
        (PayStage.DECLINED, PayAction.PAY, True, False, False, True),
        (PayStage.PARKED, PayAction.HELP, False, False, False, False),
        (PayStage.UNPRICED, PayAction.HELP, True, False, False, True),
    ],
)
def test_paying_in_each_stage(
    stage: PayStage, action: PayAction, can_cancel: bool, waits: bool, working: bool, pieces: bool
) -> None:
    card = pay(stage)
    assert (card.action, card.can_cancel, card.waits_for_card) == (action, can_cancel, waits)
    assert (card.working, card.shows_pieces) == (working, pieces)


def test_a_payment_that_an_associate_takes_shows_no_place_for_a_card() -> None:
    card = PayCard(PayStage.TAP, "", "", "", (), PaymentMeans.TERMINAL, "", "attended")
    assert (card.waits_for_card, card.working, card.can_cancel) == (False, True, True)


@pytest.mark.parametrize(
    "why", ["no-space", "closed", "no-terminal", "below-minimum", "busy", "timeout", "no-stored-means", ""]
)
def test_where_trying_again_does_not_help_somebody_is_called(why: str) -> None:
    card = PayCard(PayStage.DECLINED, "", "", "", (), PaymentMeans.TERMINAL, "", why)
    assert card.action is (PayAction.HELP if why in NOT_HERE else PayAction.PAY)
    assert (why in NOT_HERE) is (why in {"no-space", "closed", "no-terminal", "below-minimum"})


def test_a_stored_means_waits_for_no_card() -> None:
    card = pay(PayStage.TAP, PaymentMeans.STORED)
    assert (card.waits_for_card, card.working) == (False, True)
