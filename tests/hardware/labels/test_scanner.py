"""Scanners on a real pseudo-terminal, and typing ones on a pipe that stands in for /dev/input."""

from __future__ import annotations

import os
import pty
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.drivers.label_reader import open_label_reader
from hardware.errors import UriError
from hardware.labels.scan_decoders import KeyStrokeDecoder, LineDecoder
from hardware.ports import LabelReader, LabelRefused, LabelScanned, ReaderDown, ReaderUp
from tests.hardware.fact_log import FactLog
from tests.hardware.labels.key_strokes import strokes


@pytest.fixture
def port() -> Iterator[tuple[int, str]]:
    """The scanner's end of a terminal, and the name of ours."""
    theirs, ours = pty.openpty()
    name = os.ttyname(ours)
    os.close(ours)
    yield theirs, name
    os.close(theirs)


@pytest.fixture
def facts() -> FactLog:
    return FactLog()


def listening(uri: str, facts: FactLog) -> LabelReader:
    reader = open_label_reader(uri, "till")
    reader.start(facts)
    facts.wait_count(ReaderUp)
    return reader


def test_a_scanner_on_a_serial_port(port: tuple[int, str], facts: FactLog) -> None:
    reader = listening(f"serial://{port[1]}?baud=115200", facts)
    os.write(port[0], b"4006381333931\r\n018061414112345821AB\rnonsense\n")
    facts.wait_count(LabelRefused)
    reader.close()
    first, second = (fact for fact in facts.facts if isinstance(fact, LabelScanned))
    assert (first.reader, first.gtin, first.serial) == ("till", "04006381333931", None)
    assert (second.gtin, second.serial) == ("80614141123458", "AB")
    (refused,) = (fact for fact in facts.facts if isinstance(fact, LabelRefused))
    assert "nonsense" not in refused.why


def test_a_scanner_that_is_unplugged_is_found_again(tmp_path: Path, facts: FactLog) -> None:
    link = tmp_path / "scanner"
    theirs, ours = pty.openpty()
    link.symlink_to(os.ttyname(ours))
    os.close(ours)
    reader = listening(f"serial://{link}", facts)
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


def test_a_scanner_that_types(tmp_path: Path, facts: FactLog) -> None:
    device = tmp_path / "event0"
    os.mkfifo(device)
    reader = listening(f"keyboard://{device}", facts)
    with device.open("wb", buffering=0) as scanner:
        raw = strokes("4006381333931") + strokes("Hh://")
        scanner.write(raw[:37])
        scanner.write(raw[37:])
        facts.wait_count(LabelRefused)
    reader.close()
    assert facts.count(LabelScanned) == 1


@pytest.mark.parametrize("scheme", ["serial", "keyboard"])
def test_close_is_quick_and_leaves_nothing(scheme: str, port: tuple[int, str], facts: FactLog) -> None:
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


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("serial://", "should be like"),
        ("serial:///dev/ttyS0?baud=7", "not a baud rate"),
        ("serial:///dev/ttyS0?baud=fast", "not a URI"),
        ("serial:///dev/ttyS0?parity=odd", "should be like"),
        ("keyboard://host/dev", "should be like"),
        ("camera:///dev/video0", "serial:///dev"),
    ],
)
def test_an_address_that_leads_nowhere_says_why(uri: str, words: str) -> None:
    with pytest.raises(UriError) as refusal:
        open_label_reader(uri, "x")
    assert words in str(refusal.value)


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_any_bytes_of_a_device_are_taken(raw: bytes, cut: int) -> None:
    for typed in (LineDecoder(), KeyStrokeDecoder()):
        for at in range(0, len(raw), cut):
            typed.feed(raw[at : at + cut])
