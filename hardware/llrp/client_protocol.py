"""Client side of an LLRP connection as a state machine, without sockets and without a clock.

After the reader's ConnectionAttemptEvent each request waits for its response (`hardware.llrp.setup.sequence`):

    connection event (-> version) -> capabilities (-> Impinj's extensions) -> delete own ROSpec -> configure
        -> add ROSpec, asking for less after each refusal -> enable -> start -> running

Input: frames and times. Output: bytes to send, reported tags, notes. A refused request leads to the next state of
`SetupStep.on_refusal`, or raises ReaderRefusedError. A reader that sends no data raises ConnectionLostError: during
setup when a response is overdue, afterwards when neither a keep-alive nor any other message arrives. Because some
readers send no keep-alives, the client first sends a request of its own after `probe_s`.
Reports are passed on only in the state RUNNING; reports that the reader held from an earlier connection are outdated.
A message that cannot be decoded never ends the connection: a report is left out, a response counts as a refusal.
"""

from __future__ import annotations

import itertools
from collections import deque

from hardware.errors import ConnectionLostError, LlrpFrameError
from hardware.llrp.encoding import status as statuses
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.constants import ConnectionStatus, MessageType, StatusCode
from hardware.llrp.encoding.frames import LlrpFrame
from hardware.llrp.encoding.impinj_extensions import ENABLE_EXTENSIONS_RESPONSE_SUBTYPE, IMPINJ
from hardware.llrp.encoding.messages import (
    Capabilities,
    CustomMessage,
    EmptyMessage,
    GetReaderCapabilities,
    GetReaderCapabilitiesResponse,
    GetReaderConfigResponse,
    GetRospecsResponse,
    GetSupportedVersionResponse,
    LlrpStatus,
    Message,
    ReaderEventNotification,
    RoAccessReport,
    RospecCommand,
    StatusResponse,
    TagReportData,
)
from hardware.llrp.encoding.status import describe_status
from hardware.llrp.notes import ConnectionNotes
from hardware.llrp.outputs import AntennasReported, InventoryStarted, Output, SendBytes, TagsReported
from hardware.llrp.settings import LlrpSettings
from hardware.llrp.setup.refusals import connection_refusal, missing_region
from hardware.llrp.setup.requests import SetupRequests
from hardware.llrp.setup.sequence import BEFORE_OWN_ROSPEC, CONFIGURING, SETUP_STEPS, STARTING, SetupState
from hardware.llrp.setup.versions import LATEST_VERSION, Versions


class ClientProtocol:
    """State of one connection; make a new object for each. Times are seconds of one monotonic clock."""

    def __init__(self, settings: LlrpSettings, now: float) -> None:
        self._settings = settings
        self._state = SetupState.CONNECTION_EVENT
        self._message_ids = itertools.count(1)
        self._last_progress = self._now = now
        self._probed_at: float | None = None
        self._greeted = False
        # ids of the last messages that have no response; an error about them refuses no request
        self._without_response: deque[int] = deque(maxlen=8)
        self._versions = Versions(settings.version)
        self._notes = ConnectionNotes(settings.antennas)
        self._setup = SetupRequests(settings, self._notes, self._versions)

    @property
    def running(self) -> bool:
        return self._state is SetupState.RUNNING

    @property
    def may_have_rospec(self) -> bool:
        """Whether the client may have added its ROSpec."""
        return self._state not in BEFORE_OWN_ROSPEC

    @property
    def version(self) -> int:
        """The version number in the client's messages: 1 for LLRP 1.0.1, 2 for LLRP 1.1."""
        return self._versions.used

    @property
    def capabilities(self) -> Capabilities | None:
        """The capabilities that the reader has sent, if any."""
        return self._setup.capabilities

    @property
    def left_out(self) -> int:
        """Number of tags whose report could not be used."""
        return self._notes.left_out

    def deadline(self) -> float:
        """When to call `tick` if no frame arrives before."""
        return self._last_progress + self._timeout_s()

    def _timeout_s(self) -> float:
        settings = self._settings
        if self._may_probe():
            return settings.probe_s
        if self.running or not self._greeted:
            return settings.silence_s
        step = SETUP_STEPS.get(self._state)
        return settings.optional_s if step is not None and step.optional else settings.answer_s

    def tick(self, now: float) -> list[Output]:
        """Sends one request to a reader that sends no data. Raises ConnectionLostError if there is still none."""
        if now < self.deadline():
            return []
        if not self._may_probe():
            return self._overdue(now)
        self._probed_at = now
        if self._state is SetupState.CONNECTION_EVENT:
            # some readers send no connection event
            return self._enter(self._versions.first_state())
        return [self._send(GetReaderCapabilities(1))]

    def _overdue(self, now: float) -> list[Output]:
        step = SETUP_STEPS.get(self._state)
        if step is not None and step.optional and self._greeted:
            self._last_progress = now
            return self._refused(LlrpStatus(StatusCode.UNSUPPORTED_MESSAGE, "no answer"))
        what = f" to {step.request.name}" if step else ""
        raise ConnectionLostError(f"no answer{what} for {now - self._last_progress:.1f} s")

    def _may_probe(self) -> bool:
        """Whether a reader that sends no data still gets a request before it counts as lost."""
        return self._probed_at is None and self._state in (SetupState.CONNECTION_EVENT, SetupState.RUNNING)

    def received(self, frame: LlrpFrame, now: float) -> list[Output]:
        """Handles a frame. Raises ConnectionLostError or ReaderRefusedError at the end of the connection."""
        state_before, self._now = self._state, now
        if not self._greeted:
            self._greeted = True
            self._versions.greeted_in(frame.version)
        outputs = self._handle_frame(frame)
        if self._notes.waiting:
            outputs += self._notes.due(now)
        # while a response is due, keep-alives and old reports do not extend its deadline
        if self.running or self._state is not state_before:
            self._last_progress, self._probed_at = now, None
        return outputs

    def _handle_frame(self, frame: LlrpFrame) -> list[Output]:
        if frame.version > LATEST_VERSION:
            state = self._versions.foreign_message(frame.version, self._state)
            if state is not None:
                return self._enter(state)
        try:
            message = decode(frame)
        except LlrpFrameError as error:
            return self._handle_undecodable(frame, str(error))
        return self._handle(message, frame.message_id)

    def _handle_undecodable(self, frame: LlrpFrame, why: str) -> list[Output]:
        step = SETUP_STEPS.get(self._state)
        if step is not None and frame.message_type == step.response:
            return self._refused(LlrpStatus(StatusCode.DEVICE_ERROR, f"its answer cannot be decoded: {why}"))
        if frame.message_type == MessageType.RO_ACCESS_REPORT and self.running:
            return list(self._notes.reports_left_out(1, why))
        return []

    def _handle(self, message: Message, message_id: int) -> list[Output]:  # noqa: C901 one arm a message, each of one line
        match message:
            case RoAccessReport(tags, left_out):
                return self._handle_report(tags, left_out) if self.running else []
            case EmptyMessage(MessageType.KEEPALIVE):
                return [
                    SendBytes(
                        encode(EmptyMessage(MessageType.KEEPALIVE_ACK), message_id, self._versions.used)
                    )
                ]
            case ReaderEventNotification():
                return self._handle_event(message)
            case StatusResponse(MessageType.ERROR_MESSAGE) if message_id in self._without_response:
                return []
            case StatusResponse(message_type, status):
                return self._handle_response(message_type, status)
            case CustomMessage(vendor, subtype, payload):
                if (vendor, subtype) != (IMPINJ, ENABLE_EXTENSIONS_RESPONSE_SUBTYPE):
                    return []
                return self._handle_response(MessageType.CUSTOM_MESSAGE, _status_in(payload))
            case GetSupportedVersionResponse():
                status = self._versions.supported(message)
                return self._handle_response(MessageType.GET_SUPPORTED_VERSION_RESPONSE, status)
            case GetReaderCapabilitiesResponse(status, capabilities):
                if not self.running:
                    self._setup.capabilities = capabilities
                return self._handle_response(MessageType.GET_READER_CAPABILITIES_RESPONSE, status)
            case GetRospecsResponse():
                return self._handle_rospecs(message)
            case GetReaderConfigResponse(_, _, _, _, antennas) if self.running and antennas:
                notes = (self._notes.antenna(port, connected, self._now) for port, connected in antennas)
                return [AntennasReported(antennas), *itertools.chain.from_iterable(notes)]
            case _:
                return []  # unexpected responses and messages that are not decoded

    def closing_messages(self) -> bytes:
        """What to send before closing: DELETE_ROSPEC if the client may have added its own, then CLOSE_CONNECTION."""
        messages: list[Message] = [EmptyMessage(MessageType.CLOSE_CONNECTION)]
        if self.may_have_rospec:
            messages.insert(0, RospecCommand(MessageType.DELETE_ROSPEC, self._settings.rospec_id))
        return b"".join(encode(message, next(self._message_ids), self._versions.used) for message in messages)

    def _send(self, message: Message) -> SendBytes:
        number = next(self._message_ids)
        if message == EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS):
            self._without_response.append(number)
        return SendBytes(encode(message, number, self._versions.in_state(self._state)))

    def _handle_report(self, tags: tuple[TagReportData, ...], left_out: int) -> list[Output]:
        outputs: list[Output] = [TagsReported(tags)] if tags else []
        outputs += self._notes.reads(tags, self._now)
        if left_out:
            outputs += self._notes.reports_left_out(left_out, "they have no EPC or cannot be decoded")
        return outputs

    def _handle_event(self, event: ReaderEventNotification) -> list[Output]:
        if event.closing:
            raise ConnectionLostError("the reader closed the connection")
        if self.running and event.ended_rospec == self._settings.rospec_id:
            # ours has no end of its own
            raise ConnectionLostError(
                "its inventory was stopped by another program, its own page, or a fault"
            )
        refusal = connection_refusal(event.connection)
        if refusal is not None:
            raise refusal
        outputs: list[Output] = list(self._notes.event(event, self._now))
        if self._state is SetupState.CONNECTION_EVENT and event.connection is ConnectionStatus.SUCCESS:
            outputs += self._enter(self._versions.first_state())
        return outputs

    def _handle_rospecs(self, message: GetRospecsResponse) -> list[Output]:
        if self._state is not SetupState.GET_ROSPECS:
            return []
        return self._enter(self._setup.rospec.listed(message if message.status.ok else None))

    def _handle_response(self, message_type: MessageType, status: LlrpStatus) -> list[Output]:
        step = SETUP_STEPS.get(self._state)
        if step is None or message_type not in (step.response, MessageType.ERROR_MESSAGE):
            return []
        if not status.ok or message_type is not step.response:
            return self._refused(status)
        match self._state:
            case SetupState.SET_VERSION:
                self._versions.agreed()
            case SetupState.ENABLE_EXTENSIONS:
                self._setup.has_extensions = True
            case SetupState.START_ROSPEC:
                self._setup.rospec.accepted()
            case state if state in CONFIGURING:
                self._setup.configured(state)
            case _:
                pass
        return self._enter(step.on_success)

    def _refused(self, status: LlrpStatus) -> list[Output]:
        """The request of the present state was refused, or its response is missing or cannot be decoded."""
        step = SETUP_STEPS[self._state]
        version_state = self._versions.refused(self._state, status)
        if version_state is not None:
            return self._enter(version_state)
        match self._state:
            case state if state in STARTING:
                return self._enter(self._setup.rospec.refused(step.request, status))
            case SetupState.GET_ROSPECS:
                return self._enter(self._setup.rospec.listed(None))
            case state if state in CONFIGURING:
                self._setup.configuration_refused(state, describe_status(status))
            case _:
                pass
        assert step.on_refusal is not None
        return self._enter(step.on_refusal)

    def _enter(self, wanted: SetupState) -> list[Output]:
        state = self._state = self._setup.state_to_enter(wanted)
        outputs: list[Output] = [self._send(message) for message in self._setup.messages(state)]
        if state is SetupState.RUNNING:
            outputs.append(InventoryStarted(self._setup.capabilities))
            if (text := missing_region(self._setup.capabilities)) is not None:
                self._notes.no_region(text)
            outputs += self._notes.settings()
        return outputs


def _status_in(payload: bytes) -> LlrpStatus:
    """The status of a maker's own response; a response without one counts as a refusal."""
    try:
        return statuses.read(payload)
    except LlrpFrameError as error:
        return LlrpStatus(StatusCode.DEVICE_ERROR, str(error))
