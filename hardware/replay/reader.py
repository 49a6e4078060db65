"""Plays recorded reads (`replay://FILE`, written by `listen`) in their original timing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from hardware.clock import now_us
from hardware.ports import (
    NoteKind,
    RadioFact,
    ReaderDown,
    ReaderNote,
    ReaderStillDown,
    ReaderUp,
    TagRead,
    TagReads,
)
from hardware.replay.records import LeftOut, read_records
from hardware.supervision.supervise import Backoff, run_supervised
from hardware.supervision.threaded_reader import ThreadedReader
from hardware.watches.field_watch import RECORDED_FIELDS, FieldWatch

# how often a missing file is tried again
_BACKOFF = Backoff(first_s=0.5, cap_s=2.0)
# reads closer together than this are posted together
_BATCH_US = 2_000
# a file of one moment is not repeated more often than a tag is read by a reader
_MIN_PASS_US = 100_000
_MAX_WAIT_S = 3600.0


class ReplayReader(ThreadedReader[RadioFact]):
    """A TagReader over a file of JSON lines; reads get the present time. After the last line it posts nothing more,
    or starts again with `loop`. A note has the lines that were left out."""

    def __init__(self, name: str, path: str, speed: float = 1.0, *, loop: bool = False) -> None:
        super().__init__(name)
        self._path = Path(path)
        self._speed = speed
        self._loop = loop
        self._noted = ""

    def _run(self, post: Callable[[RadioFact], None]) -> None:
        watch = FieldWatch(self._name, post, RECORDED_FIELDS)
        run_supervised(
            self._name,
            lambda on_connected: self._play(watch, on_connected),
            up=lambda: watch(ReaderUp(self._name, now_us())),
            down=lambda why: watch(ReaderDown(self._name, why, now_us())),
            still=lambda why: watch(ReaderStillDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=_BACKOFF,
        )

    def _play(self, post: Callable[[RadioFact], None], on_connected: Callable[[], None]) -> None:
        self._noted = ""
        self._play_once(post, on_connected)
        while self._loop and not self._stop.is_set():
            self._play_once(post)
        self._stop.wait()

    def _play_once(
        self, post: Callable[[RadioFact], None], on_connected: Callable[[], None] | None = None
    ) -> None:
        """Posts the file's reads once, in at least `_MIN_PASS_S`."""
        left_out = LeftOut()
        batches = _batches(read_records(self._path, left_out))
        batch = next(batches, None)
        if on_connected is not None:
            on_connected()
        start_us = now_us()
        first_us = batch[0].at_us if batch else 0
        while batch:
            self._note(left_out, post)
            if self._stopped_before(start_us + round((batch[0].at_us - first_us) / self._speed)):
                return
            at_us = now_us()
            post(TagReads(self._name, tuple([TagRead(r.epc, r.antenna, r.rssi_dbm, at_us) for r in batch])))
            batch = next(batches, None)
        self._note(left_out, post)
        self._stopped_before(start_us + _MIN_PASS_US)

    def _note(self, left_out: LeftOut, post: Callable[[RadioFact], None]) -> None:
        """Posts which lines were left out so far, if that has changed."""
        text = str(left_out)
        if text and text != self._noted:
            post(ReaderNote(self._name, NoteKind.REPORTS, text, now_us()))
            self._noted = text

    def _stopped_before(self, due_us: int) -> bool:
        """Waits until this time; True if the driver is closed."""
        while (left_s := (due_us - now_us()) / 1e6) > 0 and not self._stop.is_set():
            # a recording may have gaps of years, which `wait` does not accept
            self._stop.wait(min(left_s, _MAX_WAIT_S))
        return self._stop.is_set()


def _batches(records: Iterator[TagRead]) -> Iterator[list[TagRead]]:
    batch: list[TagRead] = []
    for record in records:
        if batch and record.at_us - batch[0].at_us > _BATCH_US:
            yield batch
            batch = []
        batch.append(record)
    if batch:
        yield batch
