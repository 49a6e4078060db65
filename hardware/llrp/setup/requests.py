"""The requests of each state of the setup, from the settings and from what the reader has answered so far."""

from __future__ import annotations

from typing import Final

from hardware.llrp.encoding.constants import EventType, MessageType
from hardware.llrp.encoding.impinj_extensions import ENABLE_EXTENSIONS, IMPINJ
from hardware.llrp.encoding.messages import (
    AddRospec,
    Capabilities,
    EmptyMessage,
    GetReaderCapabilities,
    GetReaderConfig,
    Message,
    RospecCommand,
    SetProtocolVersion,
    SetReaderConfig,
)
from hardware.llrp.notes import ConnectionNotes
from hardware.llrp.settings import LlrpSettings
from hardware.llrp.setup.rospec_negotiation import RospecNegotiation
from hardware.llrp.setup.sequence import SetupState
from hardware.llrp.setup.versions import Versions

_EVENTS: Final = (
    EventType.ROSPEC,
    EventType.REPORT_BUFFER_FILL,
    EventType.READER_EXCEPTION,
    EventType.ANTENNA,
)
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
        self._is_released = False
        self._rospec: RospecNegotiation | None = None

    def messages(self, state: SetupState) -> tuple[Message, ...]:
        """The requests of a state, sent when it is entered."""
        own = self._settings.rospec_id
        match state:
            case SetupState.CONFIGURE | SetupState.CONFIGURE_WITHOUT_MONITOR | SetupState.CONFIGURE_KEEPALIVE:
                return (self._configuration(state),)
            case SetupState.ADD_ROSPEC:
                adding = AddRospec(self.rospec.attempt.rospec)
                if self._is_released or (self.capabilities and not self.capabilities.can_hold_reports):
                    return (adding,)
                self._is_released = True
                # the reader sends the reports it held; they are dropped because they are outdated
                return EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS), adding
            case SetupState.SET_VERSION:
                return (SetProtocolVersion(self._versions.wanted),)
            case SetupState.DELETE_OWN_ROSPEC | SetupState.REPLACE_ROSPEC:
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
    def rospec(self) -> RospecNegotiation:
        """The ROSpec to add; first asked for when the capabilities are known."""
        if self._rospec is None:
            self._rospec = RospecNegotiation(
                self._settings, self.capabilities, self._notes, extensions=self.has_extensions
            )
        return self._rospec

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


_FIXED: Final[dict[SetupState, tuple[Message, ...]]] = {
    SetupState.GET_VERSION: (EmptyMessage(MessageType.GET_SUPPORTED_VERSION),),
    SetupState.GET_CAPABILITIES: (GetReaderCapabilities(0),),
    SetupState.ENABLE_EXTENSIONS: (ENABLE_EXTENSIONS,),
    SetupState.GET_ROSPECS: (EmptyMessage(MessageType.GET_ROSPECS),),
    SetupState.DELETE_ALL_ROSPECS: (RospecCommand(MessageType.DELETE_ROSPEC, 0),),
    SetupState.DISABLE_ALL_ROSPECS: (RospecCommand(MessageType.DISABLE_ROSPEC, 0),),
    SetupState.RUNNING: (
        # again, because some readers hold reports again when a ROSpec is added
        EmptyMessage(MessageType.ENABLE_EVENTS_AND_REPORTS),
        GetReaderConfig(_ANTENNA_PROPERTIES),
    ),
}
