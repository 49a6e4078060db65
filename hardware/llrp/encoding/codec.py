"""Encodes and decodes LLRP messages in both directions, without input or output.

`decode` raises nothing but LlrpFrameError for any bytes; unknown and custom parameters are skipped. `encode` serves the
client and the simulated reader.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding import capabilities, impinj_extensions, rospecs, status
from hardware.llrp.encoding.configuration import (
    read_config_response,
    read_get_config,
    read_set_config,
    write_config_response,
    write_get_config,
    write_set_config,
)
from hardware.llrp.encoding.constants import MessageType
from hardware.llrp.encoding.events import read_event, write_event
from hardware.llrp.encoding.frames import LlrpFrame, pack_frame
from hardware.llrp.encoding.messages import (
    AddRospec,
    CustomMessage,
    EmptyMessage,
    GetReaderCapabilities,
    GetReaderCapabilitiesResponse,
    GetReaderConfig,
    GetReaderConfigResponse,
    GetRospecsResponse,
    GetSupportedVersionResponse,
    Message,
    ReaderEventNotification,
    RoAccessReport,
    RospecCommand,
    SetProtocolVersion,
    SetReaderConfig,
    StatusResponse,
    UnsupportedMessage,
)
from hardware.llrp.encoding.parameters import unpack_fields
from hardware.llrp.encoding.tag_reports import read_tag_reports, write_tag_report

# nearly all messages are of this type; a comparison with an int is faster than with a member of an enum
_RO_ACCESS_REPORT: Final = int(MessageType.RO_ACCESS_REPORT)
_U8: Final = struct.Struct(">B")
_U32: Final = struct.Struct(">I")
_TWO_U8: Final = struct.Struct(">BB")

_EMPTY_MESSAGES: Final = frozenset(
    {
        MessageType.CLOSE_CONNECTION,
        MessageType.GET_ROSPECS,
        MessageType.GET_REPORT,
        MessageType.GET_SUPPORTED_VERSION,
        MessageType.KEEPALIVE,
        MessageType.KEEPALIVE_ACK,
        MessageType.ENABLE_EVENTS_AND_REPORTS,
    }
)
_STATUS_RESPONSES: Final = frozenset(
    {
        MessageType.CLOSE_CONNECTION_RESPONSE,
        MessageType.SET_READER_CONFIG_RESPONSE,
        MessageType.ADD_ROSPEC_RESPONSE,
        MessageType.DELETE_ROSPEC_RESPONSE,
        MessageType.START_ROSPEC_RESPONSE,
        MessageType.STOP_ROSPEC_RESPONSE,
        MessageType.ENABLE_ROSPEC_RESPONSE,
        MessageType.DISABLE_ROSPEC_RESPONSE,
        MessageType.SET_PROTOCOL_VERSION_RESPONSE,
        MessageType.ERROR_MESSAGE,
    }
)
_ROSPEC_COMMANDS: Final = frozenset(
    {
        MessageType.DELETE_ROSPEC,
        MessageType.START_ROSPEC,
        MessageType.STOP_ROSPEC,
        MessageType.ENABLE_ROSPEC,
        MessageType.DISABLE_ROSPEC,
    }
)


def decode(frame: LlrpFrame) -> Message:
    """The message in a frame; `UnsupportedMessage` for a type that is not decoded."""
    if frame.message_type == _RO_ACCESS_REPORT:
        return RoAccessReport._make(read_tag_reports(frame.body))
    try:
        kind = MessageType(frame.message_type)
    except ValueError:
        return UnsupportedMessage(frame.message_type, frame.body)
    if kind in _EMPTY_MESSAGES:
        return EmptyMessage(kind)
    if kind in _STATUS_RESPONSES:
        return StatusResponse(kind, status.read(frame.body))
    if kind in _ROSPEC_COMMANDS:
        return RospecCommand(kind, unpack_fields(_U32, frame.body, 0, len(frame.body))[0])
    decoder = _DECODERS.get(kind)
    return decoder(frame.body) if decoder else UnsupportedMessage(frame.message_type, frame.body)


def _read_capabilities_request(body: bytes) -> Message:
    return GetReaderCapabilities(unpack_fields(_U8, body, 0, len(body))[0])


def _read_supported_version(body: bytes) -> Message:
    current, supported = unpack_fields(_TWO_U8, body, 0, len(body))
    return GetSupportedVersionResponse(current, supported, status.read(body, 2))


def _read_protocol_version(body: bytes) -> Message:
    return SetProtocolVersion(unpack_fields(_U8, body, 0, len(body))[0])


_DECODERS: Final[dict[MessageType, Callable[[bytes], Message]]] = {
    MessageType.GET_READER_CAPABILITIES: _read_capabilities_request,
    MessageType.GET_READER_CAPABILITIES_RESPONSE: capabilities.read,
    MessageType.GET_READER_CONFIG: read_get_config,
    MessageType.GET_READER_CONFIG_RESPONSE: read_config_response,
    MessageType.SET_READER_CONFIG: read_set_config,
    MessageType.ADD_ROSPEC: rospecs.read,
    MessageType.GET_ROSPECS_RESPONSE: rospecs.read_list,
    MessageType.READER_EVENT_NOTIFICATION: read_event,
    MessageType.GET_SUPPORTED_VERSION_RESPONSE: _read_supported_version,
    MessageType.SET_PROTOCOL_VERSION: _read_protocol_version,
    MessageType.CUSTOM_MESSAGE: impinj_extensions.read_custom_message,
}


def encode(message: Message, message_id: int, version: int = 1) -> bytes:
    """A message as bytes. Raises LlrpFrameError for a value outside the range of its field."""
    try:
        kind, body = _encode_body(message)
    except (struct.error, ValueError) as error:
        raise LlrpFrameError(f"cannot be encoded: {error}") from error
    return pack_frame(kind, message_id, body, version)


def _encode_body(message: Message) -> tuple[int, bytes]:  # noqa: C901 one arm a message, each of one line
    match message:
        case EmptyMessage(kind):
            return kind, b""
        case StatusResponse(kind, outcome):
            return kind, status.write(outcome)
        case RospecCommand(kind, rospec_id):
            return kind, _U32.pack(rospec_id)
        case RoAccessReport(tags, _):
            return MessageType.RO_ACCESS_REPORT, b"".join(map(write_tag_report, tags))
        case GetReaderCapabilities(requested):
            return MessageType.GET_READER_CAPABILITIES, _U8.pack(requested)
        case GetReaderCapabilitiesResponse():
            return MessageType.GET_READER_CAPABILITIES_RESPONSE, capabilities.write(message)
        case GetReaderConfig():
            return MessageType.GET_READER_CONFIG, write_get_config(message)
        case GetReaderConfigResponse():
            return MessageType.GET_READER_CONFIG_RESPONSE, write_config_response(message)
        case SetReaderConfig():
            return MessageType.SET_READER_CONFIG, write_set_config(message)
        case AddRospec():
            return MessageType.ADD_ROSPEC, rospecs.write(message)
        case GetRospecsResponse():
            return MessageType.GET_ROSPECS_RESPONSE, rospecs.write_list(message)
        case CustomMessage():
            return MessageType.CUSTOM_MESSAGE, impinj_extensions.write_custom_message(message)
        case ReaderEventNotification():
            return MessageType.READER_EVENT_NOTIFICATION, write_event(message)
        case GetSupportedVersionResponse(current, supported, outcome):
            head = _TWO_U8.pack(current, supported)
            return MessageType.GET_SUPPORTED_VERSION_RESPONSE, head + status.write(outcome)
        case SetProtocolVersion(version):
            return MessageType.SET_PROTOCOL_VERSION, _U8.pack(version)
        case UnsupportedMessage(kind, body):
            return kind, body
