"""Encodes and decodes ADD_ROSPEC and GET_ROSPECS_RESPONSE: antennas, triggers, report content (LLRP 1.0.1, clauses 10.2
and 17.2.4)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding import impinj_extensions, status
from hardware.llrp.encoding.constants import ParameterType
from hardware.llrp.encoding.messages import AddRospec, GetRospecsResponse, Rospec, Transmitter
from hardware.llrp.encoding.parameters import iterate_parameters, readable_parameters, tlv, unpack_fields

_HEAD: Final = struct.Struct(">IBB")
_TRIGGER: Final = struct.Struct(">BI")
_U8: Final = struct.Struct(">B")
_U16: Final = struct.Struct(">H")
_REPORT: Final = struct.Struct(">BH")
_INVENTORY: Final = struct.Struct(">HB")
_TRANSMITTER: Final = struct.Struct(">HHH")
_SINGULATION: Final = struct.Struct(">BHI")

# ROSpecStartTriggerType: null (the ROSpec starts on START_ROSPEC), immediate
_START_TRIGGER_NULL: Final = 0
_START_TRIGGER_IMMEDIATE: Final = 1
# ROReportTrigger: upon N tags, or the end of the AISpec
_REPORT_AFTER_N_TAGS: Final = 1
_AIR_PROTOCOL_GEN2: Final = 1
# TagReportContentSelector: antenna id, peak RSSI, first and last seen timestamp, tag seen count
_REPORT_CONTENT: Final = 0x1780
# expected number of tags in the field, from which the reader chooses its number of slots
_TAG_POPULATION: Final = 32


def write(message: AddRospec) -> bytes:
    """The ROSpec parameter of ADD_ROSPEC, with priority 0 and state disabled, as the standard requires."""
    rospec = message.rospec
    start = _START_TRIGGER_IMMEDIATE if rospec.immediate else _START_TRIGGER_NULL
    boundary = tlv(
        ParameterType.RO_BOUNDARY_SPEC,
        tlv(ParameterType.ROSPEC_START_TRIGGER, _U8.pack(start)),
        tlv(ParameterType.ROSPEC_STOP_TRIGGER, _TRIGGER.pack(0, 0)),
    )
    inventory = tlv(
        ParameterType.AI_SPEC,
        struct.pack(f">H{len(rospec.antennas)}H", len(rospec.antennas), *rospec.antennas),
        tlv(ParameterType.AI_SPEC_STOP_TRIGGER, _TRIGGER.pack(0, 0)),
        tlv(
            ParameterType.INVENTORY_PARAMETER_SPEC,
            _INVENTORY.pack(1, _AIR_PROTOCOL_GEN2),
            _antenna_configuration(rospec),
        ),
    )
    report = tlv(
        ParameterType.RO_REPORT_SPEC,
        _REPORT.pack(_REPORT_AFTER_N_TAGS, rospec.report_every),
        tlv(ParameterType.TAG_REPORT_CONTENT_SELECTOR, _U16.pack(_REPORT_CONTENT)),
    )
    return tlv(ParameterType.ROSPEC, _HEAD.pack(rospec.rospec_id, 0, 0), boundary, inventory, report)


def _antenna_configuration(rospec: Rospec) -> bytes:
    """AntennaConfiguration for all antennas; empty without a transmit power or session of the site's own."""
    parts = []
    if (used := rospec.transmitter) is not None:
        fields = _TRANSMITTER.pack(used.hop_table, used.channel, used.power_index)
        parts.append(tlv(ParameterType.RF_TRANSMITTER, fields))
    if rospec.session is not None:
        control = _SINGULATION.pack(rospec.session << 6, _TAG_POPULATION, 0)
        single = tlv(ParameterType.C1G2_SINGULATION_CONTROL, control)
        mode = b"" if rospec.search_mode is None else impinj_extensions.write_search_mode(rospec.search_mode)
        parts.append(tlv(ParameterType.C1G2_INVENTORY_COMMAND, b"\x00", single, mode))
    return tlv(ParameterType.ANTENNA_CONFIGURATION, _U16.pack(0), *parts) if parts else b""


def read(body: bytes) -> AddRospec:
    """Decodes ADD_ROSPEC, for the simulated reader. Raises LlrpFrameError if a required parameter is missing."""
    for kind, value, end in iterate_parameters(body):
        if kind == ParameterType.ROSPEC:
            return AddRospec(_read_rospec(body, value, end))
    raise LlrpFrameError("ADD_ROSPEC without a ROSpec")


def _read_rospec(body: bytes, value: int, end: int) -> Rospec:
    rospec_id, _, _ = unpack_fields(_HEAD, body, value, end)
    antennas: tuple[int, ...] | None = None
    immediate: bool | None = None
    every, radio = 1, _Radio()
    for kind, at, stop in iterate_parameters(body, value + _HEAD.size, end):
        if kind == ParameterType.RO_BOUNDARY_SPEC:
            immediate = _starts_immediately(body, at, stop)
        elif kind == ParameterType.AI_SPEC:
            antennas, radio = _read_inventory(body, at, stop)
        elif kind == ParameterType.RO_REPORT_SPEC:
            _, every = unpack_fields(_REPORT, body, at, stop)
    if antennas is None or immediate is None:
        raise LlrpFrameError("a ROSpec without its boundary or its antennas")
    return Rospec(rospec_id, antennas, every, immediate, radio.session, radio.transmitter, radio.search_mode)


def _starts_immediately(body: bytes, start: int, end: int) -> bool:
    for kind, value, stop in iterate_parameters(body, start, end):
        if kind == ParameterType.ROSPEC_START_TRIGGER:
            return unpack_fields(_U8, body, value, stop)[0] == _START_TRIGGER_IMMEDIATE
    raise LlrpFrameError("a ROSpec without a start trigger")


@dataclass(slots=True)
class _Radio:
    """The settings of an AntennaConfiguration."""

    session: int | None = None
    transmitter: Transmitter | None = None
    search_mode: int | None = None


def _read_inventory(body: bytes, start: int, end: int) -> tuple[tuple[int, ...], _Radio]:
    (count,) = unpack_fields(_U16, body, start, end)
    antennas = unpack_fields(struct.Struct(f">{count}H"), body, start + 2, end)
    radio = _Radio()
    for kind, value, stop in iterate_parameters(body, start + 2 + 2 * count, end):
        if kind == ParameterType.INVENTORY_PARAMETER_SPEC:
            _read_antenna_configurations(radio, body, value + _INVENTORY.size, stop)
    return antennas, radio


def _read_antenna_configurations(radio: _Radio, body: bytes, start: int, end: int) -> None:
    for kind, value, stop in iterate_parameters(body, start, end):
        if kind != ParameterType.ANTENNA_CONFIGURATION:
            continue
        for inner, at, inner_end in iterate_parameters(body, value + 2, stop):
            if inner == ParameterType.RF_TRANSMITTER:
                radio.transmitter = Transmitter(*unpack_fields(_TRANSMITTER, body, at, inner_end))
            elif inner == ParameterType.C1G2_INVENTORY_COMMAND:
                radio.session = _read_session(body, at + 1, inner_end)
                radio.search_mode = impinj_extensions.read_search_mode(body, at + 1, inner_end)


def _read_session(body: bytes, start: int, end: int) -> int | None:
    for kind, value, stop in iterate_parameters(body, start, end):
        if kind == ParameterType.C1G2_SINGULATION_CONTROL:
            return unpack_fields(_SINGULATION, body, value, stop)[0] >> 6
    return None


def read_list(body: bytes) -> GetRospecsResponse:
    """Decodes GET_ROSPECS_RESPONSE to the ids of its ROSpecs. Raises LlrpFrameError for one without a status."""
    found = [
        _HEAD.unpack_from(body, value)[0]
        for kind, value, end in readable_parameters(body)
        if kind == ParameterType.ROSPEC and end - value >= _HEAD.size
    ]
    return GetRospecsResponse(status.read(body), tuple(found))


def write_list(message: GetRospecsResponse) -> bytes:
    """Encodes GET_ROSPECS_RESPONSE, for the simulated reader; every ROSpec is written with default values."""
    specs = (write(AddRospec(Rospec(number))) for number in message.rospec_ids)
    return status.write(message.status) + b"".join(specs)
