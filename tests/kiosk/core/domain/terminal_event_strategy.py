"""Hypothesis strategy of terminal events, shared by the tests of payment and refund."""

from __future__ import annotations

from hypothesis import strategies as st

from kiosk.core.domain.terminal_events import (
    Approved,
    Cancelled,
    NeverArrived,
    Refused,
    ReplyLost,
    Sent,
    SettledByAssociate,
    StillUnknown,
)

_TIMES = st.integers(0, 99)
TERMINAL_EVENTS = st.one_of(
    st.builds(Sent, _TIMES),
    st.builds(Approved, _TIMES, st.just("ref")),
    st.builds(Refused, _TIMES, st.sampled_from(["", "declined"])),
    st.builds(ReplyLost, _TIMES),
    st.builds(NeverArrived, _TIMES),
    st.builds(Cancelled, _TIMES, st.sampled_from(["", "timeout"])),
    st.builds(StillUnknown, _TIMES),
    st.builds(SettledByAssociate, _TIMES, st.just("a-ines"), st.booleans(), st.just("slip")),
)
