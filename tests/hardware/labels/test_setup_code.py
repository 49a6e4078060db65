"""The code with the known text tells every setting of a scanner; with the options it gives, labels are read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.drivers.label_reader import open_label_reader, scan_once
from hardware.epc.gtin import Gtin
from hardware.errors import HardwareError
from hardware.labels.key_strokes import KeyStrokeDecoder
from hardware.labels.keyboard_layouts import LAYOUTS, US, Layout
from hardware.labels.scan_decoders import LineDecoder
from hardware.labels.scans import Scan
from hardware.labels.setup_code import TEXT, ScannerSetup, setup_of
from hardware.ports import LabelScanned, ReaderUp
from tests.hardware.fact_log import FactLog
from tests.hardware.labels.key_strokes import ALL_LAYOUTS, KeyboardScanner, Separator, Typing, raw, tap

GTIN = Gtin("80614141123458")


def scanned(scanner: KeyboardScanner, text: str = TEXT) -> Scan:
    decoder = KeyStrokeDecoder()
    (scan,) = decoder.feed(scanner.types(text)) or decoder.pause()
    return scan


def setup(scanner: KeyboardScanner, text: str = TEXT) -> ScannerSetup:
    found = setup_of(scanned(scanner, text))
    assert found is not None
    return found


def same_on_labels(one: Layout, other: Layout) -> bool:
    """Whether two layouts have every character of the text on the same keys."""
    return all(
        KeyboardScanner(one)._keys(sign) == KeyboardScanner(other)._keys(sign)
        for sign in TEXT
        if sign != "\x1d"
    )


@pytest.mark.parametrize("layout", ALL_LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("caps", [False, True])
def test_the_layout_is_found(layout: Layout, caps: bool) -> None:
    found = setup(KeyboardScanner(layout, caps=caps))
    assert found.caps == caps
    assert same_on_labels(LAYOUTS[found.layout], layout)
    assert (found.separator, found.end, found.missing) == ("\x1d", "Enter", "")


@pytest.mark.parametrize("typing", [Typing.ALT, Typing.ALT_ZERO, Typing.HEX])
def test_a_scanner_that_types_codes_needs_no_layout(typing: Typing) -> None:
    assert setup(KeyboardScanner(LAYOUTS["us"], typing)).options == "separator=gs"


@pytest.mark.parametrize("separator", Separator)
def test_the_separator_is_found(separator: Separator) -> None:
    found = setup(KeyboardScanner(LAYOUTS["de"], separator=separator, end="Tab"))
    assert ("separator=gs" in found.options) == (separator is not Separator.MISSING)
    assert found.end == "Tab"


def test_characters_around_the_text_are_found() -> None:
    found = setup(KeyboardScanner(LAYOUTS["de"]), f"A]Q1{TEXT.replace(chr(29), '|')}#")
    assert (found.prefix, found.aim, found.suffix, found.separator) == ("A", True, "#", "|")
    assert found.options == "layout=de&prefix=A&suffix=%23&separator=%7C"


@pytest.mark.parametrize("case", ["upper", "lower"])
def test_a_scanner_that_changes_letters_is_found(case: str) -> None:
    text = TEXT.upper() if case == "upper" else TEXT.lower()
    assert setup(KeyboardScanner(), text).case == case


def test_a_serial_port_has_no_layout() -> None:
    (scan,) = LineDecoder().feed(b"]Q1" + TEXT.encode() + b"\r\n")
    assert setup_of(scan) == ScannerSetup(separator="\x1d", aim=True, end="Enter")


def test_characters_that_do_not_arrive_are_named() -> None:
    found = setup(KeyboardScanner(LAYOUTS["fr"]), TEXT.replace("&", "").replace("_", ""))
    assert (found.layout, set(found.missing)) == ("fr", {"&", "_"})


@pytest.mark.parametrize("text", ["4006381333931", "Cheval", ""])
def test_another_text_is_not_the_code(text: str) -> None:
    assert setup_of(Scan(text, "Enter")) is None


@pytest.mark.parametrize("name", ["us", "de", "fr", "be", "ch", "cz", "jp", "us-intl"])
@pytest.mark.parametrize("separator", [Separator.CTRL, Separator.ARROW_DOWN])
def test_with_the_options_labels_are_read(name: str, separator: Separator, tmp_path: Path) -> None:
    scanner = KeyboardScanner(LAYOUTS[name], separator=separator)
    device, facts = tmp_path / "event0", FactLog()
    os.mkfifo(device)
    reader = open_label_reader(f"keyboard://{device}?{setup(scanner).options}", "till")
    reader.start(facts)
    facts.wait_count(ReaderUp)
    with device.open("wb", buffering=0) as typist:
        typist.write(scanner.types(f"01{GTIN}21Zy-/Q&10LOT7"))
        typist.write(scanner.types(f"01{GTIN}21Zy-/Q&\x1d10LOT7"))
        facts.wait_count(LabelScanned, 2)
    reader.close()
    first, second = (fact.serial for fact in facts.facts if isinstance(fact, LabelScanned))
    assert (first, second) == ("Zy-/Q&10LOT7", "Zy-/Q&")


def test_planted_a_search_in_the_us_layout_only_does_not_find_the_setting() -> None:
    scan = scanned(KeyboardScanner(LAYOUTS["de"]))
    only_us = setup_of(replace(scan, strokes=()))
    assert US.name == "us"
    assert only_us is None or only_us.missing


def test_one_scan_of_a_device(tmp_path: Path) -> None:
    device = tmp_path / "event0"
    os.mkfifo(device)
    end = os.open(device, os.O_RDWR)
    try:
        assert scan_once(f"keyboard://{device}", 0.01) is None
        os.write(end, raw(*tap(2), *tap(3)))
        scan = scan_once(f"keyboard://{device}", 5)
        assert scan is not None
        assert (scan.text, scan.end) == ("12", "")
    finally:
        os.close(end)
    with pytest.raises(OSError, match="No such file"):
        scan_once("keyboard:///dev/input/none", 1)
    with pytest.raises(HardwareError):
        scan_once("camera:///dev/video0", 1)
