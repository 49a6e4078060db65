"""An attempt to collect, whatever news comes in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import (
    MAX_QUERIES,
    AnswerLost,
    Approved,
    Attempt,
    Cancelled,
    NeverArrived,
    PaymentMeans,
    PaymentState,
    Refused,
    Sent,
    StillUnknown,
    TerminalEvent,
    attempt_after,
    on_restart,
)

NEWS = st.one_of(
    st.builds(Sent, st.integers(0, 99)),
    st.builds(Approved, st.integers(0, 99), st.just("ref")),
    st.builds(Refused, st.integers(0, 99), st.just("no")),
    st.builds(AnswerLost, st.integers(0, 99)),
    st.builds(NeverArrived, st.integers(0, 99)),
    st.builds(Cancelled, st.integers(0, 99)),
    st.builds(StillUnknown, st.integers(0, 99)),
)


def attempt() -> Attempt:
    return Attempt("key", OrderId("o1"), PaymentMeans.TERMINAL, Money(100, "EUR"))


def test_a_tap_is_paid() -> None:
    paid = attempt_after(attempt_after(attempt(), Sent(1)), Approved(2, "A1"))
    assert (paid.state, paid.reference) == (PaymentState.PAID, "A1")


def test_a_lost_answer_is_asked_for_and_found() -> None:
    unsure = attempt_after(attempt_after(attempt(), Sent(1)), AnswerLost(2))
    assert unsure.state is PaymentState.UNSURE
    assert attempt_after(attempt_after(unsure, StillUnknown(3)), Approved(4, "A1")).state is PaymentState.PAID
    assert attempt_after(unsure, NeverArrived(3)).state is PaymentState.ABANDONED


def test_what_cannot_be_learned_goes_to_a_person() -> None:
    lost = attempt_after(attempt(), AnswerLost(0))
    for second in range(MAX_QUERIES):
        lost = attempt_after(lost, StillUnknown(second))
    assert lost.state is PaymentState.PARKED
    assert attempt_after(lost, Approved(99, "late")).state is PaymentState.PAID


def test_after_a_crash_nothing_is_taken_for_unsent() -> None:
    assert on_restart(attempt()).state is PaymentState.UNSURE
    assert on_restart(attempt_after(attempt(), Sent(1))).state is PaymentState.UNSURE
    paid = attempt_after(attempt(), Approved(1, "A"))
    assert on_restart(paid) == paid


@given(st.lists(NEWS, max_size=60))
def test_an_end_is_an_end(news: list[TerminalEvent]) -> None:
    now, ended = attempt(), None
    for one in news:
        now = attempt_after(now, one)
        if ended is not None:
            assert now == ended
        if now.state.is_final:
            ended = now
