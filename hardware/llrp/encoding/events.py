"""Decodes and encodes READER_EVENT_NOTIFICATION (LLRP 1.0.1, clause 13.2)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.constants import ConnectionStatus, ParameterType
from hardware.llrp.encoding.messages import ReaderEventNotification
from hardware.llrp.encoding.parameters import read_text, readable_parameters, tlv, unpack_fields, write_text

_U16: Final = struct.Struct(">H")
_U64: Final = struct.Struct(">Q")
_ANTENNA: Final = struct.Struct(">BH")
# EventType of ROSpecEvent, ROSpecID, PreemptingROSpecID (clause 13.2.7.3)
_ROSPEC: Final = struct.Struct(">BII")
_END: Final = 1
_PREEMPTION: Final = 2


@dataclass(slots=True)
class _Found:
    """What was decoded so far."""

    stamp: int = 0
    is_utc: bool = True
    connection: ConnectionStatus | None = None
    closing: bool = False
    exception: str | None = None
    antenna: tuple[int, bool] | None = None
    overflow: bool = False
    ended_rospec: int | None = None


def read_event(body: bytes) -> ReaderEventNotification:
    """The events of a notification that are used; others, and damaged ones, are skipped.

    Raises LlrpFrameError for a notification without ReaderEventNotificationData.
    """
    for kind, value, end in readable_parameters(body):
        if kind == ParameterType.READER_EVENT_NOTIFICATION_DATA:
            return _read_event_data(body, value, end)
    raise LlrpFrameError("an event notification without ReaderEventNotificationData")


def _read_event_data(body: bytes, start: int, end: int) -> ReaderEventNotification:
    found = _Found()
    for kind, value, stop in readable_parameters(body, start, end):
        try:
            _read_one(found, kind, body, value, stop)
        except LlrpFrameError:
            continue
    return ReaderEventNotification(
        found.stamp,
        found.is_utc,
        found.connection,
        found.closing,
        found.exception,
        found.antenna,
        found.overflow,
        found.ended_rospec,
    )


def _read_one(found: _Found, kind: int, body: bytes, value: int, stop: int) -> None:
    match kind:
        case ParameterType.UTC_TIMESTAMP | ParameterType.UPTIME:
            (found.stamp,) = unpack_fields(_U64, body, value, stop)
            found.is_utc = kind == ParameterType.UTC_TIMESTAMP
        case ParameterType.CONNECTION_ATTEMPT_EVENT:
            found.connection = _connection_status(unpack_fields(_U16, body, value, stop)[0])
        case ParameterType.CONNECTION_CLOSE_EVENT:
            found.closing = True
        case ParameterType.READER_EXCEPTION_EVENT:
            found.exception, _ = read_text(body, value, stop)
        case ParameterType.ANTENNA_EVENT:
            state, port = unpack_fields(_ANTENNA, body, value, stop)
            found.antenna = (port, bool(state))
        case ParameterType.REPORT_BUFFER_OVERFLOW:
            found.overflow = True
        case ParameterType.ROSPEC_EVENT:
            what, rospec, _ = unpack_fields(_ROSPEC, body, value, stop)
            if what in (_END, _PREEMPTION):
                found.ended_rospec = rospec
        case _:
            pass


def _connection_status(code: int) -> ConnectionStatus:
    try:
        return ConnectionStatus(code)
    except ValueError:
        return ConnectionStatus.FAILED


def write_event(event: ReaderEventNotification) -> bytes:
    stamp = ParameterType.UTC_TIMESTAMP if event.is_utc else ParameterType.UPTIME
    parts = [tlv(stamp, _U64.pack(event.stamp_us))]
    if event.ended_rospec is not None:
        parts.append(tlv(ParameterType.ROSPEC_EVENT, _ROSPEC.pack(_END, event.ended_rospec, 0)))
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
