"""From messages to facts: batches, old and repeated events, gaps, antennas, errors of the reader."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.clock import US
from hardware.ports import NoteKind, RadioFact, ReaderNote, TagRead, TagReads
from hardware.zebra.event_intake import EventIntake
from hardware.zebra.reader_state import ReaderState
from hardware.zebra.settings import MAX_MESSAGE_BYTES

EPC = "3074257BF7194E4000001A85"
NOW = 1_800_000_000 * US
START = datetime.fromtimestamp(NOW / US, UTC)


def event(number: int, *, age_s: float = 0, **data: Any) -> dict[str, Any]:
    stamp = (START - timedelta(seconds=age_s)).isoformat()
    found = {"eventNum": number, "format": "epc", "idHex": EPC.lower(), "antenna": 2, "peakRssi": -50, **data}
    return {"type": "CUSTOM", "timestamp": stamp, "data": found}


def take(intake: EventIntake, *values: object, at_us: int = NOW) -> tuple[RadioFact, ...]:
    return intake.take("".join(json.dumps(value) for value in values), at_us).facts


def reads(facts: tuple[RadioFact, ...]) -> list[TagRead]:
    return [read for fact in facts if isinstance(fact, TagReads) for read in fact.reads]


def notes(facts: tuple[RadioFact, ...]) -> list[tuple[NoteKind, int | None, bool]]:
    return [(fact.kind, fact.antenna, fact.over) for fact in facts if isinstance(fact, ReaderNote)]


def texts(facts: tuple[RadioFact, ...]) -> str:
    return " ".join(fact.text for fact in facts if isinstance(fact, ReaderNote))


@pytest.mark.parametrize("message", [[[event(1), event(2)]], [event(1), event(2)], [[event(1)], event(2)]])
def test_events_of_a_batch_or_in_a_row_are_the_reads_of_one_fact(message: list[object]) -> None:
    facts = take(EventIntake("r"), *message)
    assert facts == (TagReads("r", (TagRead(EPC, 2, -50.0, NOW), TagRead(EPC, 2, -50.0, NOW))),)


def test_what_is_not_told_stays_unknown() -> None:
    bare = event(1)
    del bare["data"]["antenna"], bare["data"]["peakRssi"]
    assert reads(take(EventIntake("r"), bare)) == [TagRead(EPC, None, None, NOW)]


def test_old_events_are_left_out_and_said_once() -> None:
    intake = EventIntake("r")
    first = take(intake, event(1, age_s=60))
    second = take(intake, event(2, age_s=59))
    assert reads(first + second) == []
    assert notes(first + second) == [(NoteKind.REPORTS, None, False)]
    assert "kept" in texts(first)
    assert len(reads(take(intake, event(3)))) == 1


def test_a_repeated_delivery_is_taken_once() -> None:
    intake = EventIntake("r")
    assert len(reads(take(intake, event(1), event(1)))) == 1
    assert len(reads(take(intake, event(1)))) == 0
    unnumbered = event(1)
    del unnumbered["data"]["eventNum"]
    assert len(reads(take(intake, unnumbered, unnumbered))) == 2


def test_missing_numbers_are_said_if_the_numbers_count_events() -> None:
    intake = EventIntake("r")
    assert notes(take(intake, [event(number) for number in range(1, 30)])) == []
    facts = take(intake, event(33))
    assert notes(facts) == [(NoteKind.REPORTS, None, False)]
    assert "3 events" in texts(facts)
    assert len(reads(facts)) == 1


@pytest.mark.parametrize("numbers", [range(0, 60, 2), [5, 4, 3, 2, 1], [1] * 5, range(2**53 - 3, 2**53 + 3)])
def test_numbers_that_count_something_else_are_ignored(numbers: Any) -> None:
    facts = take(EventIntake("r"), [event(number) for number in numbers])
    assert notes(facts) == []


def test_a_note_about_reports_ends_after_a_minute_of_good_ones() -> None:
    intake = EventIntake("r")
    assert notes(take(intake, {"what": 1})) == [(NoteKind.REPORTS, None, False)]
    assert notes(take(intake, event(1), at_us=NOW + 4 * US)) == []
    later = intake.take(json.dumps([]), NOW + 61 * US).facts
    assert notes(later) == [(NoteKind.REPORTS, None, True)]


@pytest.mark.parametrize(
    "message",
    [
        "{",
        b"\xff\xfe",
        "[" * 100_000,
        '{"a":' * 5000,
        '{"data":{"idHex":"30","peakRssi":Infinity}}',
        "x" * (MAX_MESSAGE_BYTES + 1),
        '{"type":"CUSTOM","data":{}}',
        '{"type":{},"data":[]}',
        "nonsense",
    ],
)
def test_a_bad_message_is_left_out_and_the_next_one_is_taken(message: str | bytes) -> None:
    intake = EventIntake("r")
    facts = intake.take(message, NOW).facts
    assert reads(facts) == []
    assert notes(facts) == [(NoteKind.REPORTS, None, False)]
    assert len(reads(take(intake, event(1)))) == 1


def test_good_events_before_a_cut_are_taken() -> None:
    facts = EventIntake("r").take(json.dumps(event(1)) + '{"data":{"idHex"', NOW).facts
    assert len(reads(facts)) == 1
    assert notes(facts) == [(NoteKind.REPORTS, None, False)]


def test_an_antenna_in_use_is_missed_and_comes_back() -> None:
    intake = EventIntake("r", (1, 2))
    away = {1: True, 2: False, 3: False}
    assert [
        (n.kind, n.antenna)
        for n in intake.antenna_notes(ReaderState(connected=away), NOW)
        if isinstance(n, ReaderNote)
    ] == [(NoteKind.ANTENNA, 2)]
    assert intake.antenna_notes(ReaderState(connected=away), NOW) == []
    back = intake.antenna_notes(ReaderState(connected={1: True, 2: True}), NOW)
    assert notes(tuple(back)) == [(NoteKind.ANTENNA, 2, True)]


def test_without_a_list_only_an_antenna_that_was_there_is_missed() -> None:
    intake = EventIntake("r")
    assert intake.antenna_notes(ReaderState(connected={1: True, 2: False}), NOW) == []
    lost = intake.antenna_notes(ReaderState(connected={1: False, 2: False}), NOW)
    assert notes(tuple(lost)) == [(NoteKind.ANTENNA, 1, False)]


def test_the_readers_errors_become_notes() -> None:
    intake = EventIntake("r")

    def error(message: str) -> dict[str, Any]:
        return {
            "type": "error",
            "timestamp": START.isoformat(),
            "component": "RC",
            "data": {"message": message},
        }

    assert notes(take(intake, error("Antenna Disconnected on Port 2"))) == [(NoteKind.ANTENNA, 2, False)]
    assert notes(take(intake, error("Antenna Disconnected on Port 2"))) == []
    assert notes(take(intake, error("Antenna Reconnected on Port 2"))) == [(NoteKind.ANTENNA, 2, True)]
    assert notes(take(intake, error("PA Temperature Critical @ 108 C"))) == [(NoteKind.FAULT, None, False)]
    later = take(intake, error("CPU utilization @ 93%"), at_us=NOW + 3601 * US)
    assert notes(later) == [(NoteKind.FAULT, None, True)]


def test_a_heartbeat_tells_the_state() -> None:
    beat = {
        "type": "heartbeat",
        "timestamp": START.isoformat(),
        "data": {"radio_control": {"radioActivity": "inactive"}},
    }
    assert EventIntake("r").take(json.dumps(beat), NOW).state == ReaderState(reads=False)


@pytest.mark.parametrize("kind", ["gpi", "gpo", "userapp", "firmwareUpdateProgress", "warning"])
def test_other_documented_events_are_no_mistakes(kind: str) -> None:
    assert take(EventIntake("r"), {"type": kind, "data": {"pin": 1, "state": "LOW"}}) == ()


def test_a_new_connection_forgets_notes_and_numbers() -> None:
    intake = EventIntake("r")
    take(intake, [event(number) for number in range(1, 30)])
    take(intake, {"what": 1})
    intake.new_connection()
    assert notes(take(intake, event(100))) == []
    assert notes(take(intake, {"what": 1})) == [(NoteKind.REPORTS, None, False)]


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_are_taken(one: bytes, two: bytes) -> None:
    intake = EventIntake("r")
    for raw in (one, b'{"data":' + two, b'{"type":"heartbeat","data":' + two, one + two):
        for fact in intake.take(raw, NOW).facts:
            assert isinstance(fact, ReaderNote | TagReads)
