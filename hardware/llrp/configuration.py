"""A reader's configuration and its events, read and written (LLRP 1.0.1, clauses 12 and 13.2)."""

from __future__ import annotations

import struct
from typing import Final

from hardware.errors import FrameError
from hardware.llrp import status
from hardware.llrp.messages import (
    GetReaderConfig,
    GetReaderConfigResponse,
    ReaderEvent,
    SetReaderConfig,
    Status,
)
from hardware.llrp.numbers import ConnectionStatus, Parameter
from hardware.llrp.parameters import counted_text, text_at, tlv, unpack, walk

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
    antenna, requested, _, _ = unpack(_GET, body, 0, len(body))
    return GetReaderConfig(requested, antenna)


def write_get_config(message: GetReaderConfig) -> bytes:
    return _GET.pack(message.antenna, message.requested, 0, 0)


def read_config_response(body: bytes) -> GetReaderConfigResponse:
    outcome: Status | None = None
    identity, keepalive_ms, hold = b"", None, None
    for kind, value, end in walk(body):
        if kind == Parameter.LLRP_STATUS:
            outcome = status.read_value(body, value, end)
        elif kind == Parameter.IDENTIFICATION:
            _, size = unpack(_IDENTITY, body, value, end)
            identity = body[value + 3 : min(end, value + 3 + size)]
        elif kind == Parameter.KEEPALIVE_SPEC:
            keepalive_ms = _read_keepalive(body, value, end)
        elif kind == Parameter.EVENTS_AND_REPORTS:
            hold = bool(unpack(_U8, body, value, end)[0] & _ON)
    if outcome is None:
        raise FrameError("a response without a status")
    return GetReaderConfigResponse(outcome, identity, keepalive_ms, hold)


def write_config_response(message: GetReaderConfigResponse) -> bytes:
    parts = [status.write(message.status)]
    if message.identity:
        head = _IDENTITY.pack(_MAC_ADDRESS, len(message.identity))
        parts.append(tlv(Parameter.IDENTIFICATION, head, message.identity))
    parts += _written_keepalive(message.keepalive_ms)
    parts += _written_hold(message.hold)
    return b"".join(parts)


def read_set_config(body: bytes) -> SetReaderConfig:
    (flags,) = unpack(_U8, body, 0, len(body))
    keepalive_ms: int | None = None
    hold: bool | None = None
    events: tuple[int, ...] = ()
    for kind, value, end in walk(body, 1):
        if kind == Parameter.KEEPALIVE_SPEC:
            keepalive_ms = _read_keepalive(body, value, end)
        elif kind == Parameter.EVENTS_AND_REPORTS:
            hold = bool(unpack(_U8, body, value, end)[0] & _ON)
        elif kind == Parameter.READER_EVENT_NOTIFICATION_SPEC:
            states = [unpack(_EVENT_STATE, body, at, stop) for _, at, stop in walk(body, value, end)]
            events = tuple(event for event, state in states if state & _ON)
    return SetReaderConfig(bool(flags & _ON), keepalive_ms, hold, events)


def write_set_config(message: SetReaderConfig) -> bytes:
    parts = [_U8.pack(_ON if message.reset else 0)]
    if message.events:
        states = (
            tlv(Parameter.EVENT_NOTIFICATION_STATE, _EVENT_STATE.pack(event, _ON)) for event in message.events
        )
        parts.append(tlv(Parameter.READER_EVENT_NOTIFICATION_SPEC, *states))
    parts += _written_keepalive(message.keepalive_ms)
    parts += _written_hold(message.hold)
    return b"".join(parts)


def _read_keepalive(body: bytes, value: int, end: int) -> int:
    trigger, period = unpack(_KEEPALIVE, body, value, end)
    return period if trigger == _PERIODIC else 0


def _written_keepalive(period_ms: int | None) -> list[bytes]:
    if period_ms is None:
        return []
    return [tlv(Parameter.KEEPALIVE_SPEC, _KEEPALIVE.pack(_PERIODIC if period_ms else 0, period_ms))]


def _written_hold(hold: bool | None) -> list[bytes]:
    if hold is None:
        return []
    return [tlv(Parameter.EVENTS_AND_REPORTS, _U8.pack(_ON if hold else 0))]


def read_event(body: bytes) -> ReaderEvent:
    """The events of one notification that concern us; others are stepped over."""
    for kind, value, end in walk(body):
        if kind == Parameter.READER_EVENT_NOTIFICATION_DATA:
            return _read_event_parts(body, value, end)
    raise FrameError("an event notification without its event")


def _read_event_parts(body: bytes, start: int, end: int) -> ReaderEvent:
    stamp, is_utc = 0, True
    connection: ConnectionStatus | None = None
    closing = overflow = False
    exception: str | None = None
    antenna: tuple[int, bool] | None = None
    for kind, value, stop in walk(body, start, end):
        match kind:
            case Parameter.UTC_TIMESTAMP | Parameter.UPTIME:
                (stamp,), is_utc = unpack(_U64, body, value, stop), kind == Parameter.UTC_TIMESTAMP
            case Parameter.CONNECTION_ATTEMPT_EVENT:
                connection = _connection(unpack(_U16, body, value, stop)[0])
            case Parameter.CONNECTION_CLOSE_EVENT:
                closing = True
            case Parameter.READER_EXCEPTION_EVENT:
                exception, _ = text_at(body, value, stop)
            case Parameter.ANTENNA_EVENT:
                state, port = unpack(_ANTENNA, body, value, stop)
                antenna = (port, bool(state))
            case Parameter.REPORT_BUFFER_OVERFLOW:
                overflow = True
            case _:
                pass
    return ReaderEvent(stamp, is_utc, connection, closing, exception, antenna, overflow)


def _connection(code: int) -> ConnectionStatus:
    try:
        return ConnectionStatus(code)
    except ValueError:
        return ConnectionStatus.FAILED


def write_event(event: ReaderEvent) -> bytes:
    stamp = Parameter.UTC_TIMESTAMP if event.is_utc else Parameter.UPTIME
    parts = [tlv(stamp, _U64.pack(event.stamp_us))]
    if event.buffer_overflow:
        parts.append(tlv(Parameter.REPORT_BUFFER_OVERFLOW))
    if event.exception is not None:
        parts.append(tlv(Parameter.READER_EXCEPTION_EVENT, counted_text(event.exception)))
    if event.antenna is not None:
        port, connected = event.antenna
        parts.append(tlv(Parameter.ANTENNA_EVENT, _ANTENNA.pack(connected, port)))
    if event.connection is not None:
        parts.append(tlv(Parameter.CONNECTION_ATTEMPT_EVENT, _U16.pack(event.connection)))
    if event.closing:
        parts.append(tlv(Parameter.CONNECTION_CLOSE_EVENT))
    return tlv(Parameter.READER_EVENT_NOTIFICATION_DATA, *parts)
