"""An attempt to collect, whatever news comes in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import (
    ASK_LIMIT,
    AnswerLost,
    Approved,
    Attempt,
    Cancelled,
    Means,
    NeverArrived,
    PayNews,
    PayState,
    Refused,
    Sent,
    StillUnknown,
    heard,
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
    return Attempt("key", OrderId("o1"), Means.TERMINAL, Money(100, "EUR"))


def test_a_tap_is_paid() -> None:
    paid = heard(heard(attempt(), Sent(1)), Approved(2, "A1"))
    assert (paid.state, paid.reference) == (PayState.PAID, "A1")


def test_a_lost_answer_is_asked_for_and_found() -> None:
    unsure = heard(heard(attempt(), Sent(1)), AnswerLost(2))
    assert unsure.state is PayState.UNSURE
    assert heard(heard(unsure, StillUnknown(3)), Approved(4, "A1")).state is PayState.PAID
    assert heard(unsure, NeverArrived(3)).state is PayState.ABANDONED


def test_what_cannot_be_learned_goes_to_a_person() -> None:
    lost = heard(attempt(), AnswerLost(0))
    for second in range(ASK_LIMIT):
        lost = heard(lost, StillUnknown(second))
    assert lost.state is PayState.PARKED
    assert heard(lost, Approved(99, "late")).state is PayState.PAID


def test_after_a_crash_nothing_is_taken_for_unsent() -> None:
    assert on_restart(attempt()).state is PayState.UNSURE
    assert on_restart(heard(attempt(), Sent(1))).state is PayState.UNSURE
    paid = heard(attempt(), Approved(1, "A"))
    assert on_restart(paid) == paid


@given(st.lists(NEWS, max_size=60))
def test_an_end_is_an_end(news: list[PayNews]) -> None:
    now, ended = attempt(), None
    for one in news:
        now = heard(now, one)
        if ended is not None:
            assert now == ended
        if now.state.final:
            ended = now
