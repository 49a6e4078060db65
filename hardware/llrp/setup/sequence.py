"""The sequence of requests that sets a reader up: for each state the request, its response and the next state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto, unique
from typing import Final

from hardware.llrp.encoding.constants import MessageType


@unique
class SetupState(Enum):
    """What the client waits for: the connection event, the response to a request, or reports (`RUNNING`)."""

    CONNECTION_EVENT = auto()
    GET_VERSION = auto()
    SET_VERSION = auto()
    GET_CAPABILITIES = auto()
    ENABLE_EXTENSIONS = auto()
    DELETE_OWN_ROSPEC = auto()
    CONFIGURE = auto()
    CONFIGURE_WITHOUT_MONITOR = auto()
    CONFIGURE_KEEPALIVE = auto()
    ADD_ROSPEC = auto()
    GET_ROSPECS = auto()
    DELETE_ALL_ROSPECS = auto()
    REPLACE_ROSPEC = auto()
    DISABLE_ALL_ROSPECS = auto()
    ENABLE_ROSPEC = auto()
    START_ROSPEC = auto()
    RUNNING = auto()


BEFORE_OWN_ROSPEC: Final = (
    SetupState.CONNECTION_EVENT,
    SetupState.GET_VERSION,
    SetupState.SET_VERSION,
    SetupState.GET_CAPABILITIES,
    SetupState.ENABLE_EXTENSIONS,
)
"""States in which the client has not yet changed any ROSpec."""

NEGOTIATING: Final = (SetupState.GET_VERSION, SetupState.SET_VERSION)
CONFIGURING: Final = (
    SetupState.CONFIGURE,
    SetupState.CONFIGURE_WITHOUT_MONITOR,
    SetupState.CONFIGURE_KEEPALIVE,
)


@dataclass(frozen=True, slots=True)
class SetupStep:
    """The request of a state, its response, and the next state after success and after a refusal.

    `on_refusal` None: `hardware.llrp.setup.rospec_negotiation` chooses it. `optional`: a missing response counts as a
    refusal.
    """

    request: MessageType
    response: MessageType
    on_success: SetupState
    on_refusal: SetupState | None
    optional: bool = False


_M: Final = MessageType
_S: Final = SetupState
SETUP_STEPS: Final = {
    # readers of LLRP 1.0.1 refuse these two, or do not answer; the client continues with version 1.0.1
    _S.GET_VERSION: SetupStep(
        _M.GET_SUPPORTED_VERSION,
        _M.GET_SUPPORTED_VERSION_RESPONSE,
        _S.SET_VERSION,
        _S.GET_CAPABILITIES,
        optional=True,
    ),
    _S.SET_VERSION: SetupStep(
        _M.SET_PROTOCOL_VERSION,
        _M.SET_PROTOCOL_VERSION_RESPONSE,
        _S.GET_CAPABILITIES,
        _S.GET_CAPABILITIES,
        optional=True,
    ),
    # Impinj's extensions are left out for readers of other makers
    _S.GET_CAPABILITIES: SetupStep(
        _M.GET_READER_CAPABILITIES,
        _M.GET_READER_CAPABILITIES_RESPONSE,
        _S.ENABLE_EXTENSIONS,
        _S.ENABLE_EXTENSIONS,
    ),
    _S.ENABLE_EXTENSIONS: SetupStep(
        _M.CUSTOM_MESSAGE, _M.CUSTOM_MESSAGE, _S.DELETE_OWN_ROSPEC, _S.DELETE_OWN_ROSPEC, optional=True
    ),
    # refused if the ROSpec does not exist, as on the first connection
    _S.DELETE_OWN_ROSPEC: SetupStep(_M.DELETE_ROSPEC, _M.DELETE_ROSPEC_RESPONSE, _S.CONFIGURE, _S.CONFIGURE),
    _S.CONFIGURE: SetupStep(
        _M.SET_READER_CONFIG, _M.SET_READER_CONFIG_RESPONSE, _S.ADD_ROSPEC, _S.CONFIGURE_WITHOUT_MONITOR
    ),
    _S.CONFIGURE_WITHOUT_MONITOR: SetupStep(
        _M.SET_READER_CONFIG, _M.SET_READER_CONFIG_RESPONSE, _S.ADD_ROSPEC, _S.CONFIGURE_KEEPALIVE
    ),
    _S.CONFIGURE_KEEPALIVE: SetupStep(
        _M.SET_READER_CONFIG, _M.SET_READER_CONFIG_RESPONSE, _S.ADD_ROSPEC, _S.ADD_ROSPEC
    ),
    _S.ADD_ROSPEC: SetupStep(_M.ADD_ROSPEC, _M.ADD_ROSPEC_RESPONSE, _S.ENABLE_ROSPEC, None),
    _S.ENABLE_ROSPEC: SetupStep(_M.ENABLE_ROSPEC, _M.ENABLE_ROSPEC_RESPONSE, _S.START_ROSPEC, None),
    _S.START_ROSPEC: SetupStep(_M.START_ROSPEC, _M.START_ROSPEC_RESPONSE, _S.RUNNING, None),
    _S.GET_ROSPECS: SetupStep(
        _M.GET_ROSPECS, _M.GET_ROSPECS_RESPONSE, _S.ADD_ROSPEC, _S.ADD_ROSPEC, optional=True
    ),
    _S.DELETE_ALL_ROSPECS: SetupStep(
        _M.DELETE_ROSPEC, _M.DELETE_ROSPEC_RESPONSE, _S.ADD_ROSPEC, _S.ADD_ROSPEC
    ),
    _S.REPLACE_ROSPEC: SetupStep(_M.DELETE_ROSPEC, _M.DELETE_ROSPEC_RESPONSE, _S.ADD_ROSPEC, _S.ADD_ROSPEC),
    _S.DISABLE_ALL_ROSPECS: SetupStep(
        _M.DISABLE_ROSPEC, _M.DISABLE_ROSPEC_RESPONSE, _S.ENABLE_ROSPEC, _S.ENABLE_ROSPEC
    ),
}
STARTING: Final = (_S.ADD_ROSPEC, _S.ENABLE_ROSPEC, _S.START_ROSPEC)
