"""Recorded messages of a real reader, with the values that another codec decoded (`../shared/data/llrp`)."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from hardware.llrp.encoding.codec import decode
from hardware.llrp.encoding.constants import MessageType
from hardware.llrp.encoding.frames import LlrpFrame
from hardware.llrp.encoding.messages import (
    FrequencyPlan,
    GetReaderCapabilitiesResponse,
    GetReaderConfigResponse,
    GetRospecsResponse,
    ReaderEventNotification,
    RoAccessReport,
    StatusResponse,
    Transmitter,
)
from hardware.llrp.settings import LlrpSettings
from hardware.llrp.setup.rospec_attempts import first_attempt


@pytest.fixture(scope="session")
def recorded(shared_data: Path) -> Path:
    return shared_data / "llrp"


def both(path: Path, name: str, kind: MessageType) -> tuple[Any, dict[str, Any]]:
    """A recorded message as decoded here, and as decoded by the other codec."""
    body = (path / f"{name}.bytes").read_bytes()
    return decode(LlrpFrame(1, kind, 1, body)), json.loads((path / f"{name}.json").read_text())


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_reports(recorded: Path, number: int) -> None:
    ours, theirs = both(recorded / "reports", f"ROAccessReport-{number:03}", MessageType.RO_ACCESS_REPORT)
    assert isinstance(ours, RoAccessReport)
    for seen, expected in zip(ours.tags, theirs["TagReportData"], strict=True):
        assert seen.epc == base64.b64decode(expected["EPC96"]["EPC"]).hex().upper()
        assert (seen.antenna, seen.rssi_dbm) == (expected["AntennaID"], expected["PeakRSSI"])
        assert seen.stamp_us == expected["FirstSeenUTC"]


def test_capabilities(recorded: Path) -> None:
    ours, theirs = both(
        recorded, "GetReaderCapabilitiesResponse-000", MessageType.GET_READER_CAPABILITIES_RESPONSE
    )
    assert isinstance(ours, GetReaderCapabilitiesResponse)
    expected = theirs["GeneralDeviceCapabilities"]
    assert ours.status.ok
    assert ours.capabilities is not None
    assert ours.capabilities.antennas == expected["MaxSupportedAntennas"]
    assert ours.capabilities.manufacturer == expected["DeviceManufacturer"]
    assert ours.capabilities.firmware == expected["FirmwareVersion"]
    assert ours.capabilities.max_rospecs == theirs["LLRPCapabilities"]["MaxROSpecs"]
    band = theirs["RegulatoryCapabilities"]["UHFBandCapabilities"]
    tables = tuple(table["HopTableID"] for table in band["FrequencyInformation"]["FrequencyHopTables"])
    assert ours.capabilities.frequencies == FrequencyPlan(hopping=True, hop_tables=tables)
    assert ours.capabilities.country == theirs["RegulatoryCapabilities"]["CountryCode"]
    levels = theirs["RegulatoryCapabilities"]["UHFBandCapabilities"]["TransmitPowerLevels"]
    assert [round(100 * dbm) for _, dbm in ours.capabilities.powers] == [
        level["TransmitPowerValue"] for level in levels
    ]


def test_the_inventory_for_this_reader(recorded: Path) -> None:
    """The ROSpec that is asked for first uses the reader's own hop table and the index of the wanted power."""
    ours, theirs = both(
        recorded, "GetReaderCapabilitiesResponse-000", MessageType.GET_READER_CAPABILITIES_RESPONSE
    )
    assert isinstance(ours, GetReaderCapabilitiesResponse)
    band = theirs["RegulatoryCapabilities"]["UHFBandCapabilities"]
    (index,) = (
        level["Index"] for level in band["TransmitPowerLevels"] if level["TransmitPowerValue"] == 2400
    )
    attempt = first_attempt(LlrpSettings(power_dbm=24.0), ours.capabilities, extensions=True)
    (table,) = band["FrequencyInformation"]["FrequencyHopTables"]
    assert attempt.rospec.transmitter == Transmitter(table["HopTableID"], 1, index)
    assert attempt.notes == ()


def test_configuration(recorded: Path) -> None:
    ours, theirs = both(recorded, "GetReaderConfigResponse-000", MessageType.GET_READER_CONFIG_RESPONSE)
    assert isinstance(ours, GetReaderConfigResponse)
    assert ours.identity == base64.b64decode(theirs["Identification"]["ReaderID"])
    assert (ours.keepalive_ms, ours.hold) == (0, False)
    assert ours.antennas == tuple(
        (entry["AntennaID"], entry["AntennaConnected"]) for entry in theirs["AntennaProperties"]
    )


def test_an_event(recorded: Path) -> None:
    ours, theirs = both(recorded, "ReaderEventNotification-000", MessageType.READER_EVENT_NOTIFICATION)
    assert isinstance(ours, ReaderEventNotification)
    assert ours.stamp_us == theirs["ReaderEventNotificationData"]["UTCTimestamp"]
    assert ours.closing


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CloseConnectionResponse-000", MessageType.CLOSE_CONNECTION_RESPONSE),
        ("GetROSpecsResponse-000", MessageType.GET_ROSPECS_RESPONSE),
    ],
)
def test_status_responses(recorded: Path, name: str, kind: MessageType) -> None:
    ours, _ = both(recorded, name, kind)
    assert isinstance(ours, StatusResponse | GetRospecsResponse)
    assert ours.status.ok
