"""Client side of an LLRP connection as a state machine, without sockets and without a clock.

After the reader's ConnectionAttemptEvent each request waits for its response (`hardware.llrp.setup_sequence`):

    connection event (-> version) -> capabilities -> delete own ROSpec -> configure -> add -> enable -> start -> running

Input: frames and times. Output: bytes to send, reported tags, warnings. A refused request leads to the next state of
`SetupStep.on_refusal`, or raises ReaderRefusedError. A reader that sends no data raises ConnectionLostError: during
setup when a response is overdue, afterwards when neither a keep-alive nor any other message arrives. Because some
readers send no keep-alives, the client first sends a request of its own after `probe_s`.
Reports are passed on only in the state RUNNING; reports that the reader held from an earlier connection are outdated.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from hardware.errors import ConnectionLostError, ReaderBusyError, ReaderRefusedError
from hardware.llrp.codec import decode, encode
from hardware.llrp.constants import ConnectionStatus, EventType, MessageType, StatusCode
from hardware.llrp.frames import LlrpFrame
from hardware.llrp.messages import (
    AddRospec,
    Capabilities,
    EmptyMessage,
    GetReaderCapabilities,
    GetReaderCapabilitiesResponse,
    GetSupportedVersionResponse,
    LlrpStatus,
    Message,
    ReaderEventNotification,
    RoAccessReport,
    Rospec,
    RospecCommand,
    SetProtocolVersion,
    SetReaderConfig,
    StatusResponse,
    TagReportData,
)
from hardware.llrp.settings import LlrpSettings
from hardware.llrp.setup_sequence import SETUP_STEPS, SetupState
from hardware.llrp.status import describe_status


@dataclass(frozen=True, slots=True)
class SendBytes:
    """Bytes to send to the reader."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class InventoryStarted:
    """The reader runs the ROSpec. `capabilities` is None if the reader did not report them."""

    capabilities: Capabilities | None


@dataclass(frozen=True, slots=True)
class TagsReported:
    """The tags of one RO_ACCESS_REPORT."""

    tags: tuple[TagReportData, ...]


@dataclass(frozen=True, slots=True)
class DeviceWarning:
    """A fault for the technician's log, for example a disconnected antenna."""

    text: str


Output = SendBytes | InventoryStarted | TagsReported | DeviceWarning


_CONNECTION_REFUSALS = {
    ConnectionStatus.READER_CONNECTION_EXISTS: "it has connected to another client by itself",
    ConnectionStatus.CLIENT_CONNECTION_EXISTS: "another client is connected to it",
    ConnectionStatus.FAILED: "it refused the connection",
}
_BEFORE_OWN_ROSPEC = (
    SetupState.CONNECTION_EVENT,
    SetupState.GET_VERSION,
    SetupState.SET_VERSION,
    SetupState.GET_CAPABILITIES,
)
_EVENTS = (EventType.REPORT_BUFFER_FILL, EventType.READER_EXCEPTION, EventType.ANTENNA)


class ClientProtocol:
    """State of one connection; make a new object for each. Times are seconds of one monotonic clock."""

    def __init__(self, settings: LlrpSettings, now: float) -> None:
        self._settings = settings
        self._state = SetupState.CONNECTION_EVENT
        self._message_ids = itertools.count(1)
        self._last_progress = now
        self._probed_at: float | None = None
        self._capabilities: Capabilities | None = None
        self._version = 1

    @property
    def running(self) -> bool:
        return self._state is SetupState.RUNNING

    def deadline(self) -> float:
        """When to call `tick` if no frame arrives before."""
        return self._last_progress + self._timeout_s()

    def _timeout_s(self) -> float:
        if self._may_probe():
            return self._settings.probe_s
        if self.running or self._state in _BEFORE_OWN_ROSPEC:
            return self._settings.silence_s
        return self._settings.answer_s

    def tick(self, now: float) -> list[Output]:
        """Sends one request to a reader that sends no data. Raises ConnectionLostError if there is still none."""
        if now < self.deadline():
            return []
        if not self._may_probe():
            step = SETUP_STEPS.get(self._state)
            what = f" to {step.request.name}" if step else ""
            raise ConnectionLostError(f"no answer{what} for {now - self._last_progress:.1f} s")
        self._probed_at = now
        if self._state is SetupState.CONNECTION_EVENT:
            # some readers send no connection event
            return self._enter(self._first_request())
        return [self._send(GetReaderCapabilities(1))]

    def _may_probe(self) -> bool:
        """Whether a reader that sends no data still gets a request before it counts as lost."""
        return self._probed_at is None and self._state in (SetupState.CONNECTION_EVENT, SetupState.RUNNING)

    def _first_request(self) -> SetupState:
        return SetupState.GET_CAPABILITIES if self._settings.version == 1 else SetupState.GET_VERSION

    def received(self, frame: LlrpFrame, now: float) -> list[Output]:
        """Handles a frame. Raises LlrpFrameError, ConnectionLostError or ReaderRefusedError at the end."""
        state_before = self._state
        outputs = self._handle(decode(frame), frame.message_id)
        # while a response is due, keep-alives and old reports do not extend its deadline
        if self.running or self._state is not state_before:
            self._last_progress, self._probed_at = now, None
        return outputs

    def _handle(self, message: Message, message_id: int) -> list[Output]:
        match message:
            case RoAccessReport(tags, _):
                return [TagsReported(tags)] if self.running and tags else []
            case EmptyMessage(MessageType.KEEPALIVE):
                return [SendBytes(encode(EmptyMessage(MessageType.KEEPALIVE_ACK), message_id, self._version))]
            case ReaderEventNotification():
                return self._handle_event(message)
            case StatusResponse(message_type, status):
                return self._handle_response(message_type, status)
            case GetSupportedVersionResponse(_, supported, status):
                if supported < self._settings.version:
                    status = LlrpStatus(StatusCode.UNSUPPORTED_VERSION)
                return self._handle_response(MessageType.GET_SUPPORTED_VERSION_RESPONSE, status)
            case GetReaderCapabilitiesResponse(status, capabilities):
                if not self.running:
                    self._capabilities = capabilities
                return self._handle_response(MessageType.GET_READER_CAPABILITIES_RESPONSE, status)
            case _:
                return []  # unexpected responses and custom messages

    def closing_messages(self) -> bytes:
        """What to send before closing: DELETE_ROSPEC if the client may have added its own, then CLOSE_CONNECTION."""
        messages: list[Message] = [EmptyMessage(MessageType.CLOSE_CONNECTION)]
        if self._state not in _BEFORE_OWN_ROSPEC:
            messages.insert(0, RospecCommand(MessageType.DELETE_ROSPEC, self._settings.rospec_id))
        return b"".join(encode(message, next(self._message_ids), self._version) for message in messages)

    def _send(self, message: Message) -> SendBytes:
        # only the two version requests are sent in the wanted version before it is agreed (LLRP 1.1, 9.1.1)
        negotiating = self._state in (SetupState.GET_VERSION, SetupState.SET_VERSION)
        version = self._settings.version if negotiating else self._version
        return SendBytes(encode(message, next(self._message_ids), version))

    def _handle_event(self, event: ReaderEventNotification) -> list[Output]:
        if event.closing:
            raise ConnectionLostError("the reader closed the connection")
        if event.connection in _CONNECTION_REFUSALS:
            raise ReaderBusyError(_CONNECTION_REFUSALS[event.connection])
        outputs: list[Output] = [DeviceWarning(text) for text in _warnings(event)]
        if self._state is SetupState.CONNECTION_EVENT and event.connection is ConnectionStatus.SUCCESS:
            outputs += self._enter(self._first_request())
        return outputs

    def _handle_response(self, message_type: MessageType, status: LlrpStatus) -> list[Output]:
        step = SETUP_STEPS.get(self._state)
        if step is None or message_type not in (step.response, MessageType.ERROR_MESSAGE):
            return []
        if status.ok and message_type is step.response:
            if self._state is SetupState.SET_VERSION:
                self._version = self._settings.version
            return self._enter(step.on_success)
        refusal = f"{step.request.name} was refused: {describe_status(status)}"
        if step.on_refusal is None:
            raise ReaderRefusedError(refusal, status.code)
        outputs: list[Output] = []
        if step.request is MessageType.SET_READER_CONFIG:
            outputs.append(DeviceWarning(refusal))
        return outputs + self._enter(step.on_refusal)

    def _enter(self, state: SetupState) -> list[Output]:
        self._state = state
        outputs: list[Output] = [self._send(message) for message in self._requests(state)]
        if state is SetupState.RUNNING:
            outputs.append(InventoryStarted(self._capabilities))
        return outputs

    def _requests(self, state: SetupState) -> Iterable[Message]:  # noqa: C901 one arm a state, each of one line
        own = self._settings.rospec_id
        match state:
            case SetupState.CONNECTION_EVENT:
                return ()
            case SetupState.GET_VERSION:
                return (EmptyMessage(MessageType.GET_SUPPORTED_VERSION),)
            case SetupState.SET_VERSION:
                return (SetProtocolVersion(self._settings.version),)
            case SetupState.GET_CAPABILITIES:
                return (GetReaderCapabilities(0),)
            case SetupState.DELETE_OWN_ROSPEC:
                return (RospecCommand(MessageType.DELETE_ROSPEC, own),)
            case SetupState.CONFIGURE:
                return (self._configuration(),)
            case SetupState.CONFIGURE_KEEPALIVE:
                return (SetReaderConfig(keepalive_ms=self._settings.keepalive_ms),)
            case SetupState.ADD_ROSPEC | SetupState.ADD_ROSPEC_AGAIN:
                # the reader sends the reports it held; they are dropped because they are outdated
                return (EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS), AddRospec(self._rospec()))
            case SetupState.DELETE_ALL_ROSPECS:
                return (RospecCommand(MessageType.DELETE_ROSPEC, 0),)
            case SetupState.ENABLE_ROSPEC:
                return (RospecCommand(MessageType.ENABLE_ROSPEC, own),)
            case SetupState.START_ROSPEC:
                return (RospecCommand(MessageType.START_ROSPEC, own),)
            case SetupState.RUNNING:
                # again, because some readers hold reports again when a ROSpec is added
                return (EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS),)

    def _configuration(self) -> SetReaderConfig:
        hold = False if self._capabilities and self._capabilities.can_hold_reports else None
        return SetReaderConfig(keepalive_ms=self._settings.keepalive_ms, hold=hold, events=_EVENTS)

    def _rospec(self) -> Rospec:
        settings = self._settings
        return Rospec(
            settings.rospec_id,
            settings.antennas or (0,),
            settings.report_every,
            session=settings.session,
            power_index=self._power_index(),
        )

    def _power_index(self) -> int | None:
        """Index of the reader's transmit power nearest to `power_dbm`; None leaves the reader's own setting."""
        wanted, capabilities = self._settings.power_dbm, self._capabilities
        if wanted is None or capabilities is None or not capabilities.powers:
            return None
        return min(capabilities.powers, key=lambda entry: abs(entry[1] - wanted))[0]


def _warnings(event: ReaderEventNotification) -> Iterable[str]:
    if event.exception:
        yield f"reports a fault: {event.exception}"
    if event.antenna is not None:
        port, connected = event.antenna
        yield f"antenna {port} is {'connected' if connected else 'disconnected'}"
    if event.buffer_overflow:
        yield "its report buffer was full, reads were lost"
    if event.connection is ConnectionStatus.ANOTHER_ATTEMPTED:
        yield "another client tried to connect"
