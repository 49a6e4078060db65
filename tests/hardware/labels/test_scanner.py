"""Label scanners: serial ones on a real pseudo-terminal, keyboard ones on a pipe in place of /dev/input."""

from __future__ import annotations

import os
import pty
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.drivers.label_reader import open_label_reader
from hardware.ports import LabelReader, LabelRefused, LabelScanned, ReaderDown, ReaderUp
from tests.hardware.fact_log import FactLog
from tests.hardware.labels.key_strokes import strokes


@pytest.fixture
def port() -> Iterator[tuple[int, str]]:
    """The scanner's end of a pseudo-terminal, and the device name of the other end."""
    theirs, ours = pty.openpty()
    name = os.ttyname(ours)
    os.close(ours)
    yield theirs, name
    os.close(theirs)


@pytest.fixture
def facts() -> FactLog:
    return FactLog()


def started(uri: str, facts: FactLog) -> LabelReader:
    reader = open_label_reader(uri, "till")
    reader.start(facts)
    facts.wait_count(ReaderUp)
    return reader


def test_a_scanner_on_a_serial_port(port: tuple[int, str], facts: FactLog) -> None:
    reader = started(f"serial://{port[1]}?baud=115200", facts)
    os.write(port[0], b"4006381333931\r\n018061414112345821AB\rnonsense\n")
    facts.wait_count(LabelRefused)
    reader.close()
    first, second = (fact for fact in facts.facts if isinstance(fact, LabelScanned))
    assert (first.reader, first.gtin, first.serial) == ("till", "04006381333931", None)
    assert (second.gtin, second.serial) == ("80614141123458", "AB")
    (refused,) = (fact for fact in facts.facts if isinstance(fact, LabelRefused))
    assert "nonsense" not in refused.why


def test_an_unplugged_scanner_is_opened_again(tmp_path: Path, facts: FactLog) -> None:
    link = tmp_path / "scanner"
    theirs, ours = pty.openpty()
    link.symlink_to(os.ttyname(ours))
    os.close(ours)
    reader = started(f"serial://{link}", facts)
    os.close(theirs)
    facts.wait_count(ReaderDown)
    link.unlink()
    theirs, ours = pty.openpty()
    link.symlink_to(os.ttyname(ours))
    os.close(ours)
    facts.wait_count(ReaderUp, 2)
    os.write(theirs, b"4006381333931\n")
    facts.wait_count(LabelScanned)
    reader.close()
    os.close(theirs)
    assert facts.count(ReaderDown) == 1


def test_a_keyboard_scanner(tmp_path: Path, facts: FactLog) -> None:
    device = tmp_path / "event0"
    os.mkfifo(device)
    reader = started(f"keyboard://{device}", facts)
    with device.open("wb", buffering=0) as scanner:
        raw = strokes("4006381333931") + strokes("Hh://")
        scanner.write(raw[:37])
        scanner.write(raw[37:])
        facts.wait_count(LabelRefused)
    reader.close()
    assert facts.count(LabelScanned) == 1


@pytest.mark.parametrize("scheme", ["serial", "keyboard"])
def test_close_leaves_no_thread_and_no_descriptor(scheme: str, port: tuple[int, str], facts: FactLog) -> None:
    threads, descriptors = threading.active_count(), len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for uri in (f"{scheme}://{port[1]}", f"{scheme}:///dev/none"):
        reader = open_label_reader(uri, "till")
        reader.start(facts)
        facts.wait_count(ReaderUp)
        reader.close()
        reader.close()
    assert threading.active_count() == threads
    assert len(os.listdir("/proc/self/fd")) == descriptors  # noqa: PTH208
    assert len(facts.threads) <= 2
