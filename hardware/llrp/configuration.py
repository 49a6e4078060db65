"""A reader's configuration and its events, read and written (LLRP 1.0.1, clauses 12 and 13.2)."""

from __future__ import annotations

import struct
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp import status
from hardware.llrp.constants import ConnectionStatus, ParameterType
from hardware.llrp.messages import (
    GetReaderConfig,
    GetReaderConfigResponse,
    LlrpStatus,
    ReaderEventNotification,
    SetReaderConfig,
)
from hardware.llrp.parameters import iterate_parameters, read_text, tlv, unpack_fields, write_text

_U8: Final = struct.Struct(">B")
_U16: Final = struct.Struct(">H")
_U64: Final = struct.Struct(">Q")
_GET: Final = struct.Struct(">HBHH")
_KEEPALIVE: Final = struct.Struct(">BI")
_EVENT_STATE: Final = struct.Struct(">HB")
_ANTENNA: Final = struct.Struct(">BH")
_IDENTITY: Final = struct.Struct(">BH")
_ON: Final = 0x80
_PERIODIC: Final = 1
_MAC_ADDRESS: Final = 0


def read_get_config(body: bytes) -> GetReaderConfig:
    antenna, requested, _, _ = unpack_fields(_GET, body, 0, len(body))
    return GetReaderConfig(requested, antenna)


def write_get_config(message: GetReaderConfig) -> bytes:
    return _GET.pack(message.antenna, message.requested, 0, 0)


def read_config_response(body: bytes) -> GetReaderConfigResponse:
    outcome: LlrpStatus | None = None
    identity, keepalive_ms, hold = b"", None, None
    for kind, value, end in iterate_parameters(body):
        if kind == ParameterType.LLRP_STATUS:
            outcome = status.read_value(body, value, end)
        elif kind == ParameterType.IDENTIFICATION:
            _, size = unpack_fields(_IDENTITY, body, value, end)
            identity = body[value + 3 : min(end, value + 3 + size)]
        elif kind == ParameterType.KEEPALIVE_SPEC:
            keepalive_ms = _read_keepalive(body, value, end)
        elif kind == ParameterType.EVENTS_AND_REPORTS:
            hold = bool(unpack_fields(_U8, body, value, end)[0] & _ON)
    if outcome is None:
        raise LlrpFrameError("a response without a status")
    return GetReaderConfigResponse(outcome, identity, keepalive_ms, hold)


def write_config_response(message: GetReaderConfigResponse) -> bytes:
    parts = [status.write(message.status)]
    if message.identity:
        head = _IDENTITY.pack(_MAC_ADDRESS, len(message.identity))
        parts.append(tlv(ParameterType.IDENTIFICATION, head, message.identity))
    parts += _written_keepalive(message.keepalive_ms)
    parts += _written_hold(message.hold)
    return b"".join(parts)


def read_set_config(body: bytes) -> SetReaderConfig:
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
    return SetReaderConfig(bool(flags & _ON), keepalive_ms, hold, events)


def write_set_config(message: SetReaderConfig) -> bytes:
    parts = [_U8.pack(_ON if message.reset else 0)]
    if message.events:
        states = (
            tlv(ParameterType.EVENT_NOTIFICATION_STATE, _EVENT_STATE.pack(event, _ON))
            for event in message.events
        )
        parts.append(tlv(ParameterType.READER_EVENT_NOTIFICATION_SPEC, *states))
    parts += _written_keepalive(message.keepalive_ms)
    parts += _written_hold(message.hold)
    return b"".join(parts)


def _read_keepalive(body: bytes, value: int, end: int) -> int:
    trigger, period = unpack_fields(_KEEPALIVE, body, value, end)
    return period if trigger == _PERIODIC else 0


def _written_keepalive(period_ms: int | None) -> list[bytes]:
    if period_ms is None:
        return []
    return [tlv(ParameterType.KEEPALIVE_SPEC, _KEEPALIVE.pack(_PERIODIC if period_ms else 0, period_ms))]


def _written_hold(hold: bool | None) -> list[bytes]:
    if hold is None:
        return []
    return [tlv(ParameterType.EVENTS_AND_REPORTS, _U8.pack(_ON if hold else 0))]


def read_event(body: bytes) -> ReaderEventNotification:
    """The events of one notification that concern us; others are stepped over."""
    for kind, value, end in iterate_parameters(body):
        if kind == ParameterType.READER_EVENT_NOTIFICATION_DATA:
            return _read_event_parts(body, value, end)
    raise LlrpFrameError("an event notification without its event")


def _read_event_parts(body: bytes, start: int, end: int) -> ReaderEventNotification:
    stamp, is_utc = 0, True
    connection: ConnectionStatus | None = None
    closing = overflow = False
    exception: str | None = None
    antenna: tuple[int, bool] | None = None
    for kind, value, stop in iterate_parameters(body, start, end):
        match kind:
            case ParameterType.UTC_TIMESTAMP | ParameterType.UPTIME:
                (stamp,), is_utc = unpack_fields(_U64, body, value, stop), kind == ParameterType.UTC_TIMESTAMP
            case ParameterType.CONNECTION_ATTEMPT_EVENT:
                connection = _connection(unpack_fields(_U16, body, value, stop)[0])
            case ParameterType.CONNECTION_CLOSE_EVENT:
                closing = True
            case ParameterType.READER_EXCEPTION_EVENT:
                exception, _ = read_text(body, value, stop)
            case ParameterType.ANTENNA_EVENT:
                state, port = unpack_fields(_ANTENNA, body, value, stop)
                antenna = (port, bool(state))
            case ParameterType.REPORT_BUFFER_OVERFLOW:
                overflow = True
            case _:
                pass
    return ReaderEventNotification(stamp, is_utc, connection, closing, exception, antenna, overflow)


def _connection(code: int) -> ConnectionStatus:
    try:
        return ConnectionStatus(code)
    except ValueError:
        return ConnectionStatus.FAILED


def write_event(event: ReaderEventNotification) -> bytes:
    stamp = ParameterType.UTC_TIMESTAMP if event.is_utc else ParameterType.UPTIME
    parts = [tlv(stamp, _U64.pack(event.stamp_us))]
    if event.buffer_overflow:
        parts.append(tlv(ParameterType.REPORT_BUFFER_OVERFLOW))
    if event.exception is not None:
        parts.append(tlv(ParameterType.READER_EXCEPTION_EVENT, write_text(event.exception)))
    if event.antenna is not None:
        port, connected = event.antenna
        parts.append(tlv(ParameterType.ANTENNA_EVENT, _ANTENNA.pack(connected, port)))
    if event.connection is not None:
        parts.append(tlv(ParameterType.CONNECTION_ATTEMPT_EVENT, _U16.pack(event.connection)))
    if event.closing:
        parts.append(tlv(ParameterType.CONNECTION_CLOSE_EVENT))
    return tlv(ParameterType.READER_EVENT_NOTIFICATION_DATA, *parts)
