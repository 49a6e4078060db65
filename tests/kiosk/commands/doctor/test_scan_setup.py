"""`cheval doctor --scan`: from the scan of the code to the options of the scanner's URI."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hardware.labels.keyboard_layouts import LAYOUTS
from hardware.labels.setup_code import TEXT
from hardware.sim.label_scanner import SimLabelScanner
from kiosk.__main__ import main
from kiosk.commands.doctor import State
from kiosk.commands.doctor.devices import scan_setup
from tests.hardware.labels.key_strokes import KeyboardScanner, Separator


def keyboard(tmp_path: Path, typed: bytes) -> tuple[str, int]:
    """The URI of a device that has these key events, and its other end, which the caller closes."""
    device = tmp_path / "event0"
    os.mkfifo(device)
    end = os.open(device, os.O_RDWR)
    os.write(end, typed)
    return f"keyboard://{device}", end


def test_a_french_scanner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uri, end = keyboard(tmp_path, KeyboardScanner(LAYOUTS["fr"]).types(f"]Q1{TEXT}"))
    assert main(["doctor", "--json", "--scan", uri]) == 0
    os.close(end)
    found = {line["about"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    assert found["keyboard layout"]["found"] == "fr"
    assert found["address"]["found"] == f"write {uri}?layout=fr&separator=gs"
    assert {line["state"] for line in found.values()} == {"good"}


def test_a_scanner_as_cheap_ones_are_delivered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scanner = KeyboardScanner(separator=Separator.MISSING, end="")
    uri, end = keyboard(tmp_path, scanner.types(TEXT))
    assert main(["doctor", "--scan", uri]) == 0
    os.close(end)
    out = capsys.readouterr().out
    assert "\u2580" in out  # the code
    assert "note  group separator: not sent" in out
    assert "note  end of a text: none" in out
    assert "note  AIM identifier: not sent" in out
    assert f"good  address: write {uri}\n" in out


def test_a_serial_scanner() -> None:
    scanner = SimLabelScanner()
    scanner.scan(TEXT)
    found = {finding.about: finding for finding in scan_setup.check(f"{scanner.uri}?baud=115200&prefix=X", 5)}
    scanner.close()
    assert found["address"].found == f"write {scanner.uri}?baud=115200&separator=gs"
    assert "keyboard layout" not in found


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (KeyboardScanner().types("4006381333931"), "another text"),
        (KeyboardScanner().types(TEXT.upper()), "upper case"),
        (KeyboardScanner().types(TEXT.replace("_", "")), "do not arrive: _"),
        (b"", "nothing was scanned"),
    ],
)
def test_what_is_wrong_is_said(typed: bytes, words: str, tmp_path: Path) -> None:
    uri, end = keyboard(tmp_path, typed)
    found = list(scan_setup.check(uri, 0.2))
    os.close(end)
    assert any(finding.state is State.BAD and words in finding.found and finding.advice for finding in found)


def test_a_device_that_cannot_be_opened() -> None:
    (missing,) = scan_setup.check("keyboard:///dev/input/none", 1)
    (wrong,) = scan_setup.check("keyboard:///dev/input/event0?layuot=de", 1)
    assert "no such file" in missing.found
    assert "did you mean layout?" in wrong.found


def test_the_code_as_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("code.png", "code.svg"):
        assert main(["doctor", "--scan-code", str(tmp_path / name)]) == 0
        assert (tmp_path / name).stat().st_size > 200
    assert main(["doctor", "--scan-code", str(tmp_path / "code.txt")]) == 1
    assert main(["doctor", "--scan-code", str(tmp_path / "none" / "code.png")]) == 1
    assert "another folder" in capsys.readouterr().out
