"""Decodes and encodes GET_READER_CAPABILITIES_RESPONSE (LLRP 1.0.1, clauses 9.2 and 17.2.3).

Parameters that are unknown or damaged are left out; the others are used.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding import status
from hardware.llrp.encoding.constants import ParameterType
from hardware.llrp.encoding.messages import (
    Capabilities,
    FrequencyPlan,
    GetReaderCapabilitiesResponse,
    LlrpStatus,
)
from hardware.llrp.encoding.parameters import read_text, readable_parameters, tlv, unpack_fields, write_text

_GENERAL: Final = struct.Struct(">HHII")
_LLRP: Final = struct.Struct(">BBHIIIII")
_TWO_U16: Final = struct.Struct(">HH")
_POWER_ENTRY: Final = struct.Struct(">Hh")
_REGULATORY: Final = struct.Struct(">HH")
_U8: Final = struct.Struct(">B")
_U16: Final = struct.Struct(">H")
# HasUTCClockCapability, SupportsEventAndReportHolding
_HAS_UTC: Final = 0x4000
_CAN_HOLD: Final = 0x08
_HOPPING: Final = 0x80


@dataclass(slots=True)
class _Found:
    """What was decoded so far."""

    status: LlrpStatus | None = None
    general: tuple[int, bool, int, int, str] | None = None
    max_rospecs: int = 0
    can_hold: bool = False
    country: int | None = None
    standard: int | None = None
    powers: list[tuple[int, float]] = field(default_factory=list)
    frequencies: FrequencyPlan | None = None


def read(body: bytes) -> GetReaderCapabilitiesResponse:
    """Decodes the response; `capabilities` is None if it lacks GeneralDeviceCapabilities.

    Raises LlrpFrameError for a response without a status.
    """
    found = _Found()
    for kind, value, end in readable_parameters(body):
        try:
            _read_parameter(found, kind, body, value, end)
        except LlrpFrameError:
            continue
    if found.status is None:
        raise LlrpFrameError("a response without a status")
    if found.general is None:
        return GetReaderCapabilitiesResponse(found.status)
    known = Capabilities(
        *found.general,
        found.max_rospecs,
        found.can_hold,
        tuple(found.powers),
        found.country,
        found.standard,
        found.frequencies,
    )
    return GetReaderCapabilitiesResponse(found.status, known)


def _read_parameter(found: _Found, kind: int, body: bytes, value: int, end: int) -> None:
    match kind:
        case ParameterType.LLRP_STATUS:
            found.status = status.read_value(body, value, end)
        case ParameterType.GENERAL_DEVICE_CAPABILITIES:
            found.general = _general(body, value, end)
        case ParameterType.LLRP_CAPABILITIES:
            flags, _, _, found.max_rospecs, *_ = unpack_fields(_LLRP, body, value, end)
            found.can_hold = bool(flags & _CAN_HOLD)
        case ParameterType.REGULATORY_CAPABILITIES:
            found.country, found.standard = unpack_fields(_REGULATORY, body, value, end)
            for inner, at, stop in readable_parameters(body, value + _REGULATORY.size, end):
                if inner == ParameterType.UHF_BAND_CAPABILITIES:
                    _read_band(found, body, at, stop)
        case _:
            pass


def _general(body: bytes, value: int, end: int) -> tuple[int, bool, int, int, str]:
    antennas, flags, manufacturer, model = unpack_fields(_GENERAL, body, value, end)
    try:
        firmware, _ = read_text(body, value + _GENERAL.size, end)
    except LlrpFrameError:
        firmware = ""
    return antennas, bool(flags & _HAS_UTC), manufacturer, model, firmware


def _read_band(found: _Found, body: bytes, start: int, end: int) -> None:
    """UHFBandCapabilities: the table of transmit powers (in hundredths of a dBm) and the frequencies."""
    for kind, value, stop in readable_parameters(body, start, end):
        if kind == ParameterType.TRANSMIT_POWER_LEVEL_TABLE_ENTRY and stop - value >= _POWER_ENTRY.size:
            index, hundredths = _POWER_ENTRY.unpack_from(body, value)
            found.powers.append((index, hundredths / 100))
        elif kind == ParameterType.FREQUENCY_INFORMATION and stop > value:
            found.frequencies = _read_frequencies(body, value, stop)


def _read_frequencies(body: bytes, start: int, end: int) -> FrequencyPlan:
    """FrequencyInformation (clause 9.2.4.1.2): the flag Hopping, then hop tables or the table of fixed frequencies."""
    tables, channels = [], 0
    for kind, value, stop in readable_parameters(body, start + 1, end):
        if kind == ParameterType.FREQUENCY_HOP_TABLE and stop > value:
            tables.append(body[value])
        elif kind == ParameterType.FIXED_FREQUENCY_TABLE and stop - value >= _U16.size:
            (channels,) = _U16.unpack_from(body, value)
    return FrequencyPlan(bool(body[start] & _HOPPING), tuple(tables), channels)


def write(response: GetReaderCapabilitiesResponse) -> bytes:
    """Encodes the response, for the simulated reader."""
    known = response.capabilities
    return status.write(response.status) + (_write_capabilities(known) if known else b"")


def _write_capabilities(known: Capabilities) -> bytes:
    antennas = range(1, known.antennas + 1)
    general = tlv(
        ParameterType.GENERAL_DEVICE_CAPABILITIES,
        _GENERAL.pack(known.antennas, _HAS_UTC if known.has_utc else 0, known.manufacturer, known.model),
        write_text(known.firmware),
        tlv(ParameterType.RECEIVE_SENSITIVITY_TABLE_ENTRY, _TWO_U16.pack(1, 0)),
        tlv(ParameterType.GPIO_CAPABILITIES, _TWO_U16.pack(0, 0)),
        # air protocol 1: EPCglobal Class-1 Generation-2
        *(tlv(ParameterType.PER_ANTENNA_AIR_PROTOCOL, struct.pack(">HHB", port, 1, 1)) for port in antennas),
    )
    flags = _CAN_HOLD if known.can_hold_reports else 0
    llrp = tlv(ParameterType.LLRP_CAPABILITIES, _LLRP.pack(flags, 1, 0, known.max_rospecs, 32, 1, 0, 8))
    if known.country is None and not known.powers:
        return general + llrp
    head = _REGULATORY.pack(known.country or 0, known.standard or 0)
    return general + llrp + tlv(ParameterType.REGULATORY_CAPABILITIES, head, _write_band(known))


def _write_band(known: Capabilities) -> bytes:
    """UHFBandCapabilities; empty without powers, as before a region is set."""
    if not known.powers:
        return b""
    levels = (
        tlv(ParameterType.TRANSMIT_POWER_LEVEL_TABLE_ENTRY, _POWER_ENTRY.pack(index, round(100 * dbm)))
        for index, dbm in known.powers
    )
    plan = known.frequencies or FrequencyPlan(hopping=False, channels=1)
    modes = tlv(_RF_MODE_TABLE, tlv(_RF_MODE_ENTRY, _DENSE_MODE))
    return tlv(ParameterType.UHF_BAND_CAPABILITIES, *levels, _write_frequencies(plan), modes)


def _write_frequencies(plan: FrequencyPlan) -> bytes:
    if plan.hopping:
        # some of the channels of 902 to 928 MHz, in kHz
        tables = (
            tlv(ParameterType.FREQUENCY_HOP_TABLE, struct.pack(">BBH4I", number, 0, 4, *_HOP_KHZ))
            for number in plan.hop_tables
        )
        return tlv(ParameterType.FREQUENCY_INFORMATION, _U8.pack(_HOPPING), *tables)
    # channels of ETSI EN 302 208: 865.7 MHz and every 600 kHz
    channels = struct.pack(
        f">H{plan.channels}I", plan.channels, *(865_700 + 600 * n for n in range(plan.channels))
    )
    return tlv(
        ParameterType.FREQUENCY_INFORMATION, b"\x00", tlv(ParameterType.FIXED_FREQUENCY_TABLE, channels)
    )


_HOP_KHZ: Final = (902_750, 915_250, 908_250, 926_750)
_RF_MODE_TABLE: Final = 328
_RF_MODE_ENTRY: Final = 329
# UHFC1G2RFModeTableEntry: identifier 1, divide ratio 8/3, M=4, PR-ASK, dense interrogator; bit rate 274,000 bit/s,
# PIE 1500, Tari 20,000 ns
_DENSE_MODE: Final = struct.pack(">IBBBBIIIII", 1, 0x80, 2, 1, 2, 274_000, 1500, 20_000, 20_000, 0)
