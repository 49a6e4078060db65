"""Decodes and encodes GET_READER_CONFIG, its response and SET_READER_CONFIG (LLRP 1.0.1, clause 12)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding import impinj_extensions, status
from hardware.llrp.encoding.constants import ParameterType
from hardware.llrp.encoding.messages import (
    GetReaderConfig,
    GetReaderConfigResponse,
    LlrpStatus,
    SetReaderConfig,
)
from hardware.llrp.encoding.parameters import iterate_parameters, readable_parameters, tlv, unpack_fields

_U8: Final = struct.Struct(">B")
_GET: Final = struct.Struct(">HBHH")
_KEEPALIVE: Final = struct.Struct(">BI")
_EVENT_STATE: Final = struct.Struct(">HB")
_IDENTIFICATION: Final = struct.Struct(">BH")
_ANTENNA: Final = struct.Struct(">BHh")
_ON: Final = 0x80
_PERIODIC: Final = 1
_MAC_ADDRESS: Final = 0


def read_get_config(body: bytes) -> GetReaderConfig:
    antenna, requested, _, _ = unpack_fields(_GET, body, 0, len(body))
    return GetReaderConfig(requested, antenna)


def write_get_config(message: GetReaderConfig) -> bytes:
    return _GET.pack(message.antenna, message.requested, 0, 0)


@dataclass(slots=True)
class _Found:
    """What was decoded so far."""

    status: LlrpStatus | None = None
    identity: bytes = b""
    keepalive_ms: int | None = None
    hold: bool | None = None
    antennas: list[tuple[int, bool]] = field(default_factory=list)


def read_config_response(body: bytes) -> GetReaderConfigResponse:
    """Decodes the response; fields that it does not contain are None or empty, damaged parameters are left out.

    Raises LlrpFrameError for a response without a status.
    """
    found = _Found()
    for kind, value, end in readable_parameters(body):
        try:
            _read_setting(found, kind, body, value, end)
        except LlrpFrameError:
            continue
    if found.status is None:
        raise LlrpFrameError("a response without a status")
    return GetReaderConfigResponse(
        found.status, found.identity, found.keepalive_ms, found.hold, tuple(found.antennas)
    )


def _read_setting(found: _Found, kind: int, body: bytes, value: int, end: int) -> None:
    match kind:
        case ParameterType.LLRP_STATUS:
            found.status = status.read_value(body, value, end)
        case ParameterType.IDENTIFICATION:
            _, size = unpack_fields(_IDENTIFICATION, body, value, end)
            found.identity = body[value + 3 : min(end, value + 3 + size)]
        case ParameterType.ANTENNA_PROPERTIES:
            flags, port, _ = unpack_fields(_ANTENNA, body, value, end)
            found.antennas.append((port, bool(flags & _ON)))
        case ParameterType.KEEPALIVE_SPEC:
            found.keepalive_ms = _read_keepalive(body, value, end)
        case ParameterType.EVENTS_AND_REPORTS:
            found.hold = bool(unpack_fields(_U8, body, value, end)[0] & _ON)
        case _:
            pass


def write_config_response(message: GetReaderConfigResponse) -> bytes:
    parts = [status.write(message.status)]
    if message.identity:
        head = _IDENTIFICATION.pack(_MAC_ADDRESS, len(message.identity))
        parts.append(tlv(ParameterType.IDENTIFICATION, head, message.identity))
    parts += (
        tlv(ParameterType.ANTENNA_PROPERTIES, _ANTENNA.pack(_ON if connected else 0, port, 0))
        for port, connected in message.antennas
    )
    parts += _write_keepalive(message.keepalive_ms)
    parts += _write_hold(message.hold)
    return b"".join(parts)


def read_set_config(body: bytes) -> SetReaderConfig:
    """Decodes SET_READER_CONFIG, for the simulated reader. Raises LlrpFrameError."""
    (flags,) = unpack_fields(_U8, body, 0, len(body))
    keepalive_ms: int | None = None
    hold: bool | None = None
    events: tuple[int, ...] = ()
    for kind, value, end in iterate_parameters(body, 1):
        if kind == ParameterType.KEEPALIVE_SPEC:
            keepalive_ms = _read_keepalive(body, value, end)
        elif kind == ParameterType.EVENTS_AND_REPORTS:
            hold = bool(unpack_fields(_U8, body, value, end)[0] & _ON)
        elif kind == ParameterType.READER_EVENT_NOTIFICATION_SPEC:
            states = [
                unpack_fields(_EVENT_STATE, body, at, stop)
                for _, at, stop in iterate_parameters(body, value, end)
            ]
            events = tuple(event for event, state in states if state & _ON)
    monitor = impinj_extensions.read_link_monitor(body, 1, len(body))
    return SetReaderConfig(bool(flags & _ON), keepalive_ms, hold, events, monitor)


def write_set_config(message: SetReaderConfig) -> bytes:
    parts = [_U8.pack(_ON if message.reset else 0)]
    if message.events:
        states = (
            tlv(ParameterType.EVENT_NOTIFICATION_STATE, _EVENT_STATE.pack(event, _ON))
            for event in message.events
        )
        parts.append(tlv(ParameterType.READER_EVENT_NOTIFICATION_SPEC, *states))
    parts += _write_keepalive(message.keepalive_ms)
    parts += _write_hold(message.hold)
    if message.link_monitor is not None:
        parts.append(impinj_extensions.write_link_monitor(message.link_monitor))
    return b"".join(parts)


def _read_keepalive(body: bytes, value: int, end: int) -> int:
    trigger, period = unpack_fields(_KEEPALIVE, body, value, end)
    return period if trigger == _PERIODIC else 0


def _write_keepalive(period_ms: int | None) -> list[bytes]:
    if period_ms is None:
        return []
    return [tlv(ParameterType.KEEPALIVE_SPEC, _KEEPALIVE.pack(_PERIODIC if period_ms else 0, period_ms))]


def _write_hold(hold: bool | None) -> list[bytes]:
    if hold is None:
        return []
    return [tlv(ParameterType.EVENTS_AND_REPORTS, _U8.pack(_ON if hold else 0))]
