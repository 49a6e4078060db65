"""Properties of a simulated LLRP reader, and what it remembers from one connection to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Final

from hardware.llrp.encoding.impinj_extensions import IMPINJ
from hardware.llrp.encoding.messages import Capabilities, FrequencyPlan, Rospec, TagReportData

# the lowest power of the table, and its steps
_LEAST_DBM: Final = 10.0
_STEP_DB: Final = 0.25
# CommunicationsStandard: US FCC Part 15, ETSI EN 302 208
_FCC_PART_15: Final = 1
_ETSI_302_208: Final = 2
# ETSI EN 302 208, lower band: four fixed channels
_ETSI: Final = FrequencyPlan(hopping=False, channels=4)


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """Properties of the simulated reader, with peculiarities that real readers have. Times in seconds, powers in dBm.

    `uptime`: timestamps count from the start; `clock_skew_us`: error of its clock; `holds_reports`: holds reports after
    each connection; `keepalives`: supports KEEPALIVE; `refuses_rospec`: refuses every ADD_ROSPEC.
    """

    antennas: int = 4
    max_rospecs: int = 1
    # vendor number (IANA PEN)
    manufacturer: int = IMPINJ
    firmware: str = "7.1.0.240"
    uptime: bool = False
    clock_skew_us: int = 0
    holds_reports: bool = False
    keepalives: bool = True
    refuses_rospec: bool = False
    extra_in_reports: bytes = b""
    tags_per_report: int = 50
    versions: tuple[int, ...] = (1, 2)
    """Version numbers that it accepts in messages; the first one is used on a new connection."""
    country: int = 276
    """ISO 3166 number; 0: no region is set, so it has no table of powers and does not transmit."""
    most_dbm: float = 30.0
    """The highest power of its table."""
    refuses_above_dbm: float | None = None
    """Refuses powers above this one although its table holds them, as under a limit of the region."""
    frequencies: FrequencyPlan = _ETSI
    strict_channels: bool = False
    """Checks the hop table also where it does not hop, and the channel also where it does."""
    takes_power: bool = True
    takes_session: bool = True
    """Whether a client may set the transmit power; the session."""
    default_session: int = 1
    extensions: bool = True
    """Supports Impinj's extensions, if it is an Impinj reader."""
    keeps_dead_client_s: float = 30.0
    """How long it keeps the connection of a client that is gone, without a link monitor."""
    capabilities_delay_s: float = 0.0
    rospec_delay_s: float = 0.0
    """How long its answers to GET_READER_CAPABILITIES and ADD_ROSPEC take."""
    tells_capabilities: bool = True
    """Answers GET_READER_CAPABILITIES with its capabilities, not with an error."""
    lists_rospecs: bool = True
    """Answers GET_ROSPECS."""
    other_rospec: int | None = None
    """Id of the ROSpec that another program has left."""
    other_runs: bool = False
    """Whether that ROSpec runs; then no second one can be started."""
    checks_at_start: bool = False
    """Checks power, session and search mode when the ROSpec is started, not when it is added."""
    disconnected: frozenset[int] = frozenset()
    """Antenna ports without an antenna, at the start."""
    unknown_parameters: bool = False
    """Sends parameters of later versions and other makers in every message."""
    bad_reports: bool = False
    """Sends reports without EPC and with an unknown fixed-length parameter among the good ones."""

    sends_antenna: bool = True
    sends_rssi: bool = True
    sends_timestamp: bool = True
    """Whether its reports have AntennaID, PeakRSSI and timestamps."""

    def reported(self, tag: TagReportData) -> TagReportData:
        """What it reports of a tag."""
        return TagReportData(
            tag.epc,
            tag.antenna if self.sends_antenna else None,
            tag.rssi_dbm if self.sends_rssi else None,
            tag.stamp_us if self.sends_timestamp else None,
        )

    @property
    def has_extensions(self) -> bool:
        return self.extensions and self.manufacturer == IMPINJ

    def capabilities(self) -> Capabilities:
        """What it reports of itself."""
        count = round((self.most_dbm - _LEAST_DBM) / _STEP_DB) + 1 if self.country else 0
        powers = tuple((index, _LEAST_DBM + _STEP_DB * (index - 1)) for index in range(1, count + 1))
        return Capabilities(
            self.antennas,
            not self.uptime,
            self.manufacturer,
            1,
            self.firmware,
            self.max_rospecs,
            can_hold_reports=True,
            powers=powers,
            country=self.country,
            standard=(_FCC_PART_15 if self.frequencies.hopping else _ETSI_302_208) if self.country else 0,
            frequencies=self.frequencies,
        )


@unique
class RospecState(Enum):
    DISABLED = 0
    INACTIVE = 1
    ACTIVE = 2


@dataclass(slots=True)
class ReaderMemory:
    """ROSpecs and configuration, kept from one connection to the next."""

    rospecs: dict[int, Rospec] = field(default_factory=dict)
    states: dict[int, RospecState] = field(default_factory=dict)
    keepalive_ms: int = 0
    hold: bool = False
    link_monitor: int = 0
    disconnected: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, model: ReaderModel) -> ReaderMemory:
        """The memory of this reader after a start."""
        memory = cls(disconnected=set(model.disconnected))
        if model.other_rospec is not None:
            memory.rospecs[model.other_rospec] = Rospec(model.other_rospec)
            memory.states[model.other_rospec] = (
                RospecState.ACTIVE if model.other_runs else RospecState.DISABLED
            )
        return memory
