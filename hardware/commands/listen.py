"""`listen`: prints the tag reads of a reader, one JSON line for each read; notes and a summary on standard error."""

from __future__ import annotations

import argparse
import json
import queue
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hardware.clock import now_us
from hardware.drivers.tag_reader import open_tag_reader
from hardware.drivers.uri.address import without_password
from hardware.epc.codec import decode
from hardware.errors import EpcError, HardwareError
from hardware.ports import RadioFact, ReaderDown, ReaderNote, ReaderStillDown, ReaderUp, TagRead, TagReads
from hardware.printable_text import printable
from hardware.watches.read_watch import ReadSummary, ReadWatch, WatchSettings, silence_text
from hardware.watches.reader_notes import NoteChange, StandingNotes

_BAD_URI = 2
_UNREACHABLE = 3
# how long to wait for a reader that is unreachable at first, or serves another client
_GRACE_S = 5.0
# after so long without a read a line names what to check
_SILENT_S = 3.0
_TICK_S = 0.25
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
    output = _Output(uri)
    began = time.monotonic()
    try:
        _print_facts(end, next_fact, output)
    finally:
        # also after Ctrl-C
        output.conclude(time.monotonic() - began)
    return 0 if output.was_up else _UNREACHABLE


def _print_facts(end: float, next_fact: Callable[[bool, float], RadioFact], output: _Output) -> None:
    """Until `end`, a time of the monotonic clock, or until a reader that never answered is given up."""
    until = end
    while (left := until - time.monotonic()) > 0:
        try:
            fact = next_fact(True, min(left, _TICK_S))  # noqa: FBT003 the queue's own order
        except queue.Empty:
            pass
        else:
            output.take(fact)
            if isinstance(fact, ReaderUp):
                until = end
            elif isinstance(fact, ReaderDown) and not output.was_up:
                until = min(end, time.monotonic() + _GRACE_S)
        output.tick(now_us())


class _Output:
    """What a reader has posted: prints reads on standard output, everything else on standard error."""

    def __init__(self, uri: str) -> None:
        self.was_up = False
        self._uri, self._reported = uri, False
        self._notes = StandingNotes()
        self._watch = ReadWatch(uri, WatchSettings(silent_s=_SILENT_S, silence_after_reads=False), is_garment)

    def take(self, fact: RadioFact) -> None:
        self._watch.take(fact)
        match fact:
            case TagReads(_, reads):
                print("\n".join(map(json_line, reads)), flush=True)
            case ReaderNote():
                self._note(fact)
            case ReaderDown(_, why, _):
                self._reported = True
                self._notes.take(fact)
                self._say(why)
            case ReaderStillDown(_, why, _):
                self._say(why)
            case ReaderUp():
                self.was_up = True
                self._notes.take(fact)

    def tick(self, at_us: int) -> None:
        for note in self._watch.tick(at_us):
            self._note(note)

    def _note(self, note: ReaderNote) -> None:
        change = self._notes.take(note)
        if change is NoteChange.BEGAN:
            self._say(printable(note.text))
        elif change is NoteChange.ENDED:
            self._say(f"over: {printable(note.text)}")

    def conclude(self, seconds: float) -> None:
        """One line about all reads, or why there are none."""
        summary = self._watch.summary()
        if not self.was_up:
            if not self._reported:
                self._say("no answer")
        elif not summary.reads:
            self._say(silence_text(seconds))
        elif summary.between_s is not None:
            self._say(f"{_counts(summary)}, {summary.between_s:.2g} s between reads of one tag")
        elif seconds > _SILENT_S:
            self._say(
                f"{_counts(summary)}, none of them twice in {seconds:.0f} s; set session=0, or hold a tag still"
            )
        else:
            self._say(_counts(summary))

    def _say(self, text: str) -> None:
        print(f"{self._uri}: {text}", file=sys.stderr, flush=True)


def _counts(summary: ReadSummary) -> str:
    reads = "1 read" if summary.reads == 1 else f"{summary.reads} reads"
    return f"{reads} of " + ("1 tag" if summary.tags == 1 else f"{summary.tags} tags")


def is_garment(epc: str) -> bool:
    """Whether an EPC identifies a garment: an SGTIN in any form."""
    try:
        decode(epc)
    except EpcError:
        return False
    return True


def json_line(read: TagRead) -> str:
    """One read as JSON, null for what the reader did not send; `replay://` reads these lines again."""
    at = _EPOCH + timedelta(microseconds=read.at_us)
    stamp = at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return json.dumps({"epc": read.epc, "antenna": read.antenna, "rssi_dbm": read.rssi_dbm, "at": stamp})
