"""`calibrate` and `locate`: what a walk teaches, and where the tags of a file of reads were."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from hardware.errors import HardwareError
from hardware.rooms.calibration import Calibration, load_calibration, save_calibration
from hardware.rooms.estimates import SecondEstimates, seconds
from hardware.rooms.learning import learn
from hardware.rooms.reads_csv import READ_COLUMNS, WALK_COLUMNS, ReadsFile, load_reads
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import load_site

_UNUSABLE = 2


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Registers the commands."""
    parser = subparsers.add_parser(
        "calibrate",
        help="learn from a walk through the rooms how each antenna hears them",
        description="Learns from a CSV file of reads with the columns at_us,antenna,rssi_dbm,epc,room; an empty room "
        "is the corridor. Exit code 0, or 2 if a file cannot be used.",
    )
    parser.add_argument(
        "--site", required=True, type=Path, metavar="SITE.yaml", help="rooms and their antennas"
    )
    parser.add_argument("--walk", required=True, type=Path, metavar="WALK.csv", help="the reads of the walk")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="CAL.json", help="the calibration to write"
    )
    parser.set_defaults(run=run_calibrate)
    parser = subparsers.add_parser(
        "locate",
        help="tell from reads in which room each tag was",
        description="Prints for every second one JSON line per known tag, with the times of the file. The reads are "
        "a CSV file with the columns at_us,antenna,rssi_dbm,epc, in any order. Exit code 0, or 2 if a file is bad.",
    )
    parser.add_argument(
        "--site", required=True, type=Path, metavar="SITE.yaml", help="rooms and their antennas"
    )
    parser.add_argument("--calibration", type=Path, metavar="CAL.json", help="what `calibrate` wrote")
    parser.add_argument("--reads", required=True, type=Path, metavar="READS.csv", help="the reads")
    parser.set_defaults(run=run_locate)


def run_calibrate(arguments: argparse.Namespace) -> int:
    """Learns and writes; the exit code."""
    try:
        site = load_site(arguments.site)
        table = load_reads(arguments.walk, site, WALK_COLUMNS)
        _tell_bad(table, arguments.walk)
        calibration = learn(site, table.reads)
        save_calibration(calibration, arguments.out)
    except HardwareError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{arguments.out}: cannot be written: {error.strerror}")
    _report(calibration, len(table.reads), arguments.out)
    return 0


def run_locate(arguments: argparse.Namespace) -> int:
    """Replays and prints; the exit code."""
    try:
        site = load_site(arguments.site)
        calibration = load_calibration(arguments.calibration) if arguments.calibration else None
        watch = RoomTracker(site, calibration)
        table = load_reads(arguments.reads, site, READ_COLUMNS)
    except HardwareError as error:
        return _refuse(str(error))
    _tell_bad(table, arguments.reads)
    for second in seconds(watch, table.reads):
        _print(second)
    return 0


def _print(second: SecondEstimates) -> None:
    for belief in second.beliefs:
        line = {
            "at_us": second.at_us,
            "epc": belief.epc,
            "room": belief.room,
            "confidence": belief.confidence,
            "sure": belief.sure,
        }
        print(json.dumps(line))


def _report(calibration: Calibration, reads: int, out: Path) -> None:
    walked = ", ".join(f"{room or 'outside'} {s:.0f} s" for room, s in calibration.seconds.items())
    _say(f"learned from {reads} reads ({walked}) into {out}")
    _say(
        f"held-out parts of the walk: {100 * calibration.right:.1f} % told rightly; "
        f"sure {100 * calibration.sure_share:.1f} % of the time, then right {100 * calibration.right_sure:.2f} %"
    )


def _tell_bad(table: ReadsFile, path: Path) -> None:
    for line in table.bad.lines(str(path)):
        _say(line)


def _refuse(why: str) -> int:
    _say(why)
    return _UNUSABLE


def _say(line: str) -> None:
    print(line, file=sys.stderr)
