"""Events of an Impinj reader, valid and invalid, as lines of JSON."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hardware.impinj.bench import read_in

EPC = "3074257BF7194E4000001A85"


def event(**tag: object) -> bytes:
    return json.dumps({"eventType": "tagInventory", "tagInventoryEvent": tag}).encode()


@pytest.mark.parametrize(
    "tag",
    [
        {"epcHex": EPC.lower()},
        {"epc": b64encode(bytes.fromhex(EPC)).decode()},
        {"epc": urlsafe_b64encode(bytes.fromhex(EPC)).decode()},
        {"epcHex": EPC, "epc": "ignored", "frequency": 866_300, "phaseAngle": 1.5},
    ],
)
def test_an_event_is_a_read(tag: dict[str, object]) -> None:
    read = read_in(event(antennaPort=3, peakRssiCdbm=-5234, **tag), 7)
    assert read is not None
    assert (read.epc, read.antenna, read.rssi_dbm, read.at_us) == (EPC, 3, -52.34, 7)


@pytest.mark.parametrize("fields", [{}, {"antennaPort": None, "peakRssiCdbm": None}])
def test_missing_fields_stay_unknown(fields: dict[str, None]) -> None:
    read = read_in(event(epcHex=EPC, **fields), 7)
    assert read is not None
    assert (read.antenna, read.rssi_dbm) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"nonsense",
        b"[]",
        b"{}",
        b'{"eventType":"inventoryStatus","inventoryStatusEvent":{"inventoryStatus":"running"}}',
        event(),
        event(epcHex="zz"),
        event(epcHex=5),
        event(epc="!"),
        event(epcHex=EPC, antennaPort="x"),
        event(epcHex=EPC, antennaPort=0),
        event(epcHex=EPC, peakRssiCdbm=1e400),
        event(epcHex=EPC, antennaPort=True),
        event(epcHex=EPC, peakRssiCdbm="-50"),
        b"[" * 60_000,
        event(epcHex="30" * 63),
        event(epcHex="30" * 200_000),
        event(epc=b64encode(b"0" * 63).decode()),
    ],
)
def test_other_events_and_invalid_lines_give_no_read(line: bytes) -> None:
    assert read_in(line, 7) is None


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_no_line_raises(line: bytes) -> None:
    assert read_in(line, 7) is None
