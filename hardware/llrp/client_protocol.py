"""The client's side of an LLRP conversation, without sockets and without a clock.

Theory: a reader greets (or turns us away), then each request is answered before the next is sent:

    greeting (-> version) -> capabilities -> delete our ROSpec -> configure -> add -> enable -> start -> running

Frames and times go in, what to send and what was learned come out. A refusal that can be lived with moves on along
`SetupStep.otherwise`; any other raises ReaderRefusedError. Silence raises ConnectionLostError: in the dialogue when
an answer is overdue, afterwards when neither a keep-alive nor anything else came. Before giving up, the client asks
by itself once (`probe_s`), since some readers know no keep-alives; so the link is watched from both sides.
Reports are passed on only while running: what a reader held back from an earlier connection is no news.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from hardware.errors import ConnectionLostError, ReaderRefusedError
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
    """Bytes for the reader."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class InventoryStarted:
    """The reader runs our inventory; None if it would not describe itself."""

    capabilities: Capabilities | None


@dataclass(frozen=True, slots=True)
class TagsReported:
    """Tags of one report."""

    tags: tuple[TagReportData, ...]


@dataclass(frozen=True, slots=True)
class DeviceWarning:
    """Something that a technician should know, for instance an antenna that came loose."""

    text: str


Output = SendBytes | InventoryStarted | TagsReported | DeviceWarning


_CONNECTION_REFUSALS = {
    ConnectionStatus.READER_CONNECTION_EXISTS: "it called another client by itself",
    ConnectionStatus.CLIENT_CONNECTION_EXISTS: "another client is connected to it",
    ConnectionStatus.FAILED: "it refused the connection",
}
_BEFORE_OUR_ROSPEC = (
    SetupState.CONNECTION_EVENT,
    SetupState.ASK_VERSION,
    SetupState.SET_VERSION,
    SetupState.CAPABILITIES,
)
_TOO_OLD = StatusCode.UNSUPPORTED_VERSION
_EVENTS = (EventType.REPORT_BUFFER_FILL, EventType.READER_EXCEPTION, EventType.ANTENNA)


class ClientProtocol:
    """One conversation, from the greeting on; make a new one for each connection. Times are seconds of one clock."""

    def __init__(self, settings: LlrpSettings, now: float) -> None:
        self._settings = settings
        self._state = SetupState.CONNECTION_EVENT
        self._ids = itertools.count(1)
        self._heard = now
        self._asked: float | None = None
        self._capabilities: Capabilities | None = None
        self._version = 1

    @property
    def running(self) -> bool:
        return self._state is SetupState.RUNNING

    def deadline(self) -> float:
        """When `tick` is due if nothing comes in until then."""
        return self._heard + self._patience_s()

    def _patience_s(self) -> float:
        if self._may_ask():
            return self._settings.probe_s
        if self.running or self._state in _BEFORE_OUR_ROSPEC:
            return self._settings.silence_s
        return self._settings.answer_s

    def tick(self, now: float) -> list[Output]:
        """Asks a silent reader whether it is there. Raises ConnectionLostError when it has been silent for too long."""
        if now < self.deadline():
            return []
        if not self._may_ask():
            waited = "" if self.running else f" to {self._state.value}"
            raise ConnectionLostError(f"no answer{waited} for {now - self._heard:.1f} s")
        self._asked = now
        if self._state is SetupState.CONNECTION_EVENT:
            # some readers do not greet; whoever is there will answer
            return self._go(self._first())
        return [self._send(GetReaderCapabilities(1))]

    def _may_ask(self) -> bool:
        """Whether a silent reader gets another chance before it is given up."""
        return self._asked is None and self._state in (SetupState.CONNECTION_EVENT, SetupState.RUNNING)

    def _first(self) -> SetupState:
        return SetupState.CAPABILITIES if self._settings.version == 1 else SetupState.ASK_VERSION

    def received(self, frame: LlrpFrame, now: float) -> list[Output]:
        """Takes one frame. Raises LlrpFrameError, ConnectionLostError or ReaderRefusedError at the end."""
        before = self._state
        outputs = self._take(decode(frame), frame.message_id)
        # while an answer is due, keep-alives and old reports are no sign that it will come
        if self.running or self._state is not before:
            self._heard, self._asked = now, None
        return outputs

    def _take(self, message: Message, message_id: int) -> list[Output]:
        match message:
            case RoAccessReport(tags):
                return [TagsReported(tags)] if self.running and tags else []
            case EmptyMessage(MessageType.KEEPALIVE):
                return [SendBytes(encode(EmptyMessage(MessageType.KEEPALIVE_ACK), message_id, self._version))]
            case ReaderEventNotification():
                return self._event(message)
            case StatusResponse(kind, status):
                return self._answered(kind, status)
            case GetSupportedVersionResponse(_, supported, status):
                enough = status if supported >= self._settings.version else LlrpStatus(_TOO_OLD)
                return self._answered(MessageType.GET_SUPPORTED_VERSION_RESPONSE, enough)
            case GetReaderCapabilitiesResponse(status, capabilities):
                if not self.running:
                    self._capabilities = capabilities
                return self._answered(MessageType.GET_READER_CAPABILITIES_RESPONSE, status)
            case _:
                return []  # answers to nothing, vendors' own messages

    def closing_messages(self) -> bytes:
        """What to send before hanging up: our inventory is taken back, then the connection closed."""
        last: list[Message] = [EmptyMessage(MessageType.CLOSE_CONNECTION)]
        if self._state not in _BEFORE_OUR_ROSPEC:
            last.insert(0, RospecCommand(MessageType.DELETE_ROSPEC, self._settings.rospec_id))
        return b"".join(encode(message, next(self._ids), self._version) for message in last)

    def _send(self, message: Message) -> SendBytes:
        # the question for the version is the one message that is asked in the version hoped for (LLRP 1.1, 9.1.1)
        asking = self._state in (SetupState.ASK_VERSION, SetupState.SET_VERSION)
        version = self._settings.version if asking else self._version
        return SendBytes(encode(message, next(self._ids), version))

    def _event(self, event: ReaderEventNotification) -> list[Output]:
        if event.closing:
            raise ConnectionLostError("the reader closed the connection")
        if event.connection in _CONNECTION_REFUSALS:
            raise ReaderRefusedError(_CONNECTION_REFUSALS[event.connection])
        out: list[Output] = [DeviceWarning(text) for text in _notes(event)]
        if self._state is SetupState.CONNECTION_EVENT and event.connection is ConnectionStatus.SUCCESS:
            out += self._go(self._first())
        return out

    def _answered(self, kind: MessageType, status: LlrpStatus) -> list[Output]:
        step = SETUP_STEPS.get(self._state)
        if step is None or kind not in (step.answer, MessageType.ERROR_MESSAGE):
            return []
        if status.ok and kind is step.answer:
            if self._state is SetupState.SET_VERSION:
                self._version = self._settings.version
            return self._go(step.then)
        if step.otherwise is None:
            raise ReaderRefusedError(
                f"it would not {self._state.value}: {describe_status(status)}", status.code
            )
        out: list[Output] = []
        if self._state in (SetupState.CONFIGURE, SetupState.CONFIGURE_LESS):
            out.append(DeviceWarning(f"it would not {self._state.value}: {describe_status(status)}"))
        return out + self._go(step.otherwise)

    def _go(self, state: SetupState) -> list[Output]:
        self._state = state
        return [
            InventoryStarted(self._capabilities) if message is None else self._send(message)
            for message in self._requests(state)
        ]

    def _requests(self, state: SetupState) -> Iterable[Message | None]:  # noqa: C901 one arm a state, each of one line
        own = self._settings.rospec_id
        match state:
            case SetupState.CONNECTION_EVENT:
                return ()
            case SetupState.ASK_VERSION:
                return (EmptyMessage(MessageType.GET_SUPPORTED_VERSION),)
            case SetupState.SET_VERSION:
                return (SetProtocolVersion(self._settings.version),)
            case SetupState.CAPABILITIES:
                return (GetReaderCapabilities(0),)
            case SetupState.DELETE_OWN:
                return (RospecCommand(MessageType.DELETE_ROSPEC, own),)
            case SetupState.CONFIGURE:
                return (self._configuration(),)
            case SetupState.CONFIGURE_LESS:
                return (SetReaderConfig(keepalive_ms=self._settings.keepalive_ms),)
            case SetupState.ADD | SetupState.ADD_AGAIN:
                # first let go what the reader held back; it is dropped, since it is old
                return (EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS), AddRospec(self._rospec()))
            case SetupState.DELETE_ALL:
                return (RospecCommand(MessageType.DELETE_ROSPEC, 0),)
            case SetupState.ENABLE:
                return (RospecCommand(MessageType.ENABLE_ROSPEC, own),)
            case SetupState.START:
                return (RospecCommand(MessageType.START_ROSPEC, own),)
            case SetupState.RUNNING:
                # once more, for readers that begin to hold again with a new ROSpec
                return (EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS), None)

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
        wanted, told = self._settings.power_dbm, self._capabilities
        if wanted is None or told is None or not told.powers:
            return None
        return min(told.powers, key=lambda entry: abs(entry[1] - wanted))[0]


def _notes(event: ReaderEventNotification) -> Iterable[str]:
    if event.exception:
        yield f"reports a fault: {event.exception}"
    if event.antenna is not None:
        port, connected = event.antenna
        yield f"antenna {port} is {'connected' if connected else 'disconnected'}"
    if event.buffer_overflow:
        yield "has lost reads, its buffer was full"
    if event.connection is ConnectionStatus.ANOTHER_ATTEMPTED:
        yield "was called by another client"
