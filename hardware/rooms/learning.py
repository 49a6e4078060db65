"""Learns a calibration from a walk through the rooms; cross-validation chooses its settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hardware.rooms.calibration import OUTSIDE, Calibration, CalibrationError
from hardware.rooms.cross_validation import FOLDS, OUTSIDE_GAPS_DB, CrossValidation, share
from hardware.rooms.signal_model import SmoothingSettings
from hardware.rooms.site import Site
from hardware.rooms.walk import WalkRead, count_reads, wall_isolation_db

# without walls only the walk distinguishes rooms, and signals change from day to day
OPEN_FLOOR_RATE_FACTOR = 0.6
BLENDED_WALK_WEIGHT = 0.5  # where the rooms' own antennas tell them apart as well
MAX_BLEND_LOSS = 0.02  # of accuracy, at which the blend with the assumed rows is still preferred
MIN_WALL_DB = 8.0  # by which a room's own antenna must be stronger, to count as walled
SURE_THRESHOLDS = (0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999)
NEVER_SURE = 1.5
MIN_SURE_ACCURACY = 0.995


def learn_calibration(site: Site, reads: Iterable[WalkRead]) -> Calibration:
    """The calibration of a walk. Raises CalibrationError if a room of the site has too few reads.

    A calibration is learned from signal strengths; reads without one are left out.
    """
    seen = list(reads)
    walk = sorted((read for read in seen if read.rssi_dbm is not None), key=lambda read: read.at_us)
    if seen and not walk:
        raise CalibrationError(
            "the reads of the walk have no signal strength, from which a calibration is learned; "
            "switch on PeakRSSI in the reader's reports"
        )
    names = (*site.rooms, OUTSIDE)
    by_room = {name: [read for read in walk if read.room == name] for name in names}
    thin = [room for room in site.rooms if len(by_room[room]) < 4 * FOLDS]
    if thin:
        raise CalibrationError(
            f"too few reads to learn from in: {', '.join(thin)}; walk at least a minute in every room"
        )
    validation = CrossValidation(site, by_room)
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
        sure_accuracy=share(confident),
        sure_share=len(confident) / max(1, len(result.guesses)),
        seconds={name: _seconds(read.at_us for read in part) for name, part in by_room.items() if part},
    )


def _chosen(
    validation: CrossValidation, gap_db: float, isolation_db: float
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


def _seconds(times: Iterable[int]) -> float:
    ordered = list(times)
    return round((ordered[-1] - ordered[0]) / 1e6, 1)
