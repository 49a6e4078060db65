"""Status, heartbeats, errors and warnings of the documentation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.ports import NoteKind
from hardware.zebra.reader_state import (
    ReaderEvent,
    ReaderState,
    error_or_warning,
    heartbeat,
    reader_state,
)

STATUS = {
    "antennas": {"1": "connected", "2": "disconnected", "3": "unknown", "x": "connected", "0": "connected"},
    "radioActivity": "active",
    "radioConnection": "connected",
}


def said(message: object, kind: str = "error") -> ReaderEvent | None:
    return error_or_warning({"type": kind, "component": "RC", "eventNum": 1, "data": {"message": message}})


def test_a_status_tells_antennas_inventory_and_radio() -> None:
    assert reader_state(STATUS) == ReaderState((1, 2, 3), {1: True, 2: False}, reads=True, radio=True)


@pytest.mark.parametrize(
    "value",
    [None, [], {}, {"antennas": []}, {"radioActivity": "unknown", "antennas": {"x": 1, "0": "connected"}}],
)
def test_what_a_status_does_not_say_is_unknown(value: object) -> None:
    assert reader_state(value) == ReaderState()


def test_a_heartbeat_has_the_same_state() -> None:
    event = {"type": "heartbeat", "data": {"radio_control": STATUS, "system": {}}}
    assert heartbeat(event) == reader_state(STATUS)
    assert heartbeat({"type": "gpi", "data": {}}) is None


@pytest.mark.parametrize(
    ("message", "kind", "antenna"),
    [
        ("Antenna Disconnected on Port 2", NoteKind.ANTENNA, 2),
        ("Ambient Temperature Critical @ 71 C", NoteKind.FAULT, None),
        ("Tx (PA) Failure on Port 3", NoteKind.FAULT, 3),
        ("NGE Stopped due to error: 5", NoteKind.FAULT, None),
        ("data retention queue full", NoteKind.REPORTS, None),
        ("data endpoint disconnected WEBSOCKET", NoteKind.REPORTS, None),
    ],
)
def test_errors_that_concern_reads_become_notes(message: str, kind: NoteKind, antenna: int | None) -> None:
    found = said(message)
    assert found is not None
    assert (found.kind, found.antenna, found.over) == (kind, antenna, False)
    assert message in found.text or kind is NoteKind.ANTENNA


def test_an_antenna_that_is_connected_again_ends_its_note() -> None:
    found = said("Antenna Reconnected on Port 2")
    assert found is not None
    assert (found.kind, found.antenna, found.over) == (NoteKind.ANTENNA, 2, True)


@pytest.mark.parametrize(
    "message", ["CPU utilization @ 93%", "NTP synchronization failed offset 1.0 and reach 0", 7]
)
def test_errors_about_other_things_are_no_notes(message: object) -> None:
    assert said(message, "warning") is None


@given(st.text(max_size=300))
def test_any_message_is_taken(message: str) -> None:
    found = said(message)
    assert found is None or "\n" not in found.text
