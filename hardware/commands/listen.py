"""`listen`: what a reader reads, one JSON line a read."""

from __future__ import annotations

import argparse
import json
import queue
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hardware.drivers.tag_reader import open_tag_reader, shown
from hardware.errors import HardwareError
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagRead, TagReads

_BAD_ADDRESS = 2
_UNREACHABLE = 3
# how long a reader that is away at first, or busy with another client, is waited for
_GRACE_S = 5.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "listen",
        help="print what a reader reads",
        description="Prints one JSON line per read (epc, antenna, rssi_dbm, at) and ends by itself. "
        "Exit code 0, 2 for a bad address, 3 if the reader cannot be reached.",
    )
    parser.add_argument("uri", help="llrp://HOST[:5084], replay://FILE, ...")
    parser.add_argument("--seconds", type=_seconds, default=10.0, help="how long to listen (default 10)")
    parser.set_defaults(run=run)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1e9:
        raise argparse.ArgumentTypeError("above 0, please")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Listens and prints; the exit code."""
    try:
        reader = open_tag_reader(arguments.uri, shown(arguments.uri))
    except HardwareError as error:
        print(error, file=sys.stderr)
        return _BAD_ADDRESS
    facts: queue.SimpleQueue[RadioFact] = queue.SimpleQueue()
    reader.start(facts.put)
    try:
        return _print_until(time.monotonic() + arguments.seconds, facts.get, reader.name)
    finally:
        reader.close()


def _print_until(end: float, next_fact: Callable[[bool, float], RadioFact], uri: str) -> int:
    was_up = told = False
    until = end
    while (left := until - time.monotonic()) > 0:
        try:
            fact = next_fact(True, left)  # noqa: FBT003 the queue's own order
        except queue.Empty:
            break
        match fact:
            case TagReads(_, reads):
                print("\n".join(map(line, reads)), flush=True)
            case ReaderDown(_, why, _):
                told = True
                print(f"{uri}: {why}", file=sys.stderr, flush=True)
                if not was_up:
                    until = min(end, time.monotonic() + _GRACE_S)
            case ReaderUp():
                was_up, until = True, end
    if not was_up and not told:
        print(f"{uri}: no answer", file=sys.stderr)
    return 0 if was_up else _UNREACHABLE


def line(read: TagRead) -> str:
    """One read as it is printed, and as `replay://` reads it again."""
    at = _EPOCH + timedelta(microseconds=read.at_us)
    stamp = at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return json.dumps({"epc": read.epc, "antenna": read.antenna, "rssi_dbm": read.rssi_dbm, "at": stamp})
