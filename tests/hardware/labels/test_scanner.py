"""Label scanners: serial ones on a real pseudo-terminal, keyboard ones on a pipe in place of /dev/input."""

from __future__ import annotations

import logging
import os
import pty
import select
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.drivers.label_reader import open_label_reader
from hardware.labels.keyboard_layouts import LAYOUTS
from hardware.labels.scan_decoders import LineDecoder
from hardware.labels.scanner import LabelScanner, TextSettings
from hardware.labels.scans import Scan
from hardware.ports import LabelReader, LabelRefused, LabelScanned, ReaderDown, ReaderUp
from hardware.sim.label_scanner import SimLabelScanner
from tests.hardware.fact_log import FactLog
from tests.hardware.labels.key_strokes import KeyboardScanner, Typing, strokes


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
    assert refused.code == "nonsense", "it may be the shop's own code"
    assert "nonsense" not in repr(refused), "or something private"


def test_an_unplugged_scanner_is_opened_again(tmp_path: Path, facts: FactLog) -> None:
    link = tmp_path / "scanner"
    theirs, ours = pty.openpty()
    link.symlink_to(os.ttyname(ours))
    os.close(ours)
    reader = started(f"serial://{link}", facts)
    # first the link: another process may get the number of a closed pseudo-terminal
    link.unlink()
    os.close(theirs)
    facts.wait_count(ReaderDown)
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


def test_a_device_that_has_nothing_after_all_is_not_lost(tmp_path: Path, facts: FactLog) -> None:
    """It was ready, but another reader was faster."""
    device, others = tmp_path / "event0", FactLog()
    os.mkfifo(device)
    readers = [started(f"keyboard://{device}", log) for log in (facts, others)]
    with device.open("wb", buffering=0) as scanner:
        for _ in range(300):
            scanner.write(strokes("4006381333931"))
            select.select([], [scanner], [])
    for reader in readers:
        reader.close()
    assert facts.count(ReaderDown) == others.count(ReaderDown) == 0


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


def scan(text: str, end: str = "Enter") -> Scan:
    return Scan(text, end)


def scanner(settings: TextSettings) -> LabelScanner:
    """A scanner whose scans are given to it directly; it is never started."""
    made = LabelScanner("till", "/dev/null", lambda _: None, LineDecoder, settings)
    made.close()
    return made


def test_a_text_without_end_ends_with_a_pause(port: tuple[int, str], facts: FactLog) -> None:
    reader = started(f"serial://{port[1]}?pause_ms=200", facts)
    os.write(port[0], b"4006381333931")
    facts.wait_count(LabelScanned)
    os.write(port[0], b"96385074")
    facts.wait_count(LabelScanned, 2)
    reader.close()


def test_seven_bits_prefix_suffix_and_the_scanners_own_separator(
    port: tuple[int, str], facts: FactLog
) -> None:
    uri = f"serial://{port[1]}?bits=7&parity=even&stop=2&prefix=C&suffix=%23&separator=%25"
    reader = started(uri, facts)
    os.write(port[0], b"\x02C018061414112345821AB10X%10L#\x03")
    facts.wait_count(LabelScanned)
    reader.close()
    (fact,) = (fact for fact in facts.facts if isinstance(fact, LabelScanned))
    assert fact.serial == "AB10X"


@pytest.mark.parametrize("typing", Typing)
def test_a_keyboard_scanner_of_another_country(typing: Typing, tmp_path: Path, facts: FactLog) -> None:
    device = tmp_path / "event0"
    os.mkfifo(device)
    reader = started(f"keyboard://{device}?layout=fr&caps=yes", facts)
    with device.open("wb", buffering=0) as typist:
        made = KeyboardScanner(LAYOUTS["fr"], typing, end="Tab", caps=True)
        typist.write(made.types("https://house.example/01/80614141123458/21/Az-7"))
        facts.wait_count(LabelScanned)
    reader.close()
    (fact,) = (fact for fact in facts.facts if isinstance(fact, LabelScanned))
    assert (fact.gtin, fact.serial) == ("80614141123458", "Az-7")


@pytest.mark.parametrize(("set_to", "typed"), [("us", "fr"), ("fr", "us"), ("us", "cz"), ("de", "be")])
def test_a_wrong_layout_is_named(set_to: str, typed: str, tmp_path: Path, facts: FactLog) -> None:
    device = tmp_path / "event0"
    os.mkfifo(device)
    reader = started(f"keyboard://{device}?layout={set_to}", facts)
    with device.open("wb", buffering=0) as typist:
        typist.write(KeyboardScanner(LAYOUTS[typed]).types("4006381333931"))
        facts.wait_count(LabelRefused)
    reader.close()
    (fact,) = (fact for fact in facts.facts if isinstance(fact, LabelRefused))
    assert f"layout={typed}" in fact.why
    assert "4006381333931" not in fact.why


def test_no_layout_is_named_for_a_text_that_is_no_label_in_any(tmp_path: Path, facts: FactLog) -> None:
    device = tmp_path / "event0"
    os.mkfifo(device)
    reader = started(f"keyboard://{device}", facts)
    with device.open("wb", buffering=0) as typist:
        typist.write(strokes("4006381333932"))
        facts.wait_count(LabelRefused)
    reader.close()
    (fact,) = (fact for fact in facts.facts if isinstance(fact, LabelRefused))
    assert "layout" not in fact.why


def serial_of(fact: object) -> str | None:
    assert isinstance(fact, LabelScanned)
    return fact.serial


def test_a_scanner_that_sends_separators_is_trusted_from_then_on(caplog: pytest.LogCaptureFixture) -> None:
    reader, label = scanner(TextSettings()), "018061414112345821AB10X"
    with caplog.at_level(logging.WARNING, "hardware"):
        assert serial_of(reader._fact(scan(label))) is None
        assert serial_of(reader._fact(scan(label))) is None
    assert [record.getMessage() for record in caplog.records] == [
        (
            "scanner till: the serial of a label is not used, because it is not known whether the scanner sends group"
            " separators; `cheval doctor --scan` finds it out"
        )
    ]
    assert serial_of(reader._fact(scan("0180614141123458\x1d21A|10L"))) == "A"
    assert serial_of(reader._fact(scan(label))) == "AB10X"
    assert serial_of(scanner(TextSettings(separator="\x1d"))._fact(scan(label))) == "AB10X"


def test_a_scanner_that_sends_ends_never_ends_a_text_by_a_pause() -> None:
    reader = scanner(TextSettings())
    assert isinstance(reader._fact(scan("96385074", "")), LabelScanned)
    assert isinstance(reader._fact(scan("4006381333931")), LabelScanned)
    refused = reader._fact(scan("96385074", ""))
    assert isinstance(refused, LabelRefused)
    assert "without its end" in refused.why


def test_a_text_that_ends_in_a_serial_is_waited_for_longer(port: tuple[int, str], facts: FactLog) -> None:
    reader = started(f"serial://{port[1]}?pause_ms=200", facts)
    began = time.monotonic()
    os.write(port[0], b"https://house.example/01/80614141123458/21/AB")
    facts.wait_count(LabelScanned)
    assert time.monotonic() - began > 1.4
    reader.close()


def test_planted_one_pause_for_all_texts_splits_a_serial() -> None:
    reader = scanner(TextSettings(pause_s=0.02))
    begun = scan("https://house.example/01/80614141123458/21/AB", "")
    assert reader._pause_s(begun) > 1
    assert reader._pause_s(scan("4006381333931", "")) == reader._pause_s(None) == 0.02
    split = reader._fact(begun)  # what a pause of 0.02 s makes of it
    assert serial_of(split) == "AB"


def test_an_unclear_label_does_not_say_that_separators_are_sent() -> None:
    reader = scanner(TextSettings())
    assert serial_of(reader._fact(scan(f"0180614141123458\x1d21{'A' * 15}10LOT712345"))) is None
    assert serial_of(reader._fact(scan("018061414112345821AB10X"))) is None


def test_another_scanner_on_the_same_port_is_not_trusted(tmp_path: Path, facts: FactLog) -> None:
    sim = SimLabelScanner()
    reader = started(sim.uri, facts)
    sim.scan("018061414112345821A\x1d10L")
    sim.scan("018061414112345821AB10X")
    facts.wait_count(LabelScanned, 2)
    sim.unplug()
    facts.wait_count(ReaderDown)
    sim.plug()
    facts.wait_count(ReaderUp, 2)
    sim.scan("018061414112345821AB10X")
    facts.wait_count(LabelScanned, 3)
    reader.close()
    sim.close()
    assert [serial_of(fact) for fact in facts.facts if isinstance(fact, LabelScanned)] == ["A", "AB10X", None]


def test_a_faulty_scan_is_refused_and_an_empty_one_ignored() -> None:
    reader = scanner(TextSettings())
    assert isinstance(reader._fact(Scan("4006381333931", "Enter", "keys were lost")), LabelRefused)
    assert reader._fact(scan(" \x02\x03")) is None
