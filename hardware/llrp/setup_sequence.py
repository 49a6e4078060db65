"""The order of a conversation: what answers each request, where it leads, and where a refusal leads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from hardware.llrp.constants import MessageType


@unique
class SetupState(Enum):
    CONNECTION_EVENT = "greeting"
    ASK_VERSION = "ask version"
    SET_VERSION = "set version"
    CAPABILITIES = "capabilities"
    DELETE_OWN = "delete own"
    CONFIGURE = "configure"
    CONFIGURE_LESS = "configure less"
    ADD = "add"
    DELETE_ALL = "delete all"
    ADD_AGAIN = "add again"
    ENABLE = "enable"
    START = "start"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class SetupStep:
    """What answers a state, where to go then, and where to go when refused (None: the reader is of no use)."""

    answer: MessageType
    then: SetupState
    otherwise: SetupState | None


SETUP_STEPS: Final = {
    # a reader of LLRP 1.0.1 does not know these, and is spoken to as such
    SetupState.ASK_VERSION: SetupStep(
        MessageType.GET_SUPPORTED_VERSION_RESPONSE, SetupState.SET_VERSION, SetupState.CAPABILITIES
    ),
    SetupState.SET_VERSION: SetupStep(
        MessageType.SET_PROTOCOL_VERSION_RESPONSE, SetupState.CAPABILITIES, SetupState.CAPABILITIES
    ),
    SetupState.CAPABILITIES: SetupStep(
        MessageType.GET_READER_CAPABILITIES_RESPONSE, SetupState.DELETE_OWN, SetupState.DELETE_OWN
    ),
    # refused where there is none, as on every first day
    SetupState.DELETE_OWN: SetupStep(
        MessageType.DELETE_ROSPEC_RESPONSE, SetupState.CONFIGURE, SetupState.CONFIGURE
    ),
    SetupState.CONFIGURE: SetupStep(
        MessageType.SET_READER_CONFIG_RESPONSE, SetupState.ADD, SetupState.CONFIGURE_LESS
    ),
    SetupState.CONFIGURE_LESS: SetupStep(
        MessageType.SET_READER_CONFIG_RESPONSE, SetupState.ADD, SetupState.ADD
    ),
    # many readers hold a single ROSpec, and another program may have left its own
    SetupState.ADD: SetupStep(MessageType.ADD_ROSPEC_RESPONSE, SetupState.ENABLE, SetupState.DELETE_ALL),
    SetupState.DELETE_ALL: SetupStep(
        MessageType.DELETE_ROSPEC_RESPONSE, SetupState.ADD_AGAIN, SetupState.ADD_AGAIN
    ),
    SetupState.ADD_AGAIN: SetupStep(MessageType.ADD_ROSPEC_RESPONSE, SetupState.ENABLE, None),
    SetupState.ENABLE: SetupStep(MessageType.ENABLE_ROSPEC_RESPONSE, SetupState.START, None),
    SetupState.START: SetupStep(MessageType.START_ROSPEC_RESPONSE, SetupState.RUNNING, None),
}
