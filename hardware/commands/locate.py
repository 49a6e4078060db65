"""`calibrate` learns how each antenna reads each room; `locate` estimates the room of each recorded tag."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from hardware.clock import US
from hardware.errors import HardwareError
from hardware.rooms.calibration import Calibration, load_calibration, save_calibration
from hardware.rooms.estimates import SecondEstimates, estimates_by_second
from hardware.rooms.learning import learn_calibration
from hardware.rooms.reads_csv import READ_COLUMNS, WALK_COLUMNS, ReadsFile, load_reads
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import load_site

_UNUSABLE = 2


def run_calibrate(arguments: argparse.Namespace) -> int:
    """Learns from a walk and writes the calibration; the exit code."""
    try:
        site = load_site(arguments.site)
        walk = load_reads(arguments.walk, site, WALK_COLUMNS)
        _print_skipped(walk, arguments.walk)
        calibration = learn_calibration(site, walk.reads)
        save_calibration(calibration, arguments.out)
    except HardwareError as error:
        return _unusable(str(error))
    except OSError as error:
        return _unusable(f"{arguments.out}: cannot be written: {error.strerror}")
    _print_result(calibration, len(walk.reads), arguments.out)
    return 0


def run_locate(arguments: argparse.Namespace) -> int:
    """Runs the room tracker over recorded reads and prints its estimates; the exit code."""
    try:
        site = load_site(arguments.site)
        calibration = load_calibration(arguments.calibration) if arguments.calibration else None
        tracker = RoomTracker(site, calibration)
        recording = load_reads(arguments.reads, site, READ_COLUMNS)
    except HardwareError as error:
        return _unusable(str(error))
    _print_skipped(recording, arguments.reads)
    located = 0
    for second in estimates_by_second(tracker, recording.reads):
        _print_estimates(second)
        located += len(second.tags)
    if not located:
        _report(f"{arguments.reads}: too few reads to locate a garment: {_extent(recording)}")
    return 0


def _extent(recording: ReadsFile) -> str:
    times = [read.at_us for read in recording.reads]
    seconds = (times[-1] - times[0]) / US
    return f"{len(times)} read{'s' if len(times) > 1 else ''} in {seconds:.3g} s"


def _print_estimates(second: SecondEstimates) -> None:
    for tag in second.tags:
        line = {
            "at_us": second.at_us,
            "epc": tag.epc,
            "room": tag.room,
            "confidence": tag.confidence,
            "sure": tag.sure,
        }
        print(json.dumps(line))


def _print_result(calibration: Calibration, reads: int, out: Path) -> None:
    walked = ", ".join(f"{room or 'outside'} {s:.0f} s" for room, s in calibration.seconds.items())
    _report(f"learned from {reads} reads ({walked}) into {out}")
    _report(
        f"on held-out parts of the walk: right room {100 * calibration.accuracy:.1f} %; "
        f"sure {100 * calibration.sure_share:.1f} % of the time, then right {100 * calibration.sure_accuracy:.2f} %"
    )


def _print_skipped(file: ReadsFile, path: Path) -> None:
    for line in file.skipped.lines(str(path)):
        _report(line)


def _unusable(why: str) -> int:
    _report(why)
    return _UNUSABLE


def _report(line: str) -> None:
    print(line, file=sys.stderr)
