"""The contact sheet: two processes draw byte-identical pictures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def draw(out: Path, seed: str, *options: str) -> dict[str, bytes]:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "QT_QPA_PLATFORM": "offscreen"}
    command = [
        sys.executable,
        "-m",
        "kiosk.screen.tools.contact_sheet",
        "--out",
        str(out),
        "--size",
        "540x960",
        *options,
    ]
    subprocess.run(command, check=True, timeout=100, env=environment)
    return {file.name: file.read_bytes() for file in out.iterdir()}


def test_two_processes_draw_the_same_pictures(tmp_path: Path) -> None:
    first = draw(tmp_path / "first", "1", "--only", "rece")
    assert first == draw(tmp_path / "second", "2", "--only", "rece")
    assert {"receipt.png", "request-received.png"} <= set(first)
    assert (
        first["receipt.png"]
        != draw(tmp_path / "third", "1", "--only", "receipt", "--language", "de")["receipt.png"]
    )
