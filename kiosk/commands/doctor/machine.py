"""Checks the machine: Python, clock, disk, and access to files."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

from kiosk.commands.doctor.finding import Finding, bad, good, note

_GIB = 1 << 30
# a store needs about 300 MB for a year's visits; with less free space the ledger's next write may fail
_MIN_FREE_BYTES = _GIB
# 2026-01-01 00:00 UTC; an earlier clock is wrong
_EARLIEST_S = 1_767_225_600


def python(version: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """The Python version is a supported one."""
    written = ".".join(map(str, version))
    if version in {(3, 11), (3, 12), (3, 13)}:
        return good("Python", written)
    return bad(
        "Python",
        f"{written} is not supported",
        "Use Python 3.11, 3.12 or 3.13; ./packaging/demo makes an environment with it.",
    )


def clock(now_s: float | None = None) -> Finding:
    """The clock is plausible and synchronised; orders and card proofs use its time."""
    now = time.time() if now_s is None else now_s
    if now < _EARLIEST_S:
        day = time.strftime("%Y-%m-%d", time.gmtime(now))
        return bad("clock", f"it shows {day}", "Set it: timedatectl set-ntp true, then wait a minute.")
    kept = _is_synchronised()
    if kept is False:
        return note("clock", "not synchronised by the network", "Switch that on: timedatectl set-ntp true.")
    return good(
        "clock",
        "synchronised by the network" if kept else time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now)),
    )


def _is_synchronised() -> bool | None:
    """Whether the clock is synchronised; None if systemd cannot be asked, for example in a container."""
    tool = shutil.which("timedatectl")
    if tool is None:
        return None
    try:
        answer = subprocess.run(
            [tool, "show", "--property=NTPSynchronized", "--value"],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {"yes": True, "no": False}.get(answer.stdout.strip())


def disk(place: Path, floor_mb: int = 0) -> Finding:
    """There is enough free space. `place` may not exist yet; below `floor_mb` a store takes no orders."""
    there = next(parent for parent in (place, *place.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    words = f"{free / _GIB:.1f} GiB free under {there}"
    if free < floor_mb * 1_000_000:
        advice = f"Free more than {floor_mb} MB (payments.min_free_mb): the store refuses new orders."
        return bad("disk", words, advice)
    if free < _MIN_FREE_BYTES:
        return bad("disk", words, "Free at least 1 GiB: the ledger refuses orders that it cannot write.")
    return good("disk", words)


def writable(about: str, place: Path) -> Finding:
    """A file or directory, or the directory in which it will be created, is writable."""
    there = next(parent for parent in (place, *place.parents) if parent.exists())
    if os.access(there, os.W_OK | os.X_OK if there.is_dir() else os.W_OK, effective_ids=True):
        return good(about, str(place))
    return bad(
        about, f"{place}: this user cannot write there", f"Change its owner: chown -R THE-USER {there}."
    )


def secret(
    about: str,
    file: Path,
    missing: str = "Write the correct path into the configuration, or create the file.",
) -> Finding:
    """A file with secrets exists and only its owner can read it; `missing` is the advice if it does not exist."""
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
    except OSError as error:
        return bad(about, f"{file}: {error.strerror}", missing)
    if mode & 0o077:
        return bad(
            about, f"{file} can be read by others (mode {mode:03o})", f"Restrict it: chmod 600 {file}."
        )
    if not os.access(file, os.R_OK, effective_ids=True):
        return bad(about, f"{file}: this user cannot read it", f"Change its owner: chown THE-USER {file}.")
    return good(about, str(file))
