"""Learns a calibration from a walk through the rooms, and chooses its settings by cross-validation.

The reads of each room are cut in time into four parts (folds); each part is estimated by a model of the other three,
with the filter of the room tracker. The settings are those that were best on reads the model had not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, log

from hardware.rooms.calibration import OUTSIDE, Calibration, CalibrationError
from hardware.rooms.forward_filter import filter_model, initial_probabilities, update_probabilities
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.signal_model import RSSI_BINS, SignalModel, SmoothingSettings, learned_table, rssi_bin
from hardware.rooms.site import Antenna, Site
from hardware.rooms.track import TagTrack

FOLDS = 4
READ_RATES = (0.2, 0.4, 0.8, 1.5, 3.0, 5.0, 8.0)  # independent reads per second that are tried
# without walls only the walk tells rooms apart, and signals change from day to day
OPEN_FLOOR_RATE_FACTOR = 0.6
BLENDED_WALK_WEIGHT = 0.5  # where the rooms' own antennas tell them apart as well
MAX_BLEND_LOSS = 0.02  # of accuracy, at which the blend with the assumed rows is still preferred
MIN_WALL_DB = 8.0  # by which a room's own antenna must be stronger, to count as walled
OUTSIDE_GAPS_DB = (16.0, 18.0, 20.0, 22.0, 26.0)
MAX_LOST_OUTSIDE = 0.03
SURE_THRESHOLDS = (0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999)
NEVER_SURE = 1.5
MIN_SURE_ACCURACY = 0.995
MAX_GAP_US = 5_000_000
MAX_EVALUATED_READS = 80_000
MAX_RUN_READS = 2_000
WARM_UP_UPDATES = 8  # about 2 s, before a tag estimated outside counts against the assumed corridor


@dataclass(frozen=True, slots=True)
class WalkRead:
    """A read of a calibration walk with the room the tag was in ("" for outside all rooms)."""

    at_us: int
    antenna: Antenna
    rssi_dbm: float
    epc: str
    room: str


Counts = Mapping[tuple[str, Antenna], Sequence[int]]
ReadRun = tuple[str, str, list[WalkRead]]  # room, EPC, reads without a gap above MAX_GAP_US, oldest first


@dataclass(frozen=True, slots=True)
class HeldOutResult:
    """Estimates of held-out reads, one for each filter update.

    `loss` is the mean negative log-probability of the true room, `lost_outside` the share of updates with a tag in a
    room estimated outside; `guesses` holds (probability of the best room, whether it is right).
    """

    loss: float
    lost_outside: float
    guesses: tuple[tuple[float, bool], ...]

    @property
    def accuracy(self) -> float:
        """The share of updates with the right room."""
        return _share([right for _, right in self.guesses])

    def accuracy_from(self, sure: float) -> float:
        """The accuracy of the estimates with at least this probability; 1 if there are none."""
        confident = self.confident(sure)
        return _share(confident) if confident else 1.0

    def confident(self, sure: float) -> list[bool]:
        """Whether each estimate with at least this probability is right."""
        return [right for probability, right in self.guesses if probability >= sure]


def learn_calibration(site: Site, reads: Iterable[WalkRead]) -> Calibration:
    """The calibration of a walk. Raises CalibrationError if a room of the site has too few reads."""
    walk = sorted(reads, key=lambda read: read.at_us)
    names = (*site.rooms, OUTSIDE)
    by_room = {name: [read for read in walk if read.room == name] for name in names}
    thin = [room for room in site.rooms if len(by_room[room]) < 4 * FOLDS]
    if thin:
        raise CalibrationError(
            f"too few reads to learn from in: {', '.join(thin)}; walk at least a minute in every room"
        )
    folds = [_fold(by_room, fold) for fold in range(FOLDS)]
    training = [count_reads(_others(by_room, fold)) for fold in folds]
    validation = _CrossValidation(site, training, [_sample(list(_runs(fold))) for fold in folds])
    gap_db = OUTSIDE_GAPS_DB[0] if by_room[OUTSIDE] else validation.outside_gap_db()
    smoothing, read_rate, walled = _chosen(validation, gap_db, wall_isolation_db(site, count_reads(walk)))
    result = validation.evaluate(smoothing, read_rate)
    thresholds = SURE_THRESHOLDS if walled else SURE_THRESHOLDS[1:]
    sure = next((s for s in thresholds if result.accuracy_from(s) >= MIN_SURE_ACCURACY), NEVER_SURE)
    confident = result.confident(sure)
    return Calibration(
        count_reads(walk),
        read_rate,
        sure,
        smoothing.outside_gap_db,
        smoothing.walk_weight,
        walled,
        accuracy=result.accuracy,
        sure_accuracy=_share(confident),
        sure_share=len(confident) / max(1, len(result.guesses)),
        seconds={name: _seconds(read.at_us for read in part) for name, part in by_room.items() if part},
    )


def _chosen(
    validation: _CrossValidation, gap_db: float, isolation_db: float
) -> tuple[SmoothingSettings, float, bool]:
    """Smoothing, read rate, and whether walls separate the rooms."""
    smoothing = SmoothingSettings(outside_gap_db=gap_db)
    read_rate = validation.read_rate(smoothing)
    if isolation_db < MIN_WALL_DB:
        return smoothing, read_rate * OPEN_FLOOR_RATE_FACTOR, False
    blend = replace(smoothing, walk_weight=BLENDED_WALK_WEIGHT)
    blend_rate = validation.read_rate(blend)
    accuracy = validation.evaluate(smoothing, read_rate).accuracy
    if validation.evaluate(blend, blend_rate).accuracy >= accuracy - MAX_BLEND_LOSS:
        return blend, blend_rate, True
    return smoothing, read_rate, True


def count_reads(reads: Iterable[WalkRead]) -> dict[tuple[str, Antenna], tuple[int, ...]]:
    """Reads by room and antenna in RSSI bins of 1 dB."""
    counts: dict[tuple[str, Antenna], list[int]] = {}
    for read in reads:
        counts.setdefault((read.room, read.antenna), [0] * RSSI_BINS)[rssi_bin(read.rssi_dbm)] += 1
    return {key: tuple(bins) for key, bins in counts.items()}


def wall_isolation_db(site: Site, counts: Counts) -> float:
    """The smallest difference, over all rooms, between the mean RSSI of a room's own antenna and of any other antenna.

    Missed weak reads make it smaller than the isolation of the walls.
    """
    least = inf
    for room, own in site.rooms.items():
        means = {a: _mean_bin(bins) for a in site.antennas if (bins := counts.get((room, a)))}
        best = max((means[a] for a in own if a in means), default=-inf)
        other = max((level for a, level in means.items() if a not in own), default=0.0)
        least = min(least, best - other)
    return least


def _mean_bin(bins: Sequence[int]) -> float:
    return sum(index * count for index, count in enumerate(bins)) / sum(bins)


def _fold(by_room: Mapping[str, list[WalkRead]], fold: int) -> list[WalkRead]:
    return [
        read
        for walk in by_room.values()
        for read in walk[len(walk) * fold // FOLDS : len(walk) * (fold + 1) // FOLDS]
    ]


def _others(by_room: Mapping[str, list[WalkRead]], fold: list[WalkRead]) -> list[WalkRead]:
    held_out = {id(read) for read in fold}
    return [read for walk in by_room.values() for read in walk if id(read) not in held_out]


def _sample(runs: list[ReadRun]) -> list[ReadRun]:
    """Runs of every room, MAX_EVALUATED_READS reads together at most."""
    by_room: dict[str, list[ReadRun]] = {}
    for room, epc, reads in runs:
        by_room.setdefault(room, []).append((room, epc, reads[:MAX_RUN_READS]))
    sample: list[ReadRun] = []
    for listed in by_room.values():
        total = sum(len(run[2]) for run in listed)
        sample += listed[:: 1 + total // (MAX_EVALUATED_READS // (FOLDS * len(by_room)))]
    return sample


def _runs(fold: list[WalkRead]) -> Iterable[ReadRun]:
    open_runs: dict[tuple[str, str], list[WalkRead]] = {}
    for read in sorted(fold, key=lambda read: read.at_us):
        key = (read.room, read.epc)
        run = open_runs.get(key)
        if run and read.at_us - run[-1].at_us > MAX_GAP_US:
            yield (*key, run)
            run = None
        if run is None:
            run = open_runs[key] = []
        run.append(read)
    for key, run in open_runs.items():
        yield (*key, run)


class _CrossValidation:
    """Evaluates settings: for each fold the counts of the other folds, and the runs to estimate."""

    def __init__(self, site: Site, training: Sequence[Counts], runs: Sequence[list[ReadRun]]) -> None:
        self._site = site
        self._folds = tuple(zip(training, runs, strict=True))

    def outside_gap_db(self) -> float:
        """The smallest gap to the assumed corridor at which hardly any tag in a room is estimated outside."""
        for gap in OUTSIDE_GAPS_DB:
            result = self.evaluate(SmoothingSettings(outside_gap_db=gap), 1.0)
            if result.lost_outside <= MAX_LOST_OUTSIDE:
                return gap
        return OUTSIDE_GAPS_DB[-1]

    def read_rate(self, smoothing: SmoothingSettings) -> float:
        """The rate of independent reads with the smallest loss."""
        return min(READ_RATES, key=lambda rate: self.evaluate(smoothing, rate).loss)

    def evaluate(self, smoothing: SmoothingSettings, read_rate: float) -> HeldOutResult:
        """Estimates every fold with a model of the others."""
        guesses: list[tuple[float, bool]] = []
        losses: list[float] = []
        outside = 0
        for counts, runs in self._folds:
            rows = learned_table(self._site, counts, OUTSIDE, smoothing)
            tag_filter = _TagFilter(self._site, SignalModel(rows, read_rate, 1.0, 1.0))
            for room, epc, reads in runs:
                truth = tag_filter.names.index(room)
                for index, probabilities in enumerate(tag_filter.updates(epc, reads)):
                    best = probabilities.index(max(probabilities))
                    losses.append(-log(probabilities[truth]))
                    outside += index >= WARM_UP_UPDATES and best == len(self._site.rooms) != truth
                    guesses.append((probabilities[best], best == truth))
        return HeldOutResult(
            sum(losses) / max(1, len(losses)), outside / max(1, len(guesses)), tuple(guesses)
        )


class _TagFilter:
    """Runs the tracker's filter over the reads of one tag."""

    def __init__(self, site: Site, signals: SignalModel) -> None:
        self.names = (*site.rooms, OUTSIDE)
        self._index = {antenna: index for index, antenna in enumerate(site.antennas)}
        self._model = filter_model(site, signals, PresenceSettings())
        self._room_weights = (1.0,) * len(site.rooms)

    def updates(self, epc: str, reads: Sequence[WalkRead]) -> Iterable[list[float]]:
        """The probabilities after each update."""
        settings = PresenceSettings()
        track = TagTrack(epc, reads[0].at_us, initial_probabilities(len(self.names) - 1))
        for read in reads:
            if read.at_us - track.updated_us >= settings.update_us:
                update_probabilities(track, read.at_us, self._model, self._room_weights)
                yield track.probabilities
            track.pending.append(self._index[read.antenna] * RSSI_BINS + rssi_bin(read.rssi_dbm))


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _seconds(times: Iterable[int]) -> float:
    ordered = list(times)
    return round((ordered[-1] - ordered[0]) / 1e6, 1)
