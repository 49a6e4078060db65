"""Cross-validation of a calibration walk: how well settings estimate the room of reads that were not learned from.

The reads of each room are cut in time into four parts (folds); each part is estimated by a model of the other three,
with the filter of the room tracker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from hardware.rooms.calibration import OUTSIDE
from hardware.rooms.forward_filter import filter_model, initial_probabilities, update_probabilities
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.signal_model import ROW_BINS, SignalModel, SmoothingSettings, learned_table, rssi_bin
from hardware.rooms.site import Site
from hardware.rooms.track import TagTrack
from hardware.rooms.walk import WalkRead, count_reads

FOLDS = 4
READ_RATES = (0.2, 0.4, 0.8, 1.5, 3.0, 5.0, 8.0)  # independent reads per second that are tried
OUTSIDE_GAPS_DB = (16.0, 18.0, 20.0, 22.0, 26.0)
MAX_LOST_OUTSIDE = 0.03
MAX_GAP_US = 5_000_000
MAX_EVALUATED_READS = 80_000
MAX_RUN_READS = 2_000
WARM_UP_UPDATES = 8  # about 2 s, before a tag estimated outside counts against the assumed corridor

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
        return share([right for _, right in self.guesses])

    def accuracy_from(self, sure: float) -> float:
        """The accuracy of the estimates with at least this probability; 1 if there are none."""
        confident = self.confident(sure)
        return share(confident) if confident else 1.0

    def confident(self, sure: float) -> list[bool]:
        """Whether each estimate with at least this probability is right."""
        return [right for probability, right in self.guesses if probability >= sure]


class CrossValidation:
    """Evaluates settings on a walk. `by_room` holds its reads by room, each room's oldest first."""

    def __init__(self, site: Site, by_room: Mapping[str, list[WalkRead]]) -> None:
        folds = [_fold(by_room, fold) for fold in range(FOLDS)]
        training = [count_reads(_others(by_room, fold)) for fold in folds]
        self._site = site
        self._folds = tuple(zip(training, [_sample(list(_runs(fold))) for fold in folds], strict=True))

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
            track.pending.append(self._index[read.antenna] * ROW_BINS + rssi_bin(read.rssi_dbm))


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


def share(flags: Sequence[bool]) -> float:
    """The share of True; 0 for none."""
    return sum(flags) / len(flags) if flags else 0.0
