"""What the reads of a survey say about a site: levels, isolation, power advice, pass or fail. No I/O.

Isolation is the mean difference between what a room's own antenna and the loudest other antenna hear of tags in that
room. The other antenna hears only the loudest part, so its plain mean is too loud; see `survey_censored`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique

from hardware.ports import TagRead
from hardware.rooms.site import Antenna, Site
from hardware.survey.censored_mean import censored_mean

PASS_DB = 10.0
MIN_READS = 50
MIN_READ_SHARE = 0.05
RARE_READS_OFFSET_DB = 8.0
MAX_WRONG_SHARE = 0.05
QUIET_DBM = -66.0
LOUD_DBM = -54.0
TARGET_DBM = -60.0
MAX_POWER_CHANGE_DB = 6.0
FLOOR_GAP_DB = 12.0

Reads = Sequence[tuple[Antenna, TagRead]]


@unique
class Verdict(Enum):
    """Whether a room may open."""

    PASSED = "pass"
    FAILED = "fail"


@dataclass(frozen=True, slots=True)
class AntennaSignal:
    """What one antenna heard of the tags in a room: reads, and the mean signal in dBm behind the cut-off."""

    antenna: Antenna
    reads: int
    mean_dbm: float
    least_dbm: float


@dataclass(frozen=True, slots=True)
class RoomFinding:
    """One room. `isolation_db` is a lower bound where `at_least`; `power_change_db` is the advised change of power of
    its antennas; `why` names, for the technician, what failed."""

    room: str
    own: AntennaSignal
    loudest: AntennaSignal | None
    isolation_db: float
    at_least: bool
    power_change_db: float
    floor_dbm: float
    neighbour_accuracy: float
    why: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Pass only where nothing failed."""
        return Verdict.FAILED if self.why else Verdict.PASSED


def evaluate_room(site: Site, room: str, reads: Reads, neighbour_accuracy: float) -> RoomFinding:
    """The finding of one room from the reads of its walk; `neighbour_accuracy` is the neighbour test's share of right
    seconds."""
    by_antenna: dict[Antenna, list[float]] = {}
    for antenna, read in reads:
        by_antenna.setdefault(antenna, []).append(read.rssi_dbm)
    own_antennas = site.rooms[room]
    own_name = max(own_antennas, key=lambda antenna: len(by_antenna.get(antenna, ())))
    signals = by_antenna.get(own_name, [])
    own = _plain(own_name, signals)
    others = [
        censored(antenna, found, len(signals))
        for antenna, found in by_antenna.items()
        if antenna not in own_antennas
    ]
    loudest = max(others, key=lambda heard: heard.mean_dbm, default=None)
    isolation, at_least = _isolation(own, loudest)
    quiet = sorted(signals)[len(signals) // 10] if signals else -100.0
    why = tuple(_why(own, isolation, neighbour_accuracy))
    advice = _advice(
        quiet, heard_elsewhere=loudest is not None and loudest.reads > MIN_READ_SHARE * own.reads
    )
    floor = round(own.mean_dbm - FLOOR_GAP_DB, 1)
    return RoomFinding(room, own, loudest, isolation, at_least, advice, floor, neighbour_accuracy, why)


def censored(antenna: Antenna, signals: Sequence[float], tries: int) -> AntennaSignal:
    """The mean behind the edge of an antenna that heard `len(signals)` of `tries`."""
    least = min(signals)
    if len(signals) < MIN_READ_SHARE * tries:
        # fewer than a twentieth of the tries: the mean lies at least 1.6 spreads of 5 dB below what was heard
        return AntennaSignal(antenna, len(signals), sum(signals) / len(signals) - RARE_READS_OFFSET_DB, least)
    return AntennaSignal(antenna, len(signals), censored_mean(signals, tries), least)


def _plain(antenna: Antenna, signals: Sequence[float]) -> AntennaSignal:
    if not signals:
        return AntennaSignal(antenna, 0, -100.0, -100.0)
    return AntennaSignal(antenna, len(signals), sum(signals) / len(signals), min(signals))


def _isolation(own: AntennaSignal, loudest: AntennaSignal | None) -> tuple[float, bool]:
    """The isolation in dB, and whether it is a lower bound because the others heard next to nothing."""
    if not own.reads:
        return 0.0, False
    if loudest is None:
        return own.mean_dbm - own.least_dbm, True
    return own.mean_dbm - loudest.mean_dbm, loudest.reads < MIN_READ_SHARE * own.reads


def _why(own: AntennaSignal, isolation_db: float, neighbour_accuracy: float) -> list[str]:
    why = []
    if own.reads < MIN_READS:
        why.append(
            f"antenna {own.antenna} read the tags only {own.reads} times: is it connected and does it look down?"
        )
    elif isolation_db < PASS_DB:
        why.append(
            f"isolation {isolation_db:.1f} dB is below {PASS_DB:.0f} dB: lower the power or shield the wall"
        )
    if own.reads >= MIN_READS and neighbour_accuracy < 1.0 - MAX_WRONG_SHARE:
        why.append(f"neighbour test: only {100 * neighbour_accuracy:.0f} % of the time told rightly")
    return why


def _advice(quiet_dbm: float, heard_elsewhere: bool) -> float:
    """By how many dB to change the power, so that the quietest tenth of reads is near `TARGET_DBM`."""
    if quiet_dbm < QUIET_DBM:
        return round(min(MAX_POWER_CHANGE_DB, TARGET_DBM - quiet_dbm), 1)
    if quiet_dbm > LOUD_DBM and heard_elsewhere:
        return round(max(-MAX_POWER_CHANGE_DB, TARGET_DBM - quiet_dbm), 1)
    return 0.0


@dataclass(frozen=True, slots=True)
class ReferenceDrift:
    """A reference tag that is not heard as on the day of the survey."""

    epc: str
    room: str
    expected_dbm: float
    heard_dbm: float | None


def check_references(site: Site, reads: Reads, most_db: float = 6.0) -> tuple[ReferenceDrift, ...]:
    """The reference tags that their room's antennas do not hear, or hear off by more than `most_db`."""
    heard: Mapping[str, list[float]] = {epc: [] for epc in site.references}
    for antenna, read in reads:
        reference = site.references.get(read.epc)
        if reference is not None and antenna in site.rooms[reference.room]:
            heard[read.epc].append(read.rssi_dbm)
    drifts = []
    for epc, reference in site.references.items():
        mean = sum(heard[epc]) / len(heard[epc]) if heard[epc] else None
        if mean is None or abs(mean - reference.level_dbm) > most_db:
            drifts.append(ReferenceDrift(epc, reference.room, reference.level_dbm, mean))
    return tuple(drifts)
