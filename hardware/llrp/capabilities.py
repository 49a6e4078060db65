"""Decodes and encodes GET_READER_CAPABILITIES_RESPONSE (LLRP 1.0.1, clauses 9.2 and 17.2.3)."""

from __future__ import annotations

import struct
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp import status
from hardware.llrp.constants import ParameterType
from hardware.llrp.messages import Capabilities, GetReaderCapabilitiesResponse, LlrpStatus
from hardware.llrp.parameters import iterate_parameters, read_text, tlv, unpack_fields, write_text

_GENERAL: Final = struct.Struct(">HHII")
_LLRP: Final = struct.Struct(">BBHIIIII")
_TWO_U16: Final = struct.Struct(">HH")
_POWER_ENTRY: Final = struct.Struct(">Hh")
_REGULATORY: Final = struct.Struct(">HH")
# HasUTCClockCapability, SupportsEventAndReportHolding
_HAS_UTC: Final = 0x4000
_CAN_HOLD: Final = 0x08


def read(body: bytes) -> GetReaderCapabilitiesResponse:
    """Decodes the response; `capabilities` is None if it lacks GeneralDeviceCapabilities. Raises LlrpFrameError."""
    outcome: LlrpStatus | None = None
    general: tuple[int, bool, int, int, str] | None = None
    max_rospecs, can_hold = 0, False
    powers: tuple[tuple[int, float], ...] = ()
    for kind, value, end in iterate_parameters(body):
        if kind == ParameterType.LLRP_STATUS:
            outcome = status.read_value(body, value, end)
        elif kind == ParameterType.GENERAL_DEVICE_CAPABILITIES:
            general = _general(body, value, end)
        elif kind == ParameterType.LLRP_CAPABILITIES:
            flags, _, _, max_rospecs, *_ = unpack_fields(_LLRP, body, value, end)
            can_hold = bool(flags & _CAN_HOLD)
        elif kind == ParameterType.REGULATORY_CAPABILITIES:
            powers = _powers(body, value + _REGULATORY.size, end)
    if outcome is None:
        raise LlrpFrameError("a response without a status")
    if general is None:
        return GetReaderCapabilitiesResponse(outcome)
    return GetReaderCapabilitiesResponse(outcome, Capabilities(*general, max_rospecs, can_hold, powers))


def _general(body: bytes, value: int, end: int) -> tuple[int, bool, int, int, str]:
    antennas, flags, manufacturer, model = unpack_fields(_GENERAL, body, value, end)
    firmware, _ = read_text(body, value + _GENERAL.size, end)
    return antennas, bool(flags & _HAS_UTC), manufacturer, model, firmware


def _powers(body: bytes, start: int, end: int) -> tuple[tuple[int, float], ...]:
    """The table of transmit powers: (index, dBm); the parameter holds hundredths of a dBm."""
    table = []
    for kind, value, stop in iterate_parameters(body, start, end):
        if kind == ParameterType.UHF_BAND_CAPABILITIES:
            for inner, at, inner_end in iterate_parameters(body, value, stop):
                if inner == ParameterType.TRANSMIT_POWER_LEVEL_TABLE_ENTRY:
                    index, hundredths = unpack_fields(_POWER_ENTRY, body, at, inner_end)
                    table.append((index, hundredths / 100))
    return tuple(table)


def write(response: GetReaderCapabilitiesResponse) -> bytes:
    """Encodes the response, for the simulated reader."""
    capabilities = response.capabilities
    return status.write(response.status) + (_write_capabilities(capabilities) if capabilities else b"")


def _write_capabilities(capabilities: Capabilities) -> bytes:
    antennas = range(1, capabilities.antennas + 1)
    general = tlv(
        ParameterType.GENERAL_DEVICE_CAPABILITIES,
        _GENERAL.pack(
            capabilities.antennas,
            _HAS_UTC if capabilities.has_utc else 0,
            capabilities.manufacturer,
            capabilities.model,
        ),
        write_text(capabilities.firmware),
        tlv(ParameterType.RECEIVE_SENSITIVITY_TABLE_ENTRY, _TWO_U16.pack(1, 0)),
        tlv(ParameterType.GPIO_CAPABILITIES, _TWO_U16.pack(0, 0)),
        # air protocol 1: EPCglobal Class-1 Generation-2
        *(tlv(ParameterType.PER_ANTENNA_AIR_PROTOCOL, struct.pack(">HHB", port, 1, 1)) for port in antennas),
    )
    flags = _CAN_HOLD if capabilities.can_hold_reports else 0
    llrp = tlv(
        ParameterType.LLRP_CAPABILITIES, _LLRP.pack(flags, 1, 0, capabilities.max_rospecs, 32, 1, 0, 8)
    )
    if not capabilities.powers:
        return general + llrp
    levels = (
        tlv(ParameterType.TRANSMIT_POWER_LEVEL_TABLE_ENTRY, _POWER_ENTRY.pack(index, round(100 * dbm)))
        for index, dbm in capabilities.powers
    )
    fixed_table = tlv(_FIXED_FREQUENCY_TABLE, struct.pack(">HI", 1, 865_700))
    frequencies = tlv(_FREQUENCY_INFORMATION, b"\x00", fixed_table)
    modes = tlv(_RF_MODE_TABLE, tlv(_RF_MODE_ENTRY, _DENSE_MODE))
    band = tlv(ParameterType.UHF_BAND_CAPABILITIES, *levels, frequencies, modes)
    # country 276 Germany, standard 2 ETSI EN 302 208
    return general + llrp + tlv(ParameterType.REGULATORY_CAPABILITIES, _REGULATORY.pack(276, 2), band)


_FREQUENCY_INFORMATION: Final = 146
_FIXED_FREQUENCY_TABLE: Final = 148
_RF_MODE_TABLE: Final = 328
_RF_MODE_ENTRY: Final = 329
# UHFC1G2RFModeTableEntry: identifier 1, divide ratio 8/3, M=4, PR-ASK, dense interrogator; bit rate 274,000 bit/s,
# PIE 1500, Tari 20,000 ns
_DENSE_MODE: Final = struct.pack(">IBBBBIIIII", 1, 0x80, 2, 1, 2, 274_000, 1500, 20_000, 20_000, 0)
