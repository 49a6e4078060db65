"""The screen's own tools: the gallery draws the same each time, the linter knows our types."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kiosk.screen.tools import lint


def draw(out: Path, seed: str, *words: str) -> dict[str, bytes]:
    around = {**os.environ, "PYTHONHASHSEED": seed, "QT_QPA_PLATFORM": "offscreen"}
    command = [
        sys.executable,
        "-m",
        "kiosk.screen.tools.contact_sheet",
        "--out",
        str(out),
        "--size",
        "540x960",
        *words,
    ]
    subprocess.run(command, check=True, timeout=100, env=around)
    return {file.name: file.read_bytes() for file in out.iterdir()}


def test_two_processes_draw_the_same_pictures_to_the_byte(tmp_path: Path) -> None:
    first = draw(tmp_path / "first", "1", "--only", "rece")
    assert first == draw(tmp_path / "second", "2", "--only", "rece")
    assert {"receipt.png", "request-received.png"} <= set(first)
    assert (
        first["receipt.png"]
        != draw(tmp_path / "third", "1", "--only", "receipt", "--language", "de")["receipt.png"]
    )


PLANTED = """\
import QtQuick
import Mirror.ViewModels as ViewModels

Item {
    required property ViewModels.MirrorViewModel mirror

    visible: mirror.scene.garment.colur !== ""
}
"""


def test_the_linter_passes_our_pages_and_catches_a_misspelt_property(tmp_path: Path) -> None:
    assert lint.main() == 0
    wrong = tmp_path / "Wrong.qml"
    wrong.write_text(PLANTED)
    assert lint.main((wrong,)) != 0
