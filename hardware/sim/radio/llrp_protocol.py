"""Reader side of an LLRP connection, like an Impinj or Zebra reader, without sockets and without a clock.

ROSpecs and configuration are kept in `ReaderMemory` when a connection ends; a restart makes a new one.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from enum import Enum, unique

from hardware.llrp.codec import decode, encode
from hardware.llrp.constants import ConnectionStatus, MessageType, ParameterType, StatusCode
from hardware.llrp.frames import LlrpFrame, pack_frame
from hardware.llrp.messages import (
    AddRospec,
    Capabilities,
    EmptyMessage,
    ErrorDetail,
    GetReaderCapabilities,
    GetReaderCapabilitiesResponse,
    GetReaderConfig,
    GetReaderConfigResponse,
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
from hardware.llrp.tag_reports import write_tag_report


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """Properties of the simulated reader, with peculiarities that real readers have.

    `uptime`: timestamps count from the start; `clock_skew_us`: error of its clock; `holds_reports`: holds reports after
    each connection; `keepalives`: supports KEEPALIVE; `refuses_rospec`: refuses every ADD_ROSPEC; `sends_antenna`,
    `sends_rssi`, `sends_timestamp`: whether reports have AntennaID, PeakRSSI and timestamps.
    """

    antennas: int = 4
    max_rospecs: int = 1
    # Impinj's vendor number (IANA PEN)
    manufacturer: int = 25882
    firmware: str = "7.1.0.240"
    uptime: bool = False
    clock_skew_us: int = 0
    holds_reports: bool = False
    keepalives: bool = True
    refuses_rospec: bool = False
    sends_antenna: bool = True
    sends_rssi: bool = True
    sends_timestamp: bool = True
    extra_in_reports: bytes = b""
    tags_per_report: int = 50


@unique
class _RospecState(Enum):
    DISABLED = 0
    INACTIVE = 1
    ACTIVE = 2


@dataclass(slots=True)
class ReaderMemory:
    """ROSpecs and configuration, kept from one connection to the next."""

    rospecs: dict[int, Rospec] = field(default_factory=dict)
    states: dict[int, _RospecState] = field(default_factory=dict)
    keepalive_ms: int = 0
    hold: bool = False


class ReaderProtocol:
    """State of one connection: frames in, bytes out."""

    def __init__(self, model: ReaderModel, memory: ReaderMemory) -> None:
        self._model = model
        self._memory = memory
        self._ids = itertools.count(1)
        self._holding = model.holds_reports or memory.hold
        self.closing = False
        self.unacknowledged = 0

    def connection_event(self, stamp_us: int, status: ConnectionStatus = ConnectionStatus.SUCCESS) -> bytes:
        """The first message on a new connection, with ConnectionAttemptEvent."""
        event = ReaderEventNotification(stamp_us, not self._model.uptime, connection=status)
        return encode(event, next(self._ids))

    def connection_close_event(self, stamp_us: int) -> bytes:
        """The message before the reader closes the connection."""
        return encode(
            ReaderEventNotification(stamp_us, not self._model.uptime, closing=True), next(self._ids)
        )

    def keepalive(self) -> bytes:
        self.unacknowledged += 1
        return encode(EmptyMessage(MessageType.KEEPALIVE), next(self._ids))

    @property
    def antennas(self) -> frozenset[int]:
        """The antennas of all active ROSpecs."""
        found: set[int] = set()
        for rospec_id, state in self._memory.states.items():
            if state is _RospecState.ACTIVE:
                wanted = self._memory.rospecs[rospec_id].antennas
                found.update(range(1, self._model.antennas + 1) if 0 in wanted else wanted)
        return frozenset(found)

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
                    self._sent(tag), uptime=self._model.uptime, extra=self._model.extra_in_reports
                )
                for tag in tags
            )
            out.append(pack_frame(MessageType.RO_ACCESS_REPORT, next(self._ids), body))
        return b"".join(out)

    def _sent(self, tag: TagReportData) -> TagReportData:
        model = self._model
        return TagReportData(
            tag.epc,
            tag.antenna if model.sends_antenna else None,
            tag.rssi_dbm if model.sends_rssi else None,
            tag.stamp_us if model.sends_timestamp else None,
        )

    def received(self, frame: LlrpFrame) -> bytes:
        """The response to one frame, empty if there is none. Raises LlrpFrameError."""
        response = self._respond(decode(frame))
        return b"" if response is None else encode(response, frame.message_id, frame.version)

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
                return StatusResponse(MessageType.GET_ROSPECS_RESPONSE, LlrpStatus())
            case EmptyMessage(MessageType.GET_SUPPORTED_VERSION):
                return GetSupportedVersionResponse(1, 2, LlrpStatus())
            case SetProtocolVersion():
                return StatusResponse(MessageType.SET_PROTOCOL_VERSION_RESPONSE, LlrpStatus())
            case GetReaderCapabilities():
                return GetReaderCapabilitiesResponse(LlrpStatus(), self._capabilities())
            case GetReaderConfig():
                return GetReaderConfigResponse(
                    LlrpStatus(), b"\x00\x16\x25\x00\x00\x01", self._memory.keepalive_ms, self._memory.hold
                )
            case SetReaderConfig():
                return self._configure(message)
            case AddRospec(rospec):
                return StatusResponse(MessageType.ADD_ROSPEC_RESPONSE, self._add(rospec))
            case RospecCommand(kind, rospec_id):
                return StatusResponse(MessageType(kind + 10), self._command(kind, rospec_id))
            case UnsupportedMessage(kind, _):
                text = f"message type {kind} is not supported"
                return StatusResponse(
                    MessageType.ERROR_MESSAGE, LlrpStatus(StatusCode.UNSUPPORTED_MESSAGE, text)
                )
            case _:
                text = "not a message for a reader"
                return StatusResponse(
                    MessageType.ERROR_MESSAGE, LlrpStatus(StatusCode.UNSUPPORTED_MESSAGE, text)
                )
        return None

    def _capabilities(self) -> Capabilities:
        model = self._model
        powers = tuple((index, 10 + 0.25 * (index - 1)) for index in range(1, 82))
        return Capabilities(
            model.antennas,
            not model.uptime,
            model.manufacturer,
            1,
            model.firmware,
            model.max_rospecs,
            can_hold_reports=True,
            powers=powers,
        )

    def _configure(self, wanted: SetReaderConfig) -> Message:
        if wanted.reset:
            self._memory.keepalive_ms, self._memory.hold = 0, False
        if wanted.keepalive_ms is not None and self._model.keepalives:
            self._memory.keepalive_ms = wanted.keepalive_ms
        if wanted.hold is not None:
            self._memory.hold = wanted.hold
        return StatusResponse(MessageType.SET_READER_CONFIG_RESPONSE, LlrpStatus())

    def _add(self, rospec: Rospec) -> LlrpStatus:
        if self._model.refuses_rospec:
            return _refused("ROReportTrigger is not supported", StatusCode.FIELD_ERROR)
        if not rospec.rospec_id:
            return _refused("ROSpecID may not be 0", StatusCode.INVALID)
        if rospec.rospec_id in self._memory.rospecs:
            return _refused("ROSpecID is in use", StatusCode.INVALID)
        if any(port > self._model.antennas for port in rospec.antennas):
            return _refused("no such antenna", StatusCode.OUT_OF_RANGE)
        if len(self._memory.rospecs) >= self._model.max_rospecs:
            return LlrpStatus(StatusCode.DEVICE_ERROR, "no room for another ROSpec")
        self._memory.rospecs[rospec.rospec_id] = rospec
        self._memory.states[rospec.rospec_id] = _RospecState.DISABLED
        return LlrpStatus()

    def _command(self, kind: MessageType, rospec_id: int) -> LlrpStatus:
        known = list(self._memory.rospecs) if rospec_id == 0 else [rospec_id]
        if any(one not in self._memory.rospecs for one in known):
            return LlrpStatus(
                StatusCode.FIELD_ERROR, "no such ROSpec", (ErrorDetail(StatusCode.INVALID, field=0),)
            )
        for one in known:
            problem = self._apply(kind, one)
            if problem is not None:
                return LlrpStatus(
                    StatusCode.FIELD_ERROR, problem, (ErrorDetail(StatusCode.INVALID, field=0),)
                )
        return LlrpStatus()

    def _apply(self, kind: MessageType, one: int) -> str | None:
        states = self._memory.states
        match kind:
            case MessageType.DELETE_ROSPEC:
                del self._memory.rospecs[one], states[one]
            case MessageType.ENABLE_ROSPEC:
                immediate = self._memory.rospecs[one].immediate
                states[one] = _RospecState.ACTIVE if immediate else _RospecState.INACTIVE
            case MessageType.DISABLE_ROSPEC:
                states[one] = _RospecState.DISABLED
            case MessageType.START_ROSPEC if states[one] is _RospecState.DISABLED:
                return "the ROSpec is disabled"
            case MessageType.START_ROSPEC:
                states[one] = _RospecState.ACTIVE
            case MessageType.STOP_ROSPEC:
                states[one] = min(states[one], _RospecState.INACTIVE, key=lambda state: state.value)
            case _:
                return "not a command"
        return None


def _refused(text: str, code: StatusCode) -> LlrpStatus:
    inner = (
        ErrorDetail(StatusCode.PARAMETER_ERROR, parameter=ParameterType.ROSPEC),
        ErrorDetail(code, field=0),
    )
    return LlrpStatus(StatusCode.PARAMETER_ERROR, text, inner)
