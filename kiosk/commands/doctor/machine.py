"""The machine itself: Python, its clock, its disk, and who may read and write where."""

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
# a store of a year's visits takes some 300 MB; below this the ledger's next write is in danger
_ENOUGH = _GIB
# this file was written after it: 2026-01-01 00:00 UTC
_BEGINNING_S = 1_767_225_600


def python(version: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """The interpreter is one we are tested on."""
    written = ".".join(map(str, version))
    if version in {(3, 11), (3, 12)}:
        return good("Python", written)
    return bad(
        "Python",
        f"{written} runs this",
        "Use Python 3.11 or 3.12; ./packaging/demo makes an environment with it.",
    )


def clock(now_s: float | None = None) -> Finding:
    """The clock is right: orders, proofs and promises carry its time."""
    now = time.time() if now_s is None else now_s
    if now < _BEGINNING_S:
        day = time.strftime("%Y-%m-%d", time.gmtime(now))
        return bad("clock", f"it says {day}", "Set it: timedatectl set-ntp true, then wait a minute.")
    kept = _kept_by_the_network()
    if kept is False:
        return note("clock", "nothing keeps it by the network", "Switch that on: timedatectl set-ntp true.")
    return good(
        "clock", "kept by the network" if kept else time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now))
    )


def _kept_by_the_network() -> bool | None:
    """None where systemd cannot be asked, as in a container."""
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


def disk(place: Path) -> Finding:
    """There is room for what must be kept. `place` need not exist yet."""
    there = next(parent for parent in (place, *place.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    words = f"{free / _GIB:.1f} GiB free under {there}"
    if free < _ENOUGH:
        return bad("disk", words, "Make room, at least 1 GiB: the ledger refuses orders it cannot write.")
    return good("disk", words)


def writable(about: str, place: Path) -> Finding:
    """A file or directory of ours, or the directory it will be made in, can be written to."""
    there = next(parent for parent in (place, *place.parents) if parent.exists())
    if os.access(there, os.W_OK | os.X_OK if there.is_dir() else os.W_OK):
        return good(about, str(place))
    return bad(about, f"{place}: this user may not write there", f"Give it away: chown -R THE-USER {there}.")


def secret(about: str, file: Path) -> Finding:
    """A file of secrets is there, and nobody else can read it."""
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
    except OSError as error:
        return bad(
            about, f"{file}: {error.strerror}", "Write its right path into the configuration, or make it."
        )
    if mode & 0o077:
        return bad(about, f"{file} is open to others (mode {mode:03o})", f"Close it: chmod 600 {file}.")
    if not os.access(file, os.R_OK):
        return bad(about, f"{file}: this user may not read it", f"Give it away: chown THE-USER {file}.")
    return good(about, str(file))


def directory(about: str, place: Path, advice: str) -> Finding:
    """A directory of somebody else's is there to be read."""
    if not place.is_dir():
        return bad(about, f"{place} is no directory", advice)
    if not os.access(place, os.R_OK | os.X_OK):
        return bad(about, f"{place}: this user may not read it", f"Open it: chmod o+rx {place}.")
    return good(about, str(place))
