"""Plays recorded reads (`replay://FILE`, written by `listen`) in their original timing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from hardware.clock import now_us
from hardware.errors import ConnectionLostError, HardwareError
from hardware.field_watch import RECORDED_FIELDS, FieldWatch
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagRead, TagReads
from hardware.supervise import Backoff, run_supervised
from hardware.threaded_reader import ThreadedReader

# how often a missing file is tried again
_BACKOFF = Backoff(first_s=0.5, cap_s=2.0)
# reads closer together than this are posted together
_BATCH_US = 2_000


class ReplayRecordError(HardwareError):
    """An invalid line of a file of recorded reads."""


class ReplayReader(ThreadedReader[RadioFact]):
    """A TagReader over a file of JSON lines; reads get the present time. After the last line it posts nothing more,
    or starts again with `loop`."""

    def __init__(self, name: str, path: str, speed: float = 1.0, *, loop: bool = False) -> None:
        super().__init__(name)
        self._path = Path(path)
        self._speed = speed
        self._loop = loop

    def _run(self, post: Callable[[RadioFact], None]) -> None:
        watch = FieldWatch(self._name, post, RECORDED_FIELDS)
        run_supervised(
            self._name,
            lambda on_connected: self._play(watch, on_connected),
            up=lambda: watch(ReaderUp(self._name, now_us())),
            down=lambda why: watch(ReaderDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=_BACKOFF,
        )

    def _play(self, post: Callable[[RadioFact], None], on_connected: Callable[[], None]) -> None:
        records = list(read_records(self._path))
        on_connected()
        while records:
            start_us, first_us = now_us(), records[0].at_us
            for batch in _batches(records):
                due_us = start_us + round((batch[0].at_us - first_us) / self._speed)
                if self._stop.wait(max(0.0, (due_us - now_us()) / 1e6)):
                    return
                stamped = (TagRead(read.epc, read.antenna, read.rssi_dbm, now_us()) for read in batch)
                post(TagReads(self._name, tuple(stamped)))
            if not self._loop:
                break
        self._stop.wait()


def _batches(records: list[TagRead]) -> Iterator[list[TagRead]]:
    batch: list[TagRead] = []
    for record in records:
        if batch and record.at_us - batch[0].at_us > _BATCH_US:
            yield batch
            batch = []
        batch.append(record)
    yield batch


def read_records(path: Path) -> Iterator[TagRead]:
    """The reads of a file, oldest first. Raises ConnectionLostError without a file, ReplayRecordError."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConnectionLostError(f"cannot read {path}: {error}") from error
    reads = [_record(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    yield from sorted(reads, key=lambda read: read.at_us)


def _record(number: int, line: str) -> TagRead:
    try:
        record = json.loads(line)
        at = datetime.fromisoformat(record["at"])
        epc = bytes.fromhex(record["epc"]).hex().upper()
        antenna, rssi_dbm = record["antenna"], record["rssi_dbm"]
        return TagRead(
            epc,
            None if antenna is None else int(antenna),
            None if rssi_dbm is None else float(rssi_dbm),
            round(at.timestamp() * 1e6),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReplayRecordError(f"line {number} is not a read: {error}") from error
