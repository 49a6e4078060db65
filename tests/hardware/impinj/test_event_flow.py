"""Events of one connection as facts: reads, notes that begin and end once, old and foreign events."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.clock import US
from hardware.impinj.event_flow import EventFlow
from hardware.ports import NoteKind, RadioFact, ReaderNote, TagReads

EPC = "3074257BF7194E4000001A85"
NOW = 1_800_000_000 * US


def at(us: int) -> str:
    return datetime.fromtimestamp(us / US, UTC).isoformat()


def tag(age_s: float = 0, now_us: int = NOW, **more: Any) -> dict[str, Any]:
    event = {"epcHex": EPC, "antennaPort": 2, "peakRssiCdbm": -5500}
    return {"timestamp": at(now_us - round(age_s * US)), "tagInventoryEvent": event, **more}


def notes(facts: list[RadioFact]) -> list[tuple[NoteKind, int | None, bool]]:
    return [(fact.kind, fact.antenna, fact.over) for fact in facts if isinstance(fact, ReaderNote)]


def count(facts: list[RadioFact]) -> int:
    return sum(len(fact.reads) for fact in facts if isinstance(fact, TagReads))


def test_events_become_reads_in_order() -> None:
    flow = EventFlow("r")
    (fact,) = flow.take([tag(), tag()], NOW)
    assert isinstance(fact, TagReads)
    assert [(read.epc, read.antenna, read.rssi_dbm, read.at_us) for read in fact.reads] == [
        (EPC, 2, -55.0, NOW)
    ] * 2
    assert flow.seen == 2


def test_an_array_and_lines_are_the_same_events() -> None:
    lines = b"\n".join(json.dumps(tag()).encode() for _ in range(3))
    array = json.dumps([tag()] * 3).encode()
    assert EventFlow("r").take_raw([lines], NOW) == EventFlow("r").take_raw([array], NOW)
    assert count(EventFlow("r").take_raw([b"", b"\r\n", b"[]"], NOW)) == 0


def test_antennas_begin_and_end_a_note_once() -> None:
    flow = EventFlow("r")
    lost, back = (
        {"antennaDisconnectedEvent": {"antennaPort": 3}},
        {"antennaConnectedEvent": {"antennaPort": 3}},
    )
    assert notes(flow.take([lost, lost], NOW)) == [(NoteKind.ANTENNA, 3, False)]
    assert notes(flow.take([{"antennaDisconnectedEvent": {"antennaPort": 4}}], NOW)) == [
        (NoteKind.ANTENNA, 4, False)
    ]
    assert notes(flow.take([back, back], NOW)) == [(NoteKind.ANTENNA, 3, True)]
    assert notes(flow.take([{"antennaConnectedEvent": {"antennaPort": 1}}], NOW)) == []


def test_stored_events_are_left_out_without_a_note_just_after_the_connection() -> None:
    flow = EventFlow("r")
    flow.set_clock(at(NOW), NOW)
    assert flow.take([tag(60), tag(30)], NOW) == []
    assert count(flow.take([tag(0.5)], NOW)) == 1
    later = NOW + 30 * US
    assert notes(flow.take([tag(10, later)], later)) == [(NoteKind.REPORTS, None, False)]
    quiet = later + 61 * US
    assert notes(flow.take([tag(0, quiet)], quiet)) == [(NoteKind.REPORTS, None, True)]


def test_a_wrong_clock_of_the_reader_does_not_matter() -> None:
    flow = EventFlow("r")
    flow.set_clock(at(NOW - 3600 * US), NOW)
    assert count(flow.take([tag(3600)], NOW)) == 1
    assert count(flow.take([tag(3700)], NOW)) == 0


def test_events_of_another_reader_are_not_ours() -> None:
    flow = EventFlow("r", "reader-1")
    facts = flow.take([tag(hostname="reader-2"), tag(hostname="reader-1"), tag()], NOW)
    assert (count(facts), flow.seen) == (1, 1)


@pytest.mark.parametrize(
    "event",
    [
        {"inventoryStatusEvent": {"status": "idle"}},
        {"inventoryStatusEvent": {"inventoryStatus": "idle"}},
        {"inventoryTerminatedEvent": {}},
    ],
)
def test_the_end_of_the_inventory_is_kept_for_the_driver(event: dict[str, Any]) -> None:
    flow = EventFlow("r")
    flow.take([event], NOW)
    assert flow.stopped
    flow.take([event, {"inventoryStatusEvent": {"status": "running"}}], NOW)
    assert not flow.stopped
    flow.take([{**event, "timestamp": at(NOW)}, {**event, "timestamp": at(NOW - 60 * US)}], NOW)
    assert flow.stopped


@pytest.mark.parametrize(
    "event",
    [
        {"inventoryStatusEvent": {"status": "running"}},
        {"inventoryStatusEvent": None},
        {"antennaDisconnectedEvent": {"antennaPort": "x"}, "timestamp": 7},
        {"diagnosticEvent": {"data": [1]}},
        {},
    ],
)
def test_other_events_are_no_reads(event: dict[str, Any]) -> None:
    assert count(EventFlow("r").take([event], NOW)) == 0


def test_what_is_not_understood_is_one_note_and_spoils_nothing() -> None:
    flow = EventFlow("r")
    good = json.dumps(tag()).encode()
    facts = flow.take_raw(
        [good[:-7], good, b"[" * 60_000, b'{"tagInventoryEvent":{"epcHex":"zz"}}', good], NOW
    )
    assert count(facts) == 2
    assert notes(facts) == [(NoteKind.REPORTS, None, False)]


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        (b"%s\n{cut off\n%s", False),
        (b"[%s,7,%s]", False),
        (b"[%s,%s]\n7", False),
        (b"\xef\xbb\xbf%s\r\n\r\n%s\r\n", True),
    ],
)
def test_what_is_no_event_spoils_no_other_of_its_text(text: bytes, is_whole: bool) -> None:
    good = json.dumps(tag()).encode()
    facts = EventFlow("r").take_raw([text % (good, good)], NOW)
    assert count(facts) == 2
    assert notes(facts) == ([] if is_whole else [(NoteKind.REPORTS, None, False)])


def test_an_event_on_several_lines() -> None:
    assert count(EventFlow("r").take_raw([json.dumps(tag(), indent=1).encode()], NOW)) == 1


def test_a_full_buffer_of_the_reader_is_a_note() -> None:
    assert notes(EventFlow("r").take([{"overflowEvent": {"eventsPurged": 7}}], NOW)) == [
        (NoteKind.REPORTS, None, False)
    ]


@given(st.lists(st.binary(max_size=60) | st.text(max_size=60).map(str.encode), max_size=5))
def test_no_bytes_raise(texts: list[bytes]) -> None:
    EventFlow("r").take_raw(texts, NOW)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(
    [
        "timestamp",
        "tagInventoryEvent",
        "antennaConnectedEvent",
        "antennaDisconnectedEvent",
        "overflowEvent",
        "hostname",
    ]
)
FIELDS = st.dictionaries(st.sampled_from(["epc", "epcHex", "antennaPort", "peakRssiCdbm"]), JSON)


@given(st.lists(st.dictionaries(NAMES, JSON | FIELDS, max_size=4), max_size=4))
def test_no_json_raises_and_nothing_is_invented(events: list[dict[str, Any]]) -> None:
    for fact in EventFlow("r").take(events, NOW):
        if isinstance(fact, TagReads):
            for read in fact.reads:
                assert read.epc
                assert read.antenna is None or read.antenna >= 1
