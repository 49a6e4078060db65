"""From a calibration walk to what it teaches, with its own examination.

The walk is cut into four parts per room; each part is told from the other three, as the watch would tell it. So pace
and the chance from which a tag is called sure are chosen by what was right on reads that were not learned from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, log

from hardware.rooms.calibration import OUTSIDE, Calibration, CalibrationError
from hardware.rooms.forward_filter import filter_model, initial_probabilities, weigh
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.signal_model import RSSI_BINS, SignalModel, SmoothingSettings, cell, learned_table
from hardware.rooms.site import Antenna, Site
from hardware.rooms.track import TagTrack

FOLDS = 4
READ_RATES = (0.2, 0.4, 0.8, 1.5, 3.0, 5.0, 8.0)
OPEN_FLOOR_RATE_FACTOR = (
    0.6  # of the best pace where only the walk tells rooms apart: the next day is never like it
)
BLENDED_WALK_WEIGHT = 0.5  # trust in the walk where the rooms' own antennas tell them apart as well
MAX_BLEND_LOSS = 0.02
MIN_WALL_DB = 8.0  # by which a room's own antenna must stand out before it is believed without the walk
OUTSIDE_GAPS_DB = (16.0, 18.0, 20.0, 22.0, 26.0)
MAX_LOST_OUTSIDE = 0.03
SURE_THRESHOLDS = (0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999)
NEVER_SURE = 1.5
MIN_SURE_ACCURACY = 0.995
MAX_GAP_US = 5_000_000
MAX_EVALUATED_READS = 80_000
MAX_RUN_READS = 2_000  # reads of one piece
WARM_UP_UPDATES = 8  # weighings, about 2 s, before a tag called outside is held against the assumed corridor


@dataclass(frozen=True, slots=True)
class WalkRead:
    """A read of a calibration walk, with the room the tag was in ("" for outside all rooms)."""

    at_us: int
    antenna: Antenna
    rssi_dbm: float
    epc: str
    room: str


Counts = Mapping[tuple[str, Antenna], Sequence[int]]
ReadRun = tuple[str, str, list[WalkRead]]  # room, EPC, reads without a long break, oldest first


@dataclass(frozen=True, slots=True)
class HeldOutResult:
    """What was told of held-out reads: the truth's chance and the best guess, four times a second."""

    loss: float
    lost_outside: float
    told: tuple[tuple[float, bool], ...]

    @property
    def right(self) -> float:
        """The share told rightly."""
        return _share([right for _, right in self.told])


def learn(site: Site, reads: Iterable[WalkRead]) -> Calibration:
    """The calibration of a walk. Errors: CalibrationError where a room of the site has too few reads to learn from."""
    walk = sorted(reads, key=lambda read: read.at_us)
    names = (*site.rooms, OUTSIDE)
    by_room = {name: [read for read in walk if read.room == name] for name in names}
    thin = [room for room in site.rooms if len(by_room[room]) < 4 * FOLDS]
    if thin:
        raise CalibrationError(
            f"too few reads to learn from in: {', '.join(thin)}; walk at least a minute in every room"
        )
    folds = [_part(by_room, fold) for fold in range(FOLDS)]
    rest = [count(_others(by_room, folds[fold])) for fold in range(FOLDS)]
    pieces = [_asked(list(_pieces(part))) for part in folds]
    hall = _CrossValidation(site, rest, pieces)
    shape = SmoothingSettings(outside_gap_db=hall.gap_db() if not by_room[OUTSIDE] else OUTSIDE_GAPS_DB[0])
    pace = hall.pace(shape)
    exam = hall.examine(shape, pace)
    blend = replace(shape, trust=BLENDED_WALK_WEIGHT)
    blend_pace = hall.pace(blend)
    blend_exam = hall.examine(blend, blend_pace)
    parted = wall_isolation_db(site, count(walk)) >= MIN_WALL_DB
    if parted and blend_exam.right >= exam.right - MAX_BLEND_LOSS:
        shape, pace, exam = blend, blend_pace, blend_exam
    elif not parted:
        pace *= OPEN_FLOOR_RATE_FACTOR
        exam = hall.examine(shape, pace)
    levels = SURE_THRESHOLDS if parted else SURE_THRESHOLDS[1:]
    sure = next((s for s in levels if _right_from(exam, s) >= MIN_SURE_ACCURACY), NEVER_SURE)
    seconds = {name: _seconds(read.at_us for read in part) for name, part in by_room.items() if part}
    made = Calibration(count(walk), pace, sure, shape.outside_gap_db, shape.trust, parted, seconds=seconds)
    confident = [right for chance, right in exam.told if chance >= sure]
    return replace(
        made,
        right=exam.right,
        right_sure=_share(confident),
        sure_share=len(confident) / max(1, len(exam.told)),
    )


def count(reads: Iterable[WalkRead]) -> dict[tuple[str, Antenna], tuple[int, ...]]:
    """Reads by room and antenna in cells of 1 dB."""
    counts: dict[tuple[str, Antenna], list[int]] = {}
    for read in reads:
        counts.setdefault((read.room, read.antenna), [0] * RSSI_BINS)[cell(read.rssi_dbm)] += 1
    return {key: tuple(cells) for key, cells in counts.items()}


def wall_isolation_db(site: Site, counts: Counts) -> float:
    """By how much the worst room's own antennas hear its tags louder, on the mean of reads, than any other antenna
    does. Weak reads that are missed make this smaller than the isolation of the walls."""
    least = inf
    for room, own in site.rooms.items():
        loud = {a: _mean_cell(cells) for a in site.antennas if (cells := counts.get((room, a)))}
        best = max((loud[a] for a in own if a in loud), default=-inf)
        other = max((level for a, level in loud.items() if a not in own), default=0.0)
        least = min(least, best - other)
    return least


def _mean_cell(cells: Sequence[int]) -> float:
    return sum(index * cell_count for index, cell_count in enumerate(cells)) / sum(cells)


def _part(by_room: Mapping[str, list[WalkRead]], fold: int) -> list[WalkRead]:
    return [
        read
        for walk in by_room.values()
        for read in walk[len(walk) * fold // FOLDS : len(walk) * (fold + 1) // FOLDS]
    ]


def _others(by_room: Mapping[str, list[WalkRead]], part: list[WalkRead]) -> list[WalkRead]:
    held = {id(read) for read in part}
    return [read for walk in by_room.values() for read in walk if id(read) not in held]


def _asked(pieces: list[ReadRun]) -> list[ReadRun]:
    """So many pieces as an exam has time for, of every room."""
    by_room: dict[str, list[ReadRun]] = {}
    for room, epc, reads in pieces:
        by_room.setdefault(room, []).append((room, epc, reads[:MAX_RUN_READS]))
    asked: list[ReadRun] = []
    for listed in by_room.values():
        whole = sum(len(piece[2]) for piece in listed)
        asked += listed[:: 1 + whole // (MAX_EVALUATED_READS // (FOLDS * len(by_room)))]
    return asked


def _pieces(part: list[WalkRead]) -> Iterable[ReadRun]:
    open_pieces: dict[tuple[str, str], list[WalkRead]] = {}
    for read in sorted(part, key=lambda read: read.at_us):
        key = (read.room, read.epc)
        piece = open_pieces.get(key)
        if piece and read.at_us - piece[-1].at_us > MAX_GAP_US:
            yield (*key, piece)
            piece = None
        if piece is None:
            piece = open_pieces[key] = []
        piece.append(read)
    for key, piece in open_pieces.items():
        yield (*key, piece)


class _CrossValidation:
    """Where exams are sat: what each fold may learn from, and the pieces it is asked about."""

    def __init__(self, site: Site, rest: Sequence[Counts], pieces: Sequence[list[ReadRun]]) -> None:
        self._site = site
        self._folds = tuple(zip(rest, pieces, strict=True))

    def gap_db(self) -> float:
        """The smallest gap to the assumed corridor at which hardly any tag in a room seems to be out there."""
        for gap in OUTSIDE_GAPS_DB:
            if self.examine(SmoothingSettings(outside_gap_db=gap), 1.0).lost_outside <= MAX_LOST_OUTSIDE:
                return gap
        return OUTSIDE_GAPS_DB[-1]

    def pace(self, shape: SmoothingSettings) -> float:
        """The pace that gives the truth the most chance."""
        return min(READ_RATES, key=lambda pace: self.examine(shape, pace).loss)

    def examine(self, shape: SmoothingSettings, pace: float) -> HeldOutResult:
        """Tells every fold from the others."""
        told: list[tuple[float, bool]] = []
        losses: list[float] = []
        outside = 0
        for counts, part in self._folds:
            rows = learned_table(self._site, counts, OUTSIDE, shape)
            teller = _TagFilter(self._site, SignalModel(rows, pace, 1.0, 1.0))
            for room, epc, reads in part:
                truth = teller.names.index(room)
                for index, chances in enumerate(teller.tell(epc, reads)):
                    best = chances.index(max(chances))
                    losses.append(-log(chances[truth]))
                    outside += index >= WARM_UP_UPDATES and best == len(self._site.rooms) != truth
                    told.append((chances[best], best == truth))
        return HeldOutResult(sum(losses) / max(1, len(losses)), outside / max(1, len(told)), tuple(told))


class _TagFilter:
    """Runs the filter of the watch over the reads of one tag."""

    def __init__(self, site: Site, profile: SignalModel) -> None:
        self.names = (*site.rooms, OUTSIDE)
        self._index = {antenna: index for index, antenna in enumerate(site.antennas)}
        self._scales = filter_model(site, profile, PresenceSettings())
        self._welcome = (1.0,) * len(site.rooms)

    def tell(self, epc: str, reads: Sequence[WalkRead]) -> Iterable[list[float]]:
        tuning = PresenceSettings()
        track = TagTrack(epc, reads[0].at_us, initial_probabilities(len(self.names) - 1))
        for read in reads:
            if read.at_us - track.weighed_us >= tuning.judge_us:
                weigh(track, read.at_us, self._scales, self._welcome)
                yield track.chances
            track.heard.append(self._index[read.antenna] * RSSI_BINS + cell(read.rssi_dbm))


def _right_from(exam: HeldOutResult, sure: float) -> float:
    confident = [right for chance, right in exam.told if chance >= sure]
    return _share(confident) if confident else 1.0


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _seconds(times: Iterable[int]) -> float:
    ordered = list(times)
    return round((ordered[-1] - ordered[0]) / 1e6, 1)
