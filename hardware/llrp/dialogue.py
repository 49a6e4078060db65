"""The client's side of an LLRP conversation, without sockets and without a clock.

Theory: a reader greets (or turns us away), then each request is answered before the next is sent:

    greeting (-> version) -> capabilities -> delete our ROSpec -> configure -> add -> enable -> start -> running

Frames and times go in, what to send and what was learned come out. A refusal that can be lived with moves on along
`Step.otherwise`; any other raises RefusedError. Silence raises LostLinkError: in the dialogue when an answer is
overdue, afterwards when neither a keep-alive nor anything else came. Before giving up, the client asks by itself
once (`probe_s`), since some readers know no keep-alives; so the link is watched from both sides.
Reports are passed on only while running: what a reader held back from an earlier connection is no news.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from hardware.errors import LostLinkError, RefusedError
from hardware.llrp.codec import decode, encode
from hardware.llrp.frames import Frame
from hardware.llrp.messages import (
    AddRospec,
    Answer,
    Capabilities,
    GetReaderCapabilities,
    GetReaderCapabilitiesResponse,
    Message,
    Plain,
    ReaderEvent,
    RoAccessReport,
    Rospec,
    RospecCommand,
    SetProtocolVersion,
    SetReaderConfig,
    Status,
    SupportedVersion,
    TagSeen,
)
from hardware.llrp.numbers import ConnectionStatus, EventType, MessageType, StatusCode
from hardware.llrp.settings import LlrpSettings
from hardware.llrp.status import in_words
from hardware.llrp.steps import STEPS, State


@dataclass(frozen=True, slots=True)
class Send:
    """Bytes for the reader."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """The reader runs our inventory; None if it would not describe itself."""

    capabilities: Capabilities | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Tags of one report."""

    tags: tuple[TagSeen, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a technician should know, for instance an antenna that came loose."""

    text: str


Output = Send | Standing | Seen | Note


_TURNED_AWAY = {
    ConnectionStatus.READER_CONNECTION_EXISTS: "it called another client by itself",
    ConnectionStatus.CLIENT_CONNECTION_EXISTS: "another client is connected to it",
    ConnectionStatus.FAILED: "it refused the connection",
}
_BEFORE_OUR_ROSPEC = (State.GREETING, State.ASK_VERSION, State.SET_VERSION, State.CAPABILITIES)
_TOO_OLD = StatusCode.UNSUPPORTED_VERSION
_EVENTS = (EventType.REPORT_BUFFER_FILL, EventType.READER_EXCEPTION, EventType.ANTENNA)


class Dialogue:
    """One conversation, from the greeting on; make a new one for each connection. Times are seconds of one clock."""

    def __init__(self, settings: LlrpSettings, now: float) -> None:
        self._settings = settings
        self._state = State.GREETING
        self._ids = itertools.count(1)
        self._heard = now
        self._asked: float | None = None
        self._capabilities: Capabilities | None = None
        self._version = 1

    @property
    def running(self) -> bool:
        return self._state is State.RUNNING

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
        """Asks a silent reader whether it is there. Raises LostLinkError when it has been silent for too long."""
        if now < self.deadline():
            return []
        if not self._may_ask():
            waited = "" if self.running else f" to {self._state.value}"
            raise LostLinkError(f"no answer{waited} for {now - self._heard:.1f} s")
        self._asked = now
        if self._state is State.GREETING:
            # some readers do not greet; whoever is there will answer
            return self._go(self._first())
        return [self._send(GetReaderCapabilities(1))]

    def _may_ask(self) -> bool:
        """Whether a silent reader gets another chance before it is given up."""
        return self._asked is None and self._state in (State.GREETING, State.RUNNING)

    def _first(self) -> State:
        return State.CAPABILITIES if self._settings.version == 1 else State.ASK_VERSION

    def received(self, frame: Frame, now: float) -> list[Output]:
        """Takes one frame. Raises FrameError, LostLinkError or RefusedError when the conversation is over."""
        before = self._state
        outputs = self._take(decode(frame), frame.message_id)
        # while an answer is due, keep-alives and old reports are no sign that it will come
        if self.running or self._state is not before:
            self._heard, self._asked = now, None
        return outputs

    def _take(self, message: Message, message_id: int) -> list[Output]:
        match message:
            case RoAccessReport(tags):
                return [Seen(tags)] if self.running and tags else []
            case Plain(MessageType.KEEPALIVE):
                return [Send(encode(Plain(MessageType.KEEPALIVE_ACK), message_id, self._version))]
            case ReaderEvent():
                return self._event(message)
            case Answer(kind, status):
                return self._answered(kind, status)
            case SupportedVersion(_, supported, status):
                enough = status if supported >= self._settings.version else Status(_TOO_OLD)
                return self._answered(MessageType.GET_SUPPORTED_VERSION_RESPONSE, enough)
            case GetReaderCapabilitiesResponse(status, capabilities):
                if not self.running:
                    self._capabilities = capabilities
                return self._answered(MessageType.GET_READER_CAPABILITIES_RESPONSE, status)
            case _:
                return []  # answers to nothing, vendors' own messages

    def farewell(self) -> bytes:
        """What to send before hanging up: our inventory is taken back, then the connection closed."""
        last: list[Message] = [Plain(MessageType.CLOSE_CONNECTION)]
        if self._state not in _BEFORE_OUR_ROSPEC:
            last.insert(0, RospecCommand(MessageType.DELETE_ROSPEC, self._settings.rospec_id))
        return b"".join(encode(message, next(self._ids), self._version) for message in last)

    def _send(self, message: Message) -> Send:
        # the question for the version is the one message that is asked in the version hoped for (LLRP 1.1, 9.1.1)
        asking = self._state in (State.ASK_VERSION, State.SET_VERSION)
        version = self._settings.version if asking else self._version
        return Send(encode(message, next(self._ids), version))

    def _event(self, event: ReaderEvent) -> list[Output]:
        if event.closing:
            raise LostLinkError("the reader closed the connection")
        if event.connection in _TURNED_AWAY:
            raise RefusedError(_TURNED_AWAY[event.connection])
        out: list[Output] = [Note(text) for text in _notes(event)]
        if self._state is State.GREETING and event.connection is ConnectionStatus.SUCCESS:
            out += self._go(self._first())
        return out

    def _answered(self, kind: MessageType, status: Status) -> list[Output]:
        step = STEPS.get(self._state)
        if step is None or kind not in (step.answer, MessageType.ERROR_MESSAGE):
            return []
        if status.ok and kind is step.answer:
            if self._state is State.SET_VERSION:
                self._version = self._settings.version
            return self._go(step.then)
        if step.otherwise is None:
            raise RefusedError(f"it would not {self._state.value}: {in_words(status)}", status.code)
        out: list[Output] = []
        if self._state in (State.CONFIGURE, State.CONFIGURE_LESS):
            out.append(Note(f"it would not {self._state.value}: {in_words(status)}"))
        return out + self._go(step.otherwise)

    def _go(self, state: State) -> list[Output]:
        self._state = state
        return [
            Standing(self._capabilities) if message is None else self._send(message)
            for message in self._requests(state)
        ]

    def _requests(self, state: State) -> Iterable[Message | None]:  # noqa: C901 one arm a state, each of one line
        own = self._settings.rospec_id
        match state:
            case State.GREETING:
                return ()
            case State.ASK_VERSION:
                return (Plain(MessageType.GET_SUPPORTED_VERSION),)
            case State.SET_VERSION:
                return (SetProtocolVersion(self._settings.version),)
            case State.CAPABILITIES:
                return (GetReaderCapabilities(0),)
            case State.DELETE_OWN:
                return (RospecCommand(MessageType.DELETE_ROSPEC, own),)
            case State.CONFIGURE:
                return (self._configuration(),)
            case State.CONFIGURE_LESS:
                return (SetReaderConfig(keepalive_ms=self._settings.keepalive_ms),)
            case State.ADD | State.ADD_AGAIN:
                # first let go what the reader held back; it is dropped, since it is old
                return (Plain(MessageType.ENABLE_EVENTS_AND_REPORTS), AddRospec(self._rospec()))
            case State.DELETE_ALL:
                return (RospecCommand(MessageType.DELETE_ROSPEC, 0),)
            case State.ENABLE:
                return (RospecCommand(MessageType.ENABLE_ROSPEC, own),)
            case State.START:
                return (RospecCommand(MessageType.START_ROSPEC, own),)
            case State.RUNNING:
                # once more, for readers that begin to hold again with a new ROSpec
                return (Plain(MessageType.ENABLE_EVENTS_AND_REPORTS), None)

    def _configuration(self) -> SetReaderConfig:
        hold = False if self._capabilities and self._capabilities.holds_reports else None
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


def _notes(event: ReaderEvent) -> Iterable[str]:
    if event.exception:
        yield f"reports a fault: {event.exception}"
    if event.antenna is not None:
        port, connected = event.antenna
        yield f"antenna {port} is {'connected' if connected else 'disconnected'}"
    if event.buffer_overflow:
        yield "has lost reads, its buffer was full"
    if event.connection is ConnectionStatus.ANOTHER_ATTEMPTED:
        yield "was called by another client"
