"""What a calibration walk taught, as counts of reads, and the file it is kept in.

Counts, not tables of chances, are kept: a technician can read them, and later versions can weigh them better.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hardware.errors import HardwareError
from hardware.rooms.signal_model import (
    ASSUMED_UNSURE,
    MIN_RSSI_DBM,
    RSSI_BINS,
    SignalModel,
    SmoothingSettings,
    learned_table,
)
from hardware.rooms.site import Antenna, Site

OUTSIDE = ""
OPEN_FLOOR_DOUBT_FACTOR = (
    2.0  # on an open floor doubt comes back at twice the doubt at which a tag became sure
)
FILE_KIND = "cheval-calibration-1"


class CalibrationError(HardwareError):
    """A calibration file that cannot be used, or does not fit the site; says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Counts of reads by (room, antenna) in cells of 1 dB from -90 dBm; room "" is outside all rooms.

    `pace`, `sure`, `outside_gap_db` and `trust` were chosen by holding out parts of the walk; `parted` says that
    walls stand between the rooms; `right` is the share of held-out seconds told rightly, `right_sure` and `sure_share`
    the same where sure, and how often that was.
    """

    counts: Mapping[tuple[str, Antenna], tuple[int, ...]]
    pace: float
    sure: float
    outside_gap_db: float
    trust: float = 1.0
    parted: bool = True
    right: float = 0.0
    right_sure: float = 0.0
    sure_share: float = 0.0
    seconds: Mapping[str, float] = field(default_factory=dict)

    def profile(self, site: Site) -> SignalModel:
        """The tables for a site. Errors: CalibrationError where the walk saw none of its rooms."""
        walked = {room for room, _ in self.counts}
        missing = [room for room in site.rooms if room not in walked]
        if missing:
            raise CalibrationError(
                f"the walk did not visit {', '.join(missing)}; calibrate again with every room"
            )
        shape = SmoothingSettings(outside_gap_db=self.outside_gap_db, trust=self.trust)
        unsure = ASSUMED_UNSURE if self.parted else 1.0 - OPEN_FLOOR_DOUBT_FACTOR * (1.0 - self.sure)
        return SignalModel(learned_table(site, self.counts, OUTSIDE, shape), self.pace, self.sure, unsure)


def save_calibration(calibration: Calibration, path: str | Path) -> None:
    """Writes a calibration as JSON. Errors: OSError."""
    counts = [
        {"room": room, "antenna": str(antenna), "counts": list(cells)}
        for (room, antenna), cells in calibration.counts.items()
    ]
    tree = {
        "kind": FILE_KIND,
        "lowest_dbm": MIN_RSSI_DBM,
        "pace": calibration.pace,
        "sure": calibration.sure,
        "outside_gap_db": calibration.outside_gap_db,
        "trust": calibration.trust,
        "parted": calibration.parted,
        "right": calibration.right,
        "right_sure": calibration.right_sure,
        "sure_share": calibration.sure_share,
        "seconds": dict(calibration.seconds),
    }
    text = json.dumps(tree, indent=1)[:-2] + ',\n "counts": [\n  '
    text += ",\n  ".join(json.dumps(line) for line in counts) + "\n ]\n}\n"
    Path(path).write_text(text, encoding="utf-8")


def load_calibration(path: str | Path) -> Calibration:
    """Reads a calibration. Errors: CalibrationError for a file that is absent, no JSON or not of this kind."""
    try:
        tree = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CalibrationError(f"{path}: cannot be read as JSON: {error}") from error
    try:
        if tree["kind"] != FILE_KIND or tree["lowest_dbm"] != MIN_RSSI_DBM:
            raise ValueError(f"kind is not {FILE_KIND}")
        return Calibration(
            counts={
                (str(c["room"]), Antenna.parse(c["antenna"])): _cells(c["counts"]) for c in tree["counts"]
            },
            pace=_within(tree["pace"], 0.01, 100.0),
            sure=_within(tree["sure"], 0.5, 2.0),
            outside_gap_db=_within(tree["outside_gap_db"], 0.0, 60.0),
            trust=_within(tree["trust"], 0.0, 1.0),
            parted=bool(tree["parted"]),
            right=float(tree["right"]),
            right_sure=float(tree["right_sure"]),
            sure_share=float(tree["sure_share"]),
            seconds={str(room): float(s) for room, s in tree["seconds"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CalibrationError(f"{path}: not a calibration made by `calibrate`: {error!r}") from error


def _cells(listed: object) -> tuple[int, ...]:
    if not isinstance(listed, list) or len(listed) != RSSI_BINS:
        raise ValueError(f"counts must list {RSSI_BINS} cells")
    cells = tuple(int(count) for count in listed)
    if min(cells) < 0:
        raise ValueError("counts must not be negative")
    return cells


def _within(value: object, least: float, most: float) -> float:
    number = float(value) if isinstance(value, int | float) else least - 1.0
    if not least <= number <= most:
        raise ValueError(f"{value!r} is not between {least} and {most}")
    return number
