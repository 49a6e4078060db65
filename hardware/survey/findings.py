"""Evaluates the reads of a survey for each room: RSSI, isolation, power advice, pass or fail. No I/O.

Isolation is the mean RSSI of a room's own antenna less that of the strongest other antenna, for tags in that room. The
other antenna misses the weak reads, so its plain mean would be too high; see `censored_mean`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique

from hardware.ports import TagRead
from hardware.rooms.signal_model import MIN_SIGNAL_GAP_DB
from hardware.rooms.site import Antenna, Site
from hardware.survey.censored_mean import censored_mean

PASS_DB = 10.0
MIN_READS = 50
MIN_READ_SHARE = 0.05
RARE_READS_OFFSET_DB = 8.0
MAX_WRONG_SHARE = 0.05
WEAK_DBM = -66.0
STRONG_DBM = -54.0
TARGET_DBM = -60.0
MAX_POWER_CHANGE_DB = 6.0

Reads = Sequence[tuple[Antenna, TagRead]]


@unique
class Verdict(Enum):
    """Whether a room or a site passes."""

    PASSED = "pass"
    FAILED = "fail"


@dataclass(frozen=True, slots=True)
class AntennaSignal:
    """The reads of one antenna of the tags in a room; `mean_dbm` includes the missed weak reads.

    `reads` counts those with a signal strength.
    """

    antenna: Antenna
    reads: int
    mean_dbm: float
    min_dbm: float


@dataclass(frozen=True, slots=True)
class RoomFinding:
    """The result of one room.

    `own` is its antenna with the most reads, None if that read no tag, or sent no signal strength: then isolation and
    minimum signal are not known and are None. `isolation_db` is a lower bound if `at_least`. `power_change_db` is the
    advised change of its antennas' power.
    `neighbour_accuracy` is the result of the neighbour test: the share of the time with the right room. `failures`
    lists what did not pass, for the technician.
    """

    room: str
    own: AntennaSignal | None
    strongest_other: AntennaSignal | None
    isolation_db: float | None
    at_least: bool
    power_change_db: float
    min_signal_dbm: float | None
    neighbour_accuracy: float
    failures: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """PASSED if nothing failed."""
        return Verdict.FAILED if self.failures else Verdict.PASSED


def evaluate_room(site: Site, room: str, reads: Reads, neighbour_accuracy: float) -> RoomFinding:
    """The finding of one room from the reads of its walk and the result of its neighbour test (0 to 1)."""
    by_antenna: dict[Antenna, list[float]] = {}
    counts: Counter[Antenna] = Counter(antenna for antenna, _ in reads)
    for antenna, read in reads:
        if read.rssi_dbm is not None:
            by_antenna.setdefault(antenna, []).append(read.rssi_dbm)
    own_antennas = site.rooms[room]
    own_antenna = max(own_antennas, key=lambda antenna: counts[antenna])
    signals = by_antenna.get(own_antenna, [])
    own = _uncensored(own_antenna, signals) if signals else None
    others = [
        censored(antenna, found, len(signals))
        for antenna, found in by_antenna.items()
        if antenna not in own_antennas
    ]
    strongest = max(others, key=lambda signal: signal.mean_dbm, default=None)
    isolation, at_least = (None, False) if own is None else _isolation(own, strongest)
    failures = _own_failure(own_antenna, counts[own_antenna], own) or _isolation_failure(
        isolation
    ) + _neighbour_failure(neighbour_accuracy)
    change = 0.0 if own is None else _power_change(signals, own, strongest)
    min_dbm = None if own is None else round(own.mean_dbm - MIN_SIGNAL_GAP_DB, 1)
    return RoomFinding(
        room, own, strongest, isolation, at_least, change, min_dbm, neighbour_accuracy, tuple(failures)
    )


def censored(antenna: Antenna, signals: Sequence[float], tries: int) -> AntennaSignal:
    """The signal of an antenna that received `len(signals)` of `tries` reads."""
    least = min(signals)
    if len(signals) < MIN_READ_SHARE * tries:
        # fewer than a twentieth of the tries: the mean is at least 1.6 standard deviations of 5 dB below the reads
        return AntennaSignal(antenna, len(signals), sum(signals) / len(signals) - RARE_READS_OFFSET_DB, least)
    return AntennaSignal(antenna, len(signals), censored_mean(signals, tries), least)


def _uncensored(antenna: Antenna, signals: Sequence[float]) -> AntennaSignal:
    return AntennaSignal(antenna, len(signals), sum(signals) / len(signals), min(signals))


def _isolation(own: AntennaSignal, strongest: AntennaSignal | None) -> tuple[float, bool]:
    """The isolation in dB, and whether it is a lower bound because the other antennas read next to nothing."""
    if strongest is None:
        return own.mean_dbm - own.min_dbm, True
    return own.mean_dbm - strongest.mean_dbm, strongest.reads < MIN_READ_SHARE * own.reads


def _own_failure(antenna: Antenna, reads: int, own: AntennaSignal | None) -> list[str]:
    """Why nothing can be said about the room: its own antenna reads too little, or sends no signal strength."""
    if reads < MIN_READS:
        return [
            f"antenna {antenna} read the tags only {reads} times: is it connected, and does it point down?"
        ]
    if own is None or own.reads < MIN_READS:
        missing = f"antenna {antenna} sent no signal strength, so that isolation cannot be measured"
        return [f"{missing}: switch on PeakRSSI in the reader's reports"]
    return []


def _isolation_failure(isolation_db: float | None) -> list[str]:
    if isolation_db is None or isolation_db >= PASS_DB:
        return []
    return [f"isolation {isolation_db:.1f} dB is below {PASS_DB:.0f} dB: lower the power or shield the wall"]


def _neighbour_failure(accuracy: float) -> list[str]:
    if accuracy >= 1.0 - MAX_WRONG_SHARE:
        return []
    return [f"neighbour test: only {100 * accuracy:.0f} % of the time in the right room"]


def _power_change(signals: Sequence[float], own: AntennaSignal, strongest: AntennaSignal | None) -> float:
    """By how many dB to change the power, so that the weakest tenth of reads is near TARGET_DBM."""
    weak_dbm = sorted(signals)[len(signals) // 10]
    if weak_dbm < WEAK_DBM:
        return round(min(MAX_POWER_CHANGE_DB, TARGET_DBM - weak_dbm), 1)
    read_elsewhere = strongest is not None and strongest.reads > MIN_READ_SHARE * own.reads
    if weak_dbm > STRONG_DBM and read_elsewhere:
        return round(max(-MAX_POWER_CHANGE_DB, TARGET_DBM - weak_dbm), 1)
    return 0.0


@dataclass(frozen=True, slots=True)
class ReferenceDrift:
    """A reference tag that is not read as on the day of the survey.

    `heard_dbm` is its mean RSSI now, None without reads. The field names are keys of the file `references.json`.
    """

    epc: str
    room: str
    expected_dbm: float
    heard_dbm: float | None


def check_references(site: Site, reads: Reads, max_db: float = 6.0) -> tuple[ReferenceDrift, ...]:
    """The reference tags that their room's antennas do not read, or read with a mean more than `max_db` off.

    A tag that is read without signal strength is there; its drift is not known and is not listed.
    """
    signals, unmeasured = _reference_signals(site, reads)
    drifts = []
    for epc, reference in site.references.items():
        if epc in unmeasured:
            continue
        mean = sum(signals[epc]) / len(signals[epc]) if signals[epc] else None
        if mean is None or abs(mean - reference.level_dbm) > max_db:
            drifts.append(ReferenceDrift(epc, reference.room, reference.level_dbm, mean))
    return tuple(drifts)


def unmeasured_references(site: Site, reads: Reads) -> tuple[str, ...]:
    """The rooms whose reference tag is read without signal strength, so that a changed level cannot be noticed."""
    _, unmeasured = _reference_signals(site, reads)
    return tuple(dict.fromkeys(r.room for epc, r in site.references.items() if epc in unmeasured))


def _reference_signals(site: Site, reads: Reads) -> tuple[Mapping[str, list[float]], set[str]]:
    """The signals of each reference tag at its room's antennas, and the tags that were read without any."""
    signals: dict[str, list[float]] = {epc: [] for epc in site.references}
    seen: set[str] = set()
    for antenna, read in reads:
        reference = site.references.get(read.epc)
        if reference is not None and antenna in site.rooms[reference.room]:
            seen.add(read.epc)
            if read.rssi_dbm is not None:
                signals[read.epc].append(read.rssi_dbm)
    return signals, {epc for epc in seen if not signals[epc]}
