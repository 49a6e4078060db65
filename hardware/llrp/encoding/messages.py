"""LLRP messages as values; `hardware.llrp.encoding.codec` encodes and decodes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hardware.llrp.encoding.constants import ConnectionStatus, MessageType, StatusCode


class TagReportData(NamedTuple):
    """One TagReportData parameter: EPC in upper-case hex, antenna port (from 1), peak RSSI in dBm.

    `stamp_us`: the reader's timestamp (LastSeen, else FirstSeen; UTC or uptime). Every field but the EPC is optional in
    a report (LLRP 1.0.1, clause 13.2.3); it is None if the reader did not send it.
    A named tuple, not a dataclass, for speed: up to 30,000 are made per second.
    """

    epc: str
    antenna: int | None
    rssi_dbm: int | None
    stamp_us: int | None


@dataclass(frozen=True, slots=True)
class LlrpStatus:
    """The LLRPStatus parameter; `details` names the refused fields and parameters."""

    code: int = StatusCode.SUCCESS
    text: str = ""
    details: tuple[ErrorDetail, ...] = ()

    @property
    def ok(self) -> bool:
        return self.code == StatusCode.SUCCESS


@dataclass(frozen=True, slots=True)
class ErrorDetail:
    """A FieldError (`field`: its number from 0) or a ParameterError (`parameter`: its type); the other one is None."""

    code: int
    field: int | None = None
    parameter: int | None = None


@dataclass(frozen=True, slots=True)
class EmptyMessage:
    """A message without parameters, such as KEEPALIVE or ENABLE_EVENTS_AND_REPORTS."""

    message_type: MessageType


@dataclass(frozen=True, slots=True)
class StatusResponse:
    """A response whose only parameter is LLRPStatus, or ERROR_MESSAGE."""

    message_type: MessageType
    status: LlrpStatus


@dataclass(frozen=True, slots=True)
class GetReaderCapabilities:
    """`requested`: 0 all, 1 general device, 2 LLRP, 3 regulatory, 4 air protocol capabilities."""

    requested: int = 0


@dataclass(frozen=True, slots=True)
class FrequencyPlan:
    """FrequencyInformation (LLRP 1.0.1, clause 9.2.4.1.2): IDs of the hop tables of a region with frequency hopping, or
    the number of channels of a region with fixed frequencies."""

    hopping: bool
    hop_tables: tuple[int, ...] = ()
    channels: int = 0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a reader can do. `powers`: transmit powers as (index, dBm); `manufacturer` and `model` as numbers.

    `max_rospecs` 0: not reported. `country`: ISO 3166 number, 0 if not specified. `standard`: CommunicationsStandard
    (clause 9.2.4). `country`, `standard` and `frequencies` None: not reported.
    """

    antennas: int
    has_utc: bool
    manufacturer: int
    model: int
    firmware: str
    max_rospecs: int = 0
    can_hold_reports: bool = False
    powers: tuple[tuple[int, float], ...] = ()
    country: int | None = None
    standard: int | None = None
    frequencies: FrequencyPlan | None = None


@dataclass(frozen=True, slots=True)
class GetReaderCapabilitiesResponse:
    status: LlrpStatus
    capabilities: Capabilities | None = None


@dataclass(frozen=True, slots=True)
class GetReaderConfig:
    """`requested`: 0 all, 1 identification, ... (clause 12.2.1)."""

    requested: int = 0
    antenna: int = 0


@dataclass(frozen=True, slots=True)
class GetReaderConfigResponse:
    status: LlrpStatus
    identity: bytes = b""
    keepalive_ms: int | None = None
    hold: bool | None = None
    antennas: tuple[tuple[int, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class SetReaderConfig:
    """Sets what is not None. `keepalive_ms` 0: off; `hold`: keep events and reports back after a reconnection;
    `events`: types to notify; `reset`: factory settings first; `link_monitor`: Impinj's, the number of unanswered
    keep-alives after which the reader closes the connection."""

    reset: bool = False
    keepalive_ms: int | None = None
    hold: bool | None = None
    events: tuple[int, ...] = ()
    link_monitor: int | None = None


@dataclass(frozen=True, slots=True)
class Transmitter:
    """RFTransmitter (LLRP 1.0.1, clause 12.2.6.2): ID of the hop table (regions with hopping), channel index from 1
    (regions with fixed frequencies), index in the table of transmit powers."""

    hop_table: int
    channel: int
    power_index: int


@dataclass(frozen=True, slots=True)
class Rospec:
    """An inventory that runs until it is stopped, on `antennas` (0: all), with a report every `report_every` tags.

    `immediate`: starts when it is enabled, otherwise on START_ROSPEC. `session`: Gen2 session, 0 to 3. `search_mode`:
    Impinj's InventorySearchMode. None leaves the reader's own setting.
    """

    rospec_id: int
    antennas: tuple[int, ...] = (0,)
    report_every: int = 1
    immediate: bool = False
    session: int | None = None
    transmitter: Transmitter | None = None
    search_mode: int | None = None


@dataclass(frozen=True, slots=True)
class AddRospec:
    rospec: Rospec


@dataclass(frozen=True, slots=True)
class RospecCommand:
    """DELETE_ROSPEC, START_ROSPEC, STOP_ROSPEC, ENABLE_ROSPEC or DISABLE_ROSPEC; `rospec_id` 0: all."""

    message_type: MessageType
    rospec_id: int


@dataclass(frozen=True, slots=True)
class ReaderEventNotification:
    """READER_EVENT_NOTIFICATION, reduced to the events that are used. `stamp_us`: reader's clock, 0 if missing;
    `antenna`: (port, connected); `ended_rospec`: the ROSpec that ended or was stopped in favour of another one."""

    stamp_us: int = 0
    is_utc: bool = True
    connection: ConnectionStatus | None = None
    closing: bool = False
    exception: str | None = None
    antenna: tuple[int, bool] | None = None
    buffer_overflow: bool = False
    ended_rospec: int | None = None


@dataclass(frozen=True, slots=True)
class GetRospecsResponse:
    """`rospec_ids`: the ROSpecs that the reader holds, of every program."""

    status: LlrpStatus
    rospec_ids: tuple[int, ...] = ()


class RoAccessReport(NamedTuple):
    """The tags of a report; `left_out`: how many TagReportData could not be used (no EPC, or not decodable).

    A named tuple for speed, as TagReportData.
    """

    tags: tuple[TagReportData, ...]
    left_out: int = 0


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
class CustomMessage:
    """A maker's own message (LLRP 1.0.1, clause 8.1): IANA enterprise number, subtype, content."""

    vendor: int
    subtype: int
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class UnsupportedMessage:
    """A message whose type is not decoded, with its body."""

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
    | GetRospecsResponse
    | ReaderEventNotification
    | RoAccessReport
    | GetSupportedVersionResponse
    | SetProtocolVersion
    | CustomMessage
    | UnsupportedMessage
)
