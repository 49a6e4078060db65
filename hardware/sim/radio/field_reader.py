"""Simulated tag reader without a connection (`sim://`): posts the reads of a simulated field, for tests and trials."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.clock import now_us
from hardware.ports import RadioFact, ReaderUp, TagRead, TagReads
from hardware.sim.radio.field import TagField
from hardware.supervision.threaded_reader import ThreadedReader

_PAUSE_S = 0.01


class TagFieldReader(ThreadedReader[RadioFact]):
    """A `hardware.ports.TagReader` over a TagField."""

    def __init__(self, name: str, field: TagField) -> None:
        super().__init__(name)
        self._field = field

    def _run(self, post: Callable[[RadioFact], None]) -> None:
        post(ReaderUp(self._name, now_us()))
        while not self._stop.wait(_PAUSE_S):
            at_us = now_us()
            reports = self._field.read(time.monotonic(), at_us)
            if reports:
                reads = [
                    TagRead(epc, antenna, rssi, at_us if stamp is None else stamp)
                    for epc, antenna, rssi, stamp in reports
                ]
                post(TagReads(self._name, tuple(reads)))
