"""The result of a calibration walk, as counts of reads, and its JSON file.

The file keeps counts, not log-likelihoods: a technician can read them, and a later version can use them differently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hardware.errors import HardwareError
from hardware.json_text import parse_json
from hardware.regular_files import read_regular
from hardware.rooms.signal_model import (
    ASSUMED_UNSURE,
    MIN_RSSI_DBM,
    RSSI_BINS,
    SignalModel,
    SmoothingSettings,
    learned_table,
)
from hardware.rooms.site import Antenna, Site

# a room and antenna has some hundred bytes
_MAX_BYTES: Final = 16 << 20
OUTSIDE = ""
OPEN_FLOOR_DOUBT_FACTOR = (
    2.0  # without walls a tag is unsure again at twice the doubt at which it became sure
)
FILE_KIND = "cheval-calibration-1"


class CalibrationError(HardwareError):
    """A calibration that cannot be used, or does not fit the site."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Counts of reads by (room, antenna) in RSSI bins of 1 dB from -90 dBm; room "" is outside all rooms.

    `read_rate`, `sure`, `outside_gap_db` and `walk_weight` (see `SignalModel`, `SmoothingSettings`) were chosen by
    cross-validation. `walled`: walls separate the rooms. `accuracy` is the share of held-out updates with the right
    room, `sure_accuracy` the same among sure ones, `sure_share` the share of sure ones. `seconds`: walk time by room.
    """

    counts: Mapping[tuple[str, Antenna], tuple[int, ...]]
    read_rate: float
    sure: float
    outside_gap_db: float
    walk_weight: float = 1.0
    walled: bool = True
    accuracy: float = 0.0
    sure_accuracy: float = 0.0
    sure_share: float = 0.0
    seconds: Mapping[str, float] = field(default_factory=dict)

    def signal_model(self, site: Site) -> SignalModel:
        """The model for a site. Raises CalibrationError if the walk missed one of its rooms."""
        walked = {room for room, _ in self.counts}
        missing = [room for room in site.rooms if room not in walked]
        if missing:
            raise CalibrationError(
                f"the walk did not visit {', '.join(missing)}; calibrate again with every room"
            )
        smoothing = SmoothingSettings(outside_gap_db=self.outside_gap_db, walk_weight=self.walk_weight)
        unsure = ASSUMED_UNSURE if self.walled else 1.0 - OPEN_FLOOR_DOUBT_FACTOR * (1.0 - self.sure)
        return SignalModel(
            learned_table(site, self.counts, OUTSIDE, smoothing), self.read_rate, self.sure, unsure
        )


def save_calibration(calibration: Calibration, path: str | Path) -> None:
    """Writes a calibration as JSON. Raises OSError."""
    counts = [
        {"room": room, "antenna": str(antenna), "counts": list(bins)}
        for (room, antenna), bins in calibration.counts.items()
    ]
    # the keys are part of the file format; some are older than the names of the fields
    tree = {
        "kind": FILE_KIND,
        "lowest_dbm": MIN_RSSI_DBM,
        "pace": calibration.read_rate,
        "sure": calibration.sure,
        "outside_gap_db": calibration.outside_gap_db,
        "trust": calibration.walk_weight,
        "parted": calibration.walled,
        "right": calibration.accuracy,
        "right_sure": calibration.sure_accuracy,
        "sure_share": calibration.sure_share,
        "seconds": dict(calibration.seconds),
    }
    text = json.dumps(tree, indent=1)[:-2] + ',\n "counts": [\n  '
    text += ",\n  ".join(json.dumps(line) for line in counts) + "\n ]\n}\n"
    Path(path).write_text(text, encoding="utf-8")


def load_calibration(path: str | Path) -> Calibration:
    """Reads a calibration. Raises CalibrationError for a file that is missing, not JSON or not a calibration."""
    try:
        # an editor may have written a byte order mark
        tree = parse_json(read_regular(Path(path), _MAX_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CalibrationError(f"{path}: cannot be read as JSON: {error}") from error
    try:
        if tree["kind"] != FILE_KIND or tree["lowest_dbm"] != MIN_RSSI_DBM:
            raise ValueError(f"kind is not {FILE_KIND}")
        return Calibration(
            counts={
                (str(c["room"]), Antenna.parse(c["antenna"])): _bins(c["counts"]) for c in tree["counts"]
            },
            read_rate=_within(tree["pace"], 0.01, 100.0),
            sure=_within(tree["sure"], 0.5, 2.0),
            outside_gap_db=_within(tree["outside_gap_db"], 0.0, 60.0),
            walk_weight=_within(tree["trust"], 0.0, 1.0),
            walled=bool(tree["parted"]),
            accuracy=float(tree["right"]),
            sure_accuracy=float(tree["right_sure"]),
            sure_share=float(tree["sure_share"]),
            seconds={str(room): float(s) for room, s in tree["seconds"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise CalibrationError(f"{path}: not a calibration made by `calibrate`: {error!r}") from error


def _bins(listed: object) -> tuple[int, ...]:
    if not isinstance(listed, list) or len(listed) != RSSI_BINS:
        raise ValueError(f"counts must list {RSSI_BINS} bins")
    bins = tuple(int(count) for count in listed)
    if min(bins) < 0:
        raise ValueError("counts must not be negative")
    return bins


def _within(value: object, least: float, most: float) -> float:
    number = float(value) if isinstance(value, int | float) else least - 1.0
    if not least <= number <= most:
        raise ValueError(f"{value!r} is not between {least} and {most}")
    return number
