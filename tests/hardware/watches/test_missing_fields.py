"""What a reader does not send stays unknown on every way from its bytes to a file and back, and gives no room."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.commands.listen import json_line
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.frames import Framer
from hardware.llrp.encoding.messages import RoAccessReport, TagReportData
from hardware.llrp.reader import convert_timestamps
from hardware.ports import TagRead
from hardware.replay.records import read_records
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import parse_site
from tests.hardware.impinj.bench import read_in

NOW_US = 1_800_000_000_000_000
EPCS = st.binary(min_size=12, max_size=12).map(lambda raw: raw.hex().upper())
ANTENNAS = st.none() | st.integers(1, 0xFFFF)
TAGS = st.lists(
    st.builds(
        TagReportData,
        EPCS,
        ANTENNAS,
        st.none() | st.integers(-128, 127),
        st.none() | st.integers(0, 2**64 - 1),
    ),
    min_size=1,
    max_size=12,
)
READS = st.lists(
    st.builds(
        TagRead, EPCS, ANTENNAS, st.none() | st.integers(-120, 20), st.integers(NOW_US, NOW_US + 10**9)
    ),
    min_size=1,
    max_size=12,
)

Fields = list[tuple[str, int | None, float | None]]


def fields(reads: Sequence[TagRead] | Sequence[TagReportData]) -> Fields:
    return sorted(((read.epc, read.antenna, read.rssi_dbm) for read in reads), key=repr)


def over_llrp(tags: Sequence[TagReportData]) -> tuple[TagRead, ...]:
    (frame,) = Framer().feed(encode(RoAccessReport(tuple(tags)), 1))
    report = decode(frame)
    assert isinstance(report, RoAccessReport)
    assert report.left_out == 0
    return convert_timestamps(report.tags, NOW_US)


@given(TAGS)
def test_over_llrp(tags: list[TagReportData]) -> None:
    reads = over_llrp(tags)
    assert fields(reads) == fields(tags)
    assert all(NOW_US - 1_000_000 <= read.at_us <= NOW_US for read in reads)


def test_an_assumed_antenna_is_found() -> None:
    """The planted fault: port 1 for a tag without an antenna, -100 dBm for one without strength."""
    tags = [TagReportData("AB" * 12, None, None, None)]
    assumed = [read._replace(antenna=read.antenna or 1, rssi_dbm=-100.0) for read in over_llrp(tags)]
    assert fields(over_llrp(tags)) == fields(tags)
    assert fields(assumed) != fields(tags)


@given(READS)
def test_over_impinj_events(reads: list[TagRead]) -> None:
    seen = []
    for read in reads:
        event: dict[str, object] = {"epcHex": read.epc}
        event |= {} if read.antenna is None else {"antennaPort": read.antenna}
        event |= {} if read.rssi_dbm is None else {"peakRssiCdbm": 100 * read.rssi_dbm}
        seen.append(read_in(json.dumps({"tagInventoryEvent": event}).encode(), read.at_us))
    assert seen == reads


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(READS)
def test_over_a_recording(tmp_path: Path, reads: list[TagRead]) -> None:
    record = tmp_path / "reads.jsonl"
    record.write_text("\n".join(map(json_line, reads)))
    assert sorted(read_records(record), key=repr) == sorted(
        (read if read.rssi_dbm is None else read._replace(rssi_dbm=float(read.rssi_dbm)) for read in reads),
        key=repr,
    )


SITE = parse_site("rooms: {one: {antennas: [1]}, two: {antennas: [2]}}")
FEW = st.sampled_from(["E1", "E2"])


@settings(max_examples=50)
@given(st.lists(st.tuples(FEW, st.none() | st.floats(-80, -30)), min_size=20, max_size=80))
def test_without_an_antenna_no_room_is_guessed(seen: list[tuple[str, float | None]]) -> None:
    tracker = RoomTracker(SITE)
    for number, (epc, rssi_dbm) in enumerate(seen):
        at_us = NOW_US + number * 100_000
        assert tracker.reads("ceiling", [TagRead(epc, None, rssi_dbm, at_us)]) == []
        assert tracker.tick(at_us) == []
    assert tracker.tracked_count == 0
