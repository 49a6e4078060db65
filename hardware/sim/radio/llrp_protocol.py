"""Reader side of an LLRP connection, like an Impinj or Zebra reader, without sockets and without a clock.

ROSpecs and configuration are kept in `ReaderMemory` when a connection ends; a restart makes a new one.
"""

from __future__ import annotations

import itertools
import struct
from typing import Final

from hardware.llrp.encoding import status
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.constants import ConnectionStatus, MessageType, ParameterType, StatusCode
from hardware.llrp.encoding.frames import HEADER, LlrpFrame, pack_frame
from hardware.llrp.encoding.impinj_extensions import (
    DUAL_TARGET,
    ENABLE_EXTENSIONS,
    ENABLE_EXTENSIONS_RESPONSE_SUBTYPE,
    IMPINJ,
)
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
    LlrpStatus,
    Message,
    ReaderEventNotification,
    Rospec,
    RospecCommand,
    SetProtocolVersion,
    SetReaderConfig,
    StatusResponse,
    TagReportData,
    UnsupportedMessage,
)
from hardware.llrp.encoding.parameters import tlv
from hardware.llrp.encoding.tag_reports import write_tag_report
from hardware.sim.radio.llrp_model import ReaderMemory, ReaderModel, RospecState
from hardware.sim.radio.llrp_rospecs import add_rospec, command_rospec

_ANTENNA_PROPERTIES: Final = 2
_IDENTITY: Final = b"\x00\x16\x25\x00\x00\x01"
# a parameter of a type that no version assigns, one of another maker, and a fixed-length one of an unassigned type
_UNKNOWN: Final = tlv(900, b"new") + tlv(ParameterType.CUSTOM, struct.pack(">II", 4711, 1), b"?")
_UNKNOWN_FIXED: Final = b"\xe3\x01\x02"
_MESSAGES_OF_1_1: Final = (MessageType.GET_SUPPORTED_VERSION, MessageType.SET_PROTOCOL_VERSION)


class ReaderProtocol:
    """State of one connection: frames in, bytes out."""

    def __init__(self, model: ReaderModel, memory: ReaderMemory) -> None:
        self._model = model
        self._memory = memory
        self._ids = itertools.count(1)
        self._holding = model.holds_reports or memory.hold
        self._version = model.versions[0]
        self._extensions = False
        self.closing = False
        self.unacknowledged = 0

    def connection_event(self, stamp_us: int, status: ConnectionStatus = ConnectionStatus.SUCCESS) -> bytes:
        """The first message on a new connection, with ConnectionAttemptEvent."""
        return self._send(ReaderEventNotification(stamp_us, not self._model.uptime, connection=status))

    def connection_close_event(self, stamp_us: int) -> bytes:
        """The message before the reader closes the connection."""
        return self._send(ReaderEventNotification(stamp_us, not self._model.uptime, closing=True))

    def event(
        self,
        stamp_us: int,
        *,
        antenna: tuple[int, bool] | None = None,
        exception: str | None = None,
        ended_rospec: int | None = None,
    ) -> bytes:
        """An antenna (port, connected), a fault of the reader, or a ROSpec that ended."""
        event = ReaderEventNotification(
            stamp_us,
            not self._model.uptime,
            exception=exception,
            antenna=antenna,
            ended_rospec=ended_rospec,
        )
        return self._send(event)

    def keepalive(self) -> bytes:
        self.unacknowledged += 1
        return self._send(EmptyMessage(MessageType.KEEPALIVE))

    def _send(self, message: Message) -> bytes:
        return self._finished(encode(message, next(self._ids), self._version))

    def _finished(self, raw: bytes) -> bytes:
        """The message with unknown parameters at its end, if the reader sends such."""
        kind = HEADER.unpack_from(raw)[0] & 0x3FF
        if (
            not self._model.unknown_parameters
            or len(raw) == HEADER.size
            or kind == MessageType.CUSTOM_MESSAGE
        ):
            return raw
        # an unknown fixed-length parameter hides what follows it, so it comes last
        version, number = HEADER.unpack_from(raw)[0] >> 10 & 7, HEADER.unpack_from(raw)[2]
        return pack_frame(kind, number, raw[HEADER.size :] + _UNKNOWN + _UNKNOWN_FIXED, version)

    @property
    def _active(self) -> list[Rospec]:
        states = self._memory.states
        return [spec for number, spec in self._memory.rospecs.items() if states[number] is RospecState.ACTIVE]

    @property
    def antennas(self) -> frozenset[int]:
        """The antennas of all active ROSpecs, without disconnected ones."""
        found: set[int] = set()
        for rospec in self._active:
            every = 0 in rospec.antennas
            found.update(range(1, self._model.antennas + 1) if every else rospec.antennas)
        return frozenset(found - self._memory.disconnected)

    @property
    def silencing_session(self) -> int:
        """The session in which a tag that was read is silent for a time; 0 if it is read again at once: in session 0,
        and in a search in both directions."""
        (rospec, *_) = self._active or [Rospec(0)]
        session = self._model.default_session if rospec.session is None else rospec.session
        return 0 if rospec.search_mode == DUAL_TARGET else session

    @property
    def reporting(self) -> bool:
        return bool(self.antennas) and not self._holding

    def reports(self, reads: list[TagReportData]) -> bytes:
        """The reads as RO_ACCESS_REPORT messages of at most `tags_per_report` tags."""
        out = []
        for start in range(0, len(reads), self._model.tags_per_report):
            tags = reads[start : start + self._model.tags_per_report]
            body = b"".join(
                write_tag_report(
                    self._model.reported(tag), uptime=self._model.uptime, extra=self._model.extra_in_reports
                )
                for tag in tags
            )
            if self._model.bad_reports:
                body = _BAD_REPORT + body + _BAD_REPORT
            frame = pack_frame(MessageType.RO_ACCESS_REPORT, next(self._ids), body, self._version)
            out.append(self._finished(frame))
        return b"".join(out)

    def delay_s(self, frame: LlrpFrame) -> float:
        """How long the answer to this frame takes."""
        match frame.message_type:
            case MessageType.GET_READER_CAPABILITIES:
                return self._model.capabilities_delay_s
            case MessageType.ADD_ROSPEC:
                return self._model.rospec_delay_s
            case _:
                return 0.0

    def received(self, frame: LlrpFrame) -> bytes:
        """The response to one frame, empty if there is none. Raises LlrpFrameError."""
        if frame.version not in self._model.versions and frame.message_type not in _MESSAGES_OF_1_1:
            response: Message | None = _error(StatusCode.UNSUPPORTED_VERSION, "version not supported")
        elif frame.message_type in _MESSAGES_OF_1_1 and max(self._model.versions) < 2:
            response = _error(StatusCode.UNSUPPORTED_VERSION, "version not supported")
        else:
            response = self._respond(decode(frame))
        if response is None:
            return b""
        return self._finished(encode(response, frame.message_id, max(frame.version, self._version)))

    def _respond(self, message: Message) -> Message | None:  # noqa: C901 one arm a message, each of one line
        match message:
            case EmptyMessage(MessageType.KEEPALIVE_ACK):
                self.unacknowledged = 0
            case EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS):
                self._holding = False
            case EmptyMessage(MessageType.GET_REPORT):
                pass
            case EmptyMessage(MessageType.CLOSE_CONNECTION):
                self.closing = True
                return StatusResponse(MessageType.CLOSE_CONNECTION_RESPONSE, LlrpStatus())
            case EmptyMessage(MessageType.GET_ROSPECS):
                known = tuple(self._memory.rospecs)
                return GetRospecsResponse(LlrpStatus(), known) if self._model.lists_rospecs else None
            case EmptyMessage(MessageType.GET_SUPPORTED_VERSION):
                return GetSupportedVersionResponse(self._version, max(self._model.versions), LlrpStatus())
            case SetProtocolVersion(version):
                return self._use_version(version)
            case CustomMessage(vendor, subtype, _):
                return self._custom(vendor, subtype)
            case GetReaderCapabilities():
                return self._capabilities()
            case GetReaderConfig(requested):
                return self._configuration(requested)
            case SetReaderConfig():
                return self._configure(message)
            case AddRospec(rospec):
                result = add_rospec(self._model, self._memory, rospec, extensions=self._extensions)
                return StatusResponse(MessageType.ADD_ROSPEC_RESPONSE, result)
            case RospecCommand(kind, rospec_id):
                result = command_rospec(
                    self._model, self._memory, kind, rospec_id, extensions=self._extensions
                )
                return StatusResponse(MessageType(kind + 10), result)
            case UnsupportedMessage(kind, _):
                return _error(StatusCode.UNSUPPORTED_MESSAGE, f"message type {kind} is not supported")
            case _:
                return _error(StatusCode.UNSUPPORTED_MESSAGE, "not a message for a reader")
        return None

    def _use_version(self, version: int) -> Message:
        if version not in self._model.versions:
            refusal = LlrpStatus(StatusCode.UNSUPPORTED_VERSION, "version not supported")
            return StatusResponse(MessageType.SET_PROTOCOL_VERSION_RESPONSE, refusal)
        self._version = version
        return StatusResponse(MessageType.SET_PROTOCOL_VERSION_RESPONSE, LlrpStatus())

    def _custom(self, vendor: int, subtype: int) -> Message:
        if not self._model.has_extensions or (vendor, subtype) != (IMPINJ, ENABLE_EXTENSIONS.subtype):
            return _error(StatusCode.UNSUPPORTED_MESSAGE, "no such custom message")
        self._extensions = True
        return CustomMessage(IMPINJ, ENABLE_EXTENSIONS_RESPONSE_SUBTYPE, status.write(LlrpStatus()))

    def _capabilities(self) -> Message:
        if not self._model.tells_capabilities:
            return GetReaderCapabilitiesResponse(LlrpStatus(StatusCode.DEVICE_ERROR, "not supported"))
        return GetReaderCapabilitiesResponse(LlrpStatus(), self._model.capabilities())

    def _configuration(self, requested: int) -> Message:
        """The requested configuration: 0 all, 1 identification, 2 antenna properties (clause 12.2.1)."""
        memory = self._memory
        ports = range(1, self._model.antennas + 1)
        antennas = tuple((port, port not in memory.disconnected) for port in ports)
        if requested == _ANTENNA_PROPERTIES:
            return GetReaderConfigResponse(LlrpStatus(), antennas=antennas)
        return GetReaderConfigResponse(LlrpStatus(), _IDENTITY, memory.keepalive_ms, memory.hold, antennas)

    def _configure(self, wanted: SetReaderConfig) -> Message:
        if wanted.link_monitor is not None and not self._extensions:
            refusal = LlrpStatus(StatusCode.PARAMETER_ERROR, "unknown custom parameter")
            return StatusResponse(MessageType.SET_READER_CONFIG_RESPONSE, refusal)
        if wanted.reset:
            self._memory.keepalive_ms, self._memory.hold = 0, False
        if wanted.keepalive_ms is not None and self._model.keepalives:
            self._memory.keepalive_ms = wanted.keepalive_ms
        if wanted.hold is not None:
            self._memory.hold = wanted.hold
        if wanted.link_monitor is not None:
            self._memory.link_monitor = wanted.link_monitor
        return StatusResponse(MessageType.SET_READER_CONFIG_RESPONSE, LlrpStatus())


def _error(code: StatusCode, text: str) -> Message:
    return StatusResponse(MessageType.ERROR_MESSAGE, LlrpStatus(code, text))


# a tag without an EPC, and one whose EPC stands behind an unknown fixed-length parameter
_BAD_REPORT: Final = tlv(ParameterType.TAG_REPORT_DATA, b"\x81\x00\x01\x86\xc9") + tlv(
    ParameterType.TAG_REPORT_DATA, _UNKNOWN_FIXED + b"\x8d" + bytes(12) + b"\x81\x00\x01"
)
