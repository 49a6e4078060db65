"""The requests of each state of the setup, from the settings and from what the reader has answered so far."""

from __future__ import annotations

from typing import Final

from hardware.errors import ReaderRefusedError
from hardware.llrp.constants import EventType, MessageType
from hardware.llrp.impinj_extensions import ENABLE_EXTENSIONS, IMPINJ
from hardware.llrp.messages import (
    AddRospec,
    Capabilities,
    EmptyMessage,
    GetReaderCapabilities,
    GetReaderConfig,
    GetRospecsResponse,
    LlrpStatus,
    Message,
    RospecCommand,
    SetProtocolVersion,
    SetReaderConfig,
)
from hardware.llrp.notes import ConnectionNotes
from hardware.llrp.settings import LlrpSettings
from hardware.llrp.setup.rospec_attempts import (
    Part,
    RospecAttempt,
    first_attempt,
    missing_antennas,
    refused_part,
)
from hardware.llrp.setup.sequence import SetupState
from hardware.llrp.setup.versions import Versions
from hardware.llrp.status import describe_status

_EVENTS: Final = (EventType.REPORT_BUFFER_FILL, EventType.READER_EXCEPTION, EventType.ANTENNA)
# GET_READER_CONFIG: AntennaProperties (clause 12.2.1)
_ANTENNA_PROPERTIES: Final = 2
_NO_MONITOR: Final = (
    "it has no link monitor: after a network fault it may stay busy until it drops the old connection"
)


class SetupRequests:
    """What to send in each state of one connection. The answers of the reader change it."""

    def __init__(self, settings: LlrpSettings, notes: ConnectionNotes, versions: Versions) -> None:
        self._settings = settings
        self._notes = notes
        self._versions = versions
        self.capabilities: Capabilities | None = None
        self.has_extensions = False
        self._attempt: RospecAttempt | None = None
        self._refusal = LlrpStatus()
        self._asked_for_rospecs = False

    def messages(self, state: SetupState) -> tuple[Message, ...]:
        """The requests of a state, sent when it is entered."""
        own = self._settings.rospec_id
        match state:
            case SetupState.CONFIGURE | SetupState.CONFIGURE_WITHOUT_MONITOR | SetupState.CONFIGURE_KEEPALIVE:
                return (self._configuration(state),)
            case SetupState.ADD_ROSPEC:
                # the reader sends the reports it held; they are dropped because they are outdated
                return (EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS), AddRospec(self.attempt.rospec))
            case SetupState.SET_VERSION:
                return (SetProtocolVersion(self._versions.wanted),)
            case SetupState.DELETE_OWN_ROSPEC:
                return (RospecCommand(MessageType.DELETE_ROSPEC, own),)
            case SetupState.ENABLE_ROSPEC:
                return (RospecCommand(MessageType.ENABLE_ROSPEC, own),)
            case SetupState.START_ROSPEC:
                return (RospecCommand(MessageType.START_ROSPEC, own),)
            case _:
                return _FIXED.get(state, ())

    def state_to_enter(self, state: SetupState) -> SetupState:
        """The state itself, or the next one if its request does not concern this reader."""
        known = self.capabilities
        if state is SetupState.ENABLE_EXTENSIONS and (known is None or known.manufacturer != IMPINJ):
            return SetupState.DELETE_OWN_ROSPEC
        if state is SetupState.CONFIGURE_WITHOUT_MONITOR and not self.has_extensions:
            return SetupState.CONFIGURE_KEEPALIVE
        return state

    @property
    def attempt(self) -> RospecAttempt:
        """The ROSpec to add."""
        if self._attempt is None:
            if self.capabilities is not None:
                for port in missing_antennas(self._settings, self.capabilities):
                    self._notes.missing_antenna(port, self.capabilities.antennas)
            self._attempt = first_attempt(self._settings, self.capabilities, extensions=self.has_extensions)
        return self._attempt

    def _configuration(self, state: SetupState) -> SetReaderConfig:
        """Keep-alives; unless they are tried alone, also held reports, events, and the link monitor."""
        keepalive_ms = self._settings.keepalive_ms
        if state is SetupState.CONFIGURE_KEEPALIVE:
            return SetReaderConfig(keepalive_ms=keepalive_ms)
        hold = False if self.capabilities and self.capabilities.can_hold_reports else None
        has_monitor = state is SetupState.CONFIGURE and self.has_extensions
        monitor = self._settings.link_down_after if has_monitor else None
        return SetReaderConfig(keepalive_ms=keepalive_ms, hold=hold, events=_EVENTS, link_monitor=monitor)

    def configured(self, state: SetupState) -> None:
        """The reader accepted its configuration in this state."""
        if state is not SetupState.CONFIGURE or not self.has_extensions:
            self._notes.setting(_NO_MONITOR)

    def configuration_refused(self, state: SetupState, why: str) -> None:
        if state is SetupState.CONFIGURE_KEEPALIVE:
            self._notes.setting(f"it sends no keep-alives ({why})")
            self._notes.setting(_NO_MONITOR)
        elif state is not SetupState.CONFIGURE or not self.has_extensions:
            self._notes.setting(f"it refuses events of antennas and faults ({why})")

    def rospec_added(self) -> None:
        for note in self.attempt.notes:
            self._notes.setting(note)

    def rospec_refused(self, status: LlrpStatus) -> SetupState:
        """The state after ADD_ROSPEC was refused. Raises ReaderRefusedError if nothing is left to try.

        A refusal that names none of our settings may come from a full table: many readers hold one ROSpec only, and
        another program may have left its own.
        """
        self._refusal = status
        if not self._asked_for_rospecs and not refused_part(status) & _own_parts(self.attempt):
            self._asked_for_rospecs = True
            return SetupState.GET_ROSPECS
        return self._ask_for_less()

    def rospecs_listed(self, response: GetRospecsResponse | None) -> SetupState:
        """The state after GET_ROSPECS; None: refused or not answered. Other programs' ROSpecs are deleted only if the
        table is full of them, or, where the reader does not list them, if it holds one only."""
        most = self.capabilities.max_rospecs if self.capabilities else 0
        if response is None:
            if most > 1:
                return self._ask_for_less()
            self._notes.setting(
                "it may have held an inventory (ROSpec) of another program, which was deleted"
            )
            return SetupState.DELETE_ALL_ROSPECS
        others = [number for number in response.rospec_ids if number != self._settings.rospec_id]
        if not others or len(response.rospec_ids) < most:
            return self._ask_for_less()
        names = ", ".join(map(str, others[:5]))
        self._notes.setting(
            f"its table of inventories was full, so ROSpec {names} of another program was deleted; "
            "let only one program use it"
        )
        return SetupState.DELETE_ALL_ROSPECS

    def _ask_for_less(self) -> SetupState:
        following = self.attempt.after_refusal(self._refusal)
        if following is None:
            what = f"{MessageType.ADD_ROSPEC.name} was refused: {describe_status(self._refusal)}"
            raise ReaderRefusedError(what, self._refusal.code)
        self._attempt = following
        return SetupState.ADD_ROSPEC


_FIXED: Final[dict[SetupState, tuple[Message, ...]]] = {
    SetupState.GET_VERSION: (EmptyMessage(MessageType.GET_SUPPORTED_VERSION),),
    SetupState.GET_CAPABILITIES: (GetReaderCapabilities(0),),
    SetupState.ENABLE_EXTENSIONS: (ENABLE_EXTENSIONS,),
    SetupState.GET_ROSPECS: (EmptyMessage(MessageType.GET_ROSPECS),),
    SetupState.DELETE_ALL_ROSPECS: (RospecCommand(MessageType.DELETE_ROSPEC, 0),),
    SetupState.RUNNING: (
        # again, because some readers hold reports again when a ROSpec is added
        EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS),
        GetReaderConfig(_ANTENNA_PROPERTIES),
    ),
}


def _own_parts(attempt: RospecAttempt) -> Part:
    """The parts of the ROSpec that can be left out."""
    found = Part(0)
    if attempt.rospec.transmitter is not None:
        found |= Part.POWER
    if attempt.rospec.session is not None:
        found |= Part.SESSION
    if attempt.rospec.search_mode is not None:
        found |= Part.SEARCH_MODE
    return found
