"""Hypothesis strategy of terminal events, shared by the tests of payment and refund."""

from __future__ import annotations

from hypothesis import strategies as st

from kiosk.core.domain.money import Money
from kiosk.core.domain.terminal_events import (
    Approved,
    ApprovedPartly,
    Cancelled,
    CancelWanted,
    Captured,
    CaptureDenied,
    Forgotten,
    NeverArrived,
    NotReported,
    Refused,
    ReplyLost,
    Reversed,
    Sending,
    Sent,
    SettledByAssociate,
    StillUnknown,
    TerminalGone,
)

_TIMES = st.integers(0, 99)
TERMINAL_EVENTS = st.one_of(
    st.builds(Sent, _TIMES),
    st.builds(Approved, _TIMES, st.just("ref"), captured=st.booleans()),
    st.builds(Refused, _TIMES, st.sampled_from(["", "declined"])),
    st.builds(ReplyLost, _TIMES),
    st.builds(NeverArrived, _TIMES),
    st.builds(Cancelled, _TIMES, st.sampled_from(["", "timeout"])),
    st.builds(StillUnknown, _TIMES, st.booleans()),
    st.builds(Sending, _TIMES, st.sampled_from(["", "pi_1"])),
    st.builds(CancelWanted, _TIMES),
    st.builds(Forgotten, _TIMES),
    st.builds(TerminalGone, _TIMES),
    st.builds(NotReported, _TIMES),
    st.builds(Captured, _TIMES),
    st.builds(CaptureDenied, _TIMES),
    st.builds(Reversed, _TIMES, st.just("rev")),
    st.builds(ApprovedPartly, _TIMES, st.just(Money(40, "EUR")), st.just("ref")),
    st.builds(SettledByAssociate, _TIMES, st.just("a-ines"), st.booleans(), st.just("slip")),
)
