"""The time of day is not used where durations are measured: mirror, screen, core and hardware."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Final

import pytest

from hardware.clock import boot_us, now_us

ROOT: Final = Path(__file__).resolve().parents[2]
TIME_OF_DAY: Final = re.compile(
    r"\btime\.time\(|\btime\.time_ns\(|datetime\.now\(|\.utcnow\(|date\.today\(|kiosk\.clock import .*now_us"
)
FOLDERS: Final = ("hardware", "kiosk/mirror", "kiosk/screen", "kiosk/core", "kiosk/mirror_app.py")
# simulators imitate readers and cards with a clock of their own; the others compare a time of day or write one
ALLOWED: Final = (
    "hardware/sim/", "hardware/clock.py", "hardware/survey/", "hardware/commands/",
    # its report says what the mirror's clock shows, so that the store can compare
    "kiosk/mirror/status_reporter.py",
)  # fmt: skip


def found(root: Path) -> list[str]:
    """`file:line` of each use of the time of day."""
    lines = []
    for folder in FOLDERS:
        place = root / folder
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            inside = file.relative_to(root).as_posix()
            if inside.startswith(ALLOWED):
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if TIME_OF_DAY.search(line):
                    lines.append(f"{inside}:{number}")
    return lines


def test_no_duration_depends_on_the_time_of_day() -> None:
    assert found(ROOT) == []


@pytest.mark.parametrize(
    "line",
    ["now = time.time()", "now = time.time_ns()", "from kiosk.clock import US, now_us", "datetime.now(UTC)"],
)
def test_planted_fault_a_use_of_it_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "kiosk/mirror/planted.py"
    file.parent.mkdir(parents=True)
    file.write_text(f"{line}\n")
    assert found(tmp_path) == ["kiosk/mirror/planted.py:1"]


def test_the_steady_clock_shows_the_time_of_day_of_the_start_and_counts_on_by_itself() -> None:
    first, boot = now_us(), boot_us()
    assert abs(first - time.time_ns() // 1000) < 3600 * 1_000_000
    assert abs((now_us() - first) - (boot_us() - boot)) < 1_000_000
    assert now_us() >= first
