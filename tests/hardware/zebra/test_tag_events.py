"""Tag data events: the documented forms, and values that must not be taken."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.watches.late_events import stamp_of
from hardware.zebra.tag_events import TagEvent, is_epc, tag_event

EPC = "3005fb63ac1f3681ec880468"
AT = "2026-08-13T09:14:28.651+0000"
AT_US = round(datetime(2026, 8, 13, 9, 14, 28, 651_000, UTC).timestamp() * 1e6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def event(**data: Any) -> dict[str, Any]:
    return {"type": "CUSTOM", "timestamp": AT, "data": {"eventNum": 7, "format": "epc", "idHex": EPC, **data}}


def test_a_documented_event_is_decoded() -> None:
    found = tag_event(
        event(antenna=1, peakRssi=-39, reads=1, phase=148.04, PC="3400", accessResults=["SUCCESS"])
    )
    assert found == TagEvent(EPC.upper(), 1, -39.0, 7, AT_US)


def test_what_an_event_does_not_say_stays_unknown() -> None:
    assert tag_event(event()) == TagEvent(EPC.upper(), None, None, 7, AT_US)
    bare = tag_event({"data": {"idHex": EPC}})
    assert bare == TagEvent(EPC.upper(), None, None, None, None)


@pytest.mark.parametrize("antenna", [0, -1, 65536, 1.5, "1", True, None, [1], float("inf"), 10**400])
def test_an_impossible_antenna_is_unknown(antenna: object) -> None:
    found = tag_event(event(antenna=antenna))
    assert found is not None
    assert found.antenna is None


@pytest.mark.parametrize("rssi", ["-39", False, None, -128, 21, float("nan"), float("-inf"), {}])
def test_an_impossible_signal_strength_is_unknown(rssi: object) -> None:
    found = tag_event(event(peakRssi=rssi))
    assert found is not None
    assert found.rssi_dbm is None


def test_an_antenna_written_as_a_decimal_number_is_that_antenna() -> None:
    found = tag_event(event(antenna=2.0))
    assert found is not None
    assert found.antenna == 2


@pytest.mark.parametrize("digits", ["", "3", "30g0", "0x30", "30 05", "+305", "3_05", "٣٠", "00" * 63])
def test_text_that_is_no_epc_is_no_read(digits: str) -> None:
    assert not is_epc(digits)
    assert tag_event(event(idHex=digits)) is None


@pytest.mark.parametrize(
    "other",
    [
        None,
        [],
        3,
        "x",
        {},
        {"data": []},
        {"data": {"idHex": 3}},
        {"type": "heartbeat", "data": {"radio_control": {}}},
    ],
)
def test_other_values_are_no_read(other: object) -> None:
    assert tag_event(other) is None


@given(JSON, JSON, JSON, JSON)
def test_no_value_of_a_field_raises_or_invents(
    antenna: object, rssi: object, number: object, stamp: object
) -> None:
    value = {
        "timestamp": stamp,
        "data": {"idHex": EPC, "antenna": antenna, "peakRssi": rssi, "eventNum": number},
    }
    found = tag_event(value)
    assert found is not None
    assert found.antenna is None or found.antenna == antenna
    assert found.rssi_dbm is None or found.rssi_dbm == rssi
    assert found.number is None or found.number == number


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2024-11-21T13:20:53.319-0600", 1732216853.319),
        ("2019-08-24T14:15:22Z", 1566656122.0),
        ("2020-01-08T15:36:53+00:00", 1578497813.0),
    ],
)
def test_timestamps_of_the_documentation(text: str, seconds: float) -> None:
    assert stamp_of(text) == round(seconds * 1e6)


@pytest.mark.parametrize(
    "text", ["2019-08-24T14:15:22", "2019-08-24", "13/06/2024 11:19", "", None, 1566656122, "9" * 41]
)
def test_a_timestamp_without_its_offset_from_utc_is_unknown(text: object) -> None:
    assert stamp_of(text) is None
