"""A label scanner as a tag reader: scans become reads, refused labels are only logged."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from hardware.epc.codec import decode
from hardware.labels.scanner_tag_reader import ScannerTagReader, scanned_epc
from hardware.ports import LabelFact, LabelRefused, LabelScanned, ReaderDown, ReaderUp, TagReads
from tests.hardware.fact_log import FactLog


class ListedScans:
    """A LabelReader that posts the given facts at its start."""

    name = "till"

    def __init__(self, *facts: LabelFact) -> None:
        self._facts = facts
        self.closed = False

    def start(self, post: Callable[[LabelFact], None]) -> None:
        for fact in self._facts:
            post(fact)

    def close(self) -> None:
        self.closed = True


def test_a_scan_is_one_read_and_the_state_of_the_reader_is_forwarded() -> None:
    scan = LabelScanned("till", "04006381333931", "A1", 7)
    up, down, log = ReaderUp("till", 1), ReaderDown("till", "unplugged", 9), FactLog()
    scans = ListedScans(up, scan, down)
    reader = ScannerTagReader(scans)
    reader.start(log)
    reader.close()
    assert scans.closed
    assert reader.name == "till"
    assert [log.facts[0], log.facts[-1]] == [up, down]
    (read,) = log.reads()
    assert (read.at_us, read.antenna, read.epc) == (7, 1, scanned_epc(scan))
    assert decode(read.epc).serial == "A1"


def test_labels_without_an_epc_are_logged_and_ignored(caplog: pytest.LogCaptureFixture) -> None:
    log = FactLog()
    refused = LabelRefused("till", "a label that identifies no article", 3)
    impossible = LabelScanned("till", "04006381333931", "~", 4)
    with caplog.at_level(logging.INFO, "hardware"):
        ScannerTagReader(ListedScans(refused, impossible)).start(log)
    assert log.count(TagReads) == 0
    assert [record.getMessage() for record in caplog.records] == [
        "scanner till: a label that identifies no article",
        "scanner till: a serial that no EPC can represent",
    ]
