"""`listen`: prints the tag reads of a reader, one JSON line for each read."""

from __future__ import annotations

import argparse
import json
import queue
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hardware.drivers.address import without_password
from hardware.drivers.tag_reader import open_tag_reader
from hardware.errors import HardwareError
from hardware.ports import RadioFact, ReaderDown, ReaderNote, ReaderUp, TagRead, TagReads

_BAD_URI = 2
_UNREACHABLE = 3
# how long to wait for a reader that is unreachable at first, or serves another client
_GRACE_S = 5.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def run(arguments: argparse.Namespace) -> int:
    """Listens and prints; the exit code."""
    try:
        reader = open_tag_reader(arguments.uri, without_password(arguments.uri))
    except HardwareError as error:
        print(error, file=sys.stderr)
        return _BAD_URI
    facts: queue.SimpleQueue[RadioFact] = queue.SimpleQueue()
    reader.start(facts.put)
    try:
        return _print_until(time.monotonic() + arguments.seconds, facts.get, reader.name)
    finally:
        reader.close()


def _print_until(end: float, next_fact: Callable[[bool, float], RadioFact], uri: str) -> int:
    was_up = reported = False
    until = end
    while (left := until - time.monotonic()) > 0:
        try:
            fact = next_fact(True, left)  # noqa: FBT003 the queue's own order
        except queue.Empty:
            break
        match fact:
            case TagReads(_, reads):
                print("\n".join(map(json_line, reads)), flush=True)
            case ReaderNote(text=text):
                print(f"{uri}: {text}", file=sys.stderr, flush=True)
            case ReaderDown(_, why, _):
                reported = True
                print(f"{uri}: {why}", file=sys.stderr, flush=True)
                if not was_up:
                    until = min(end, time.monotonic() + _GRACE_S)
            case ReaderUp():
                was_up, until = True, end
    if not was_up and not reported:
        print(f"{uri}: no answer", file=sys.stderr)
    return 0 if was_up else _UNREACHABLE


def json_line(read: TagRead) -> str:
    """One read as JSON, null for what the reader did not send; `replay://` reads these lines again."""
    at = _EPOCH + timedelta(microseconds=read.at_us)
    stamp = at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return json.dumps({"epc": read.epc, "antenna": read.antenna, "rssi_dbm": read.rssi_dbm, "at": stamp})
