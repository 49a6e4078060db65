"""Arguments of `listen`, `decode`, `calibrate` and `locate`, for `python -m hardware` and for `cheval`.

The modules that run them are imported when a command is called.
"""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What `add_subparsers` returns."""


def add(commands: Commands) -> None:
    """Adds the four commands; each sets `run`, a function from parsed arguments to an exit code."""
    _listen(commands)
    _decode(commands)
    _calibrate(commands)
    _locate(commands)


def _listen(commands: Commands) -> None:
    parser = commands.add_parser(
        "listen",
        help="print the tag reads of a reader",
        description="Prints one JSON line per read (epc, antenna, rssi_dbm, at) until the time is over; null is what "
        "the reader does not send. Exit codes: 0 done, 2 bad URI, 3 reader not reachable.",
    )
    parser.add_argument("uri", help="the reader: llrp://HOST[:5084], impinj+https://HOST, replay://FILE, ...")
    parser.add_argument(
        "--seconds",
        type=seconds,
        default=10.0,
        metavar="S",
        help="how long to listen, in seconds (default: 10)",
    )

    def run(arguments: argparse.Namespace) -> int:
        from hardware.commands.listen import run

        return _without_traceback(run, arguments)

    parser.set_defaults(run=run)


def _decode(commands: Commands) -> None:
    parser = commands.add_parser(
        "decode",
        help="decode EPCs and texts of labels: GTIN, serial, URI",
        description="Prints one JSON line per text: GTIN, serial and URI, or why it is not a garment's. An EPC may "
        "have 0x, its PC word or its CRC before it. Exit codes: 0 done, 1 nothing could be decoded.",
    )
    parser.add_argument(
        "epc",
        nargs="+",
        metavar="TEXT",
        help="an EPC in hex or as a URI, or the text of a label; - reads lines of standard input",
    )

    def run(arguments: argparse.Namespace) -> int:
        from hardware.commands.decode import run

        return _without_traceback(run, arguments)

    parser.set_defaults(run=run)


def _calibrate(commands: Commands) -> None:
    parser = commands.add_parser(
        "calibrate",
        help="learn how each antenna reads each room, from a walk through the rooms",
        description="Learns from a CSV file of reads with the columns at_us,antenna,rssi_dbm,epc,room; an empty room "
        "is the corridor. Exit codes: 0 done, 2 a file cannot be used.",
    )
    _site(parser)
    parser.add_argument("--walk", required=True, type=Path, metavar="WALK.csv", help="the reads of the walk")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="CAL.json", help="the calibration to write"
    )

    def run(arguments: argparse.Namespace) -> int:
        from hardware.commands.locate import run_calibrate

        return _without_traceback(run_calibrate, arguments)

    parser.set_defaults(run=run)


def _locate(commands: Commands) -> None:
    parser = commands.add_parser(
        "locate",
        help="estimate the room of each tag from recorded reads",
        description="Prints one JSON line per known tag and second, in the time of the file. The reads are a CSV file "
        "with the columns at_us,antenna,rssi_dbm,epc, in any order; an empty rssi_dbm is an unknown one. "
        "Exit codes: 0 done, 2 a file cannot be used.",
    )
    _site(parser)
    parser.add_argument(
        "--calibration", type=Path, metavar="CAL.json", help="the file that `calibrate` wrote"
    )
    parser.add_argument("--reads", required=True, type=Path, metavar="READS.csv", help="the reads")

    def run(arguments: argparse.Namespace) -> int:
        from hardware.commands.locate import run_locate

        return _without_traceback(run_locate, arguments)

    parser.set_defaults(run=run)


def _site(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--site", required=True, type=Path, metavar="SITE.yaml", help="rooms and their antennas"
    )


def seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1e9:
        raise argparse.ArgumentTypeError("must be above 0 and at most 1000000000")
    return value


def _without_traceback(run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Runs a command. Output that a closed pipe no longer takes (`| head`) is not an error; a full disk is one (1)."""
    # the commands print what matters themselves; without a handler Python would print log lines as well
    logging.getLogger("hardware").addHandler(logging.NullHandler())
    try:
        return run(arguments)
    except BrokenPipeError:
        _drop_output()
        return 0
    except OSError as error:
        if error.errno not in _FULL:
            raise
        print(f"the output cannot be written: {error.strerror}", file=sys.stderr)
        _drop_output()
        return 1


def _drop_output() -> None:
    """What is still buffered is not written, nor reported at the end of the program."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
