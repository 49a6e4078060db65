"""The order of a conversation: what answers each request, where it leads, and where a refusal leads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from hardware.llrp.numbers import MessageType


@unique
class State(Enum):
    GREETING = "greeting"
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
class Step:
    """What answers a state, where to go then, and where to go when refused (None: the reader is of no use)."""

    answer: MessageType
    then: State
    otherwise: State | None


STEPS: Final = {
    # a reader of LLRP 1.0.1 does not know these, and is spoken to as such
    State.ASK_VERSION: Step(
        MessageType.GET_SUPPORTED_VERSION_RESPONSE, State.SET_VERSION, State.CAPABILITIES
    ),
    State.SET_VERSION: Step(
        MessageType.SET_PROTOCOL_VERSION_RESPONSE, State.CAPABILITIES, State.CAPABILITIES
    ),
    State.CAPABILITIES: Step(
        MessageType.GET_READER_CAPABILITIES_RESPONSE, State.DELETE_OWN, State.DELETE_OWN
    ),
    # refused where there is none, as on every first day
    State.DELETE_OWN: Step(MessageType.DELETE_ROSPEC_RESPONSE, State.CONFIGURE, State.CONFIGURE),
    State.CONFIGURE: Step(MessageType.SET_READER_CONFIG_RESPONSE, State.ADD, State.CONFIGURE_LESS),
    State.CONFIGURE_LESS: Step(MessageType.SET_READER_CONFIG_RESPONSE, State.ADD, State.ADD),
    # many readers hold a single ROSpec, and another program may have left its own
    State.ADD: Step(MessageType.ADD_ROSPEC_RESPONSE, State.ENABLE, State.DELETE_ALL),
    State.DELETE_ALL: Step(MessageType.DELETE_ROSPEC_RESPONSE, State.ADD_AGAIN, State.ADD_AGAIN),
    State.ADD_AGAIN: Step(MessageType.ADD_ROSPEC_RESPONSE, State.ENABLE, None),
    State.ENABLE: Step(MessageType.ENABLE_ROSPEC_RESPONSE, State.START, None),
    State.START: Step(MessageType.START_ROSPEC_RESPONSE, State.RUNNING, None),
}
