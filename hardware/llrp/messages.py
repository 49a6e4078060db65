"""What client and reader say to each other, as values; how they look on the wire stands in `codec`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hardware.llrp.constants import ConnectionStatus, MessageType, StatusCode


class TagReportData(NamedTuple):
    """One sighting as the reader reports it: EPC in upper-case hex, antenna port (1-based), peak signal in dBm.

    `stamp_us` is the reader's own stamp (the last sighting, else the first; UTC or uptime), 0 if it gave none.
    It is a named tuple, not a dataclass, since up to 30,000 of them are made a second.
    """

    epc: str
    antenna: int
    rssi_dbm: int
    stamp_us: int


@dataclass(frozen=True, slots=True)
class LlrpStatus:
    """LLRPStatus: how a request went; `detail` names the field or parameter that was refused."""

    code: int = StatusCode.SUCCESS
    text: str = ""
    detail: tuple[ErrorDetail, ...] = ()

    @property
    def ok(self) -> bool:
        return self.code == StatusCode.SUCCESS


@dataclass(frozen=True, slots=True)
class ErrorDetail:
    """A FieldError (`parameter` None, `field` counted from 0) or a ParameterError (`parameter` its type)."""

    code: int
    field: int | None = None
    parameter: int | None = None


@dataclass(frozen=True, slots=True)
class EmptyMessage:
    """A message without a body, such as KEEPALIVE or ENABLE_EVENTS_AND_REPORTS."""

    message_type: MessageType


@dataclass(frozen=True, slots=True)
class StatusResponse:
    """A response that carries nothing but its status; ERROR_MESSAGE too."""

    message_type: MessageType
    status: LlrpStatus


@dataclass(frozen=True, slots=True)
class GetReaderCapabilities:
    """Asks for capabilities: 0 all, 1 general device, 2 LLRP, 3 regulatory, 4 air protocol."""

    requested: int = 0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the reader says about itself; powers are `(index, dBm)` pairs."""

    antennas: int
    has_utc: bool
    manufacturer: int
    model: int
    firmware: str
    max_rospecs: int = 0
    can_hold_reports: bool = False
    powers: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class GetReaderCapabilitiesResponse:
    status: LlrpStatus
    capabilities: Capabilities | None = None


@dataclass(frozen=True, slots=True)
class GetReaderConfig:
    """Asks for the configuration: 0 all, 1 identification, ... (clause 12.2.1)."""

    requested: int = 0
    antenna: int = 0


@dataclass(frozen=True, slots=True)
class GetReaderConfigResponse:
    status: LlrpStatus
    identity: bytes = b""
    keepalive_ms: int | None = None
    hold: bool | None = None


@dataclass(frozen=True, slots=True)
class SetReaderConfig:
    """Sets what is not None: keep-alive period (0 = off), whether reports are held upon reconnection, events."""

    reset: bool = False
    keepalive_ms: int | None = None
    hold: bool | None = None
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rospec:
    """One inventory that runs until it is stopped: on these antennas (0 = all), reporting every `report_every` tags.

    `immediate` starts it as soon as it is enabled, else upon START_ROSPEC. `session` (0 to 3) is the Gen2 session,
    None leaves the reader's own; `power_index` points into the reader's table of transmit powers, None likewise.
    """

    rospec_id: int
    antennas: tuple[int, ...] = (0,)
    report_every: int = 1
    immediate: bool = False
    session: int | None = None
    power_index: int | None = None


@dataclass(frozen=True, slots=True)
class AddRospec:
    rospec: Rospec


@dataclass(frozen=True, slots=True)
class RospecCommand:
    """DELETE, START, STOP, ENABLE or DISABLE of one ROSpec; id 0 means all."""

    message_type: MessageType
    rospec_id: int


@dataclass(frozen=True, slots=True)
class ReaderEventNotification:
    """READER_EVENT_NOTIFICATION: the events that concern us; `stamp_us` by the reader's clock, 0 if missing."""

    stamp_us: int = 0
    is_utc: bool = True
    connection: ConnectionStatus | None = None
    closing: bool = False
    exception: str | None = None
    antenna: tuple[int, bool] | None = None
    buffer_overflow: bool = False


@dataclass(frozen=True, slots=True)
class RoAccessReport:
    tags: tuple[TagReportData, ...]


@dataclass(frozen=True, slots=True)
class GetSupportedVersionResponse:
    """GET_SUPPORTED_VERSION_RESPONSE (LLRP 1.1, clause 9.2)."""

    current: int
    supported: int
    status: LlrpStatus


@dataclass(frozen=True, slots=True)
class SetProtocolVersion:
    version: int


@dataclass(frozen=True, slots=True)
class UnsupportedMessage:
    """A message of a type that we do not follow; its body is left as it came."""

    message_type: int
    body: bytes


Message = (
    EmptyMessage
    | StatusResponse
    | GetReaderCapabilities
    | GetReaderCapabilitiesResponse
    | GetReaderConfig
    | GetReaderConfigResponse
    | SetReaderConfig
    | AddRospec
    | RospecCommand
    | ReaderEventNotification
    | RoAccessReport
    | GetSupportedVersionResponse
    | SetProtocolVersion
    | UnsupportedMessage
)
