"""Where the texts come from: the journal, log files, versions, configuration, doctor, health of the running store."""

from __future__ import annotations

import json
import platform
import re
import subprocess
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, Final

from kiosk.commands.doctor.command import findings
from kiosk.commands.logs.bundle_file import MAX_PART_BYTES, Part
from kiosk.commands.logs.scrubbing import Scrubber
from kiosk.version import VERSION

UNITS: Final = (
    "cheval-store", "cheval-mirror", "cheval-stand", "cheval-train", "cheval-backup", "cheval-backup-erased",
)  # fmt: skip
MAX_LINES: Final = 50_000
_JOURNAL_S: Final = 60
_COMMENT: Final = re.compile(r"(?m)^\s*#.*\n?|(?<=\s)#.*$")


def versions() -> Part:
    """Of the product, of Python, of the system, of all libraries."""
    found = sorted({f"{d.metadata['Name']} {d.version}" for d in distributions() if d.metadata["Name"]})
    head = [f"cheval {VERSION}", f"Python {platform.python_version()}", platform.platform(), _system()]
    return Part("versions.txt", "\n".join([*head, "", *found]) + "\n")


def journal(hours: int, scrubber: Scrubber) -> Iterator[Part]:
    """The log of each service that has one on this machine."""
    for unit in UNITS:
        command = ["journalctl", "-u", unit, "--since", f"-{hours}h", "-n", str(MAX_LINES), "-o", "short-iso", "-q", "--no-pager", "--no-hostname"]  # noqa: E501  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, timeout=_JOURNAL_S, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            yield Part(
                "journal.txt",
                "",
                f"the journal cannot be read ({type(error).__name__}); name files with --log",
            )
            return
        if done.stdout.strip():
            yield Part(f"{unit}.log", scrubber.text(_end(done.stdout)))


def log_file(file: Path, scrubber: Scrubber) -> Part:
    """The end of a log file."""
    name = f"files/{file.name}"
    try:
        with file.open("rb") as opened:
            size = opened.seek(0, 2)
            opened.seek(max(0, size - MAX_PART_BYTES))
            return Part(name, scrubber.text(_end(opened.read())))
    except OSError as error:
        return Part(name, "", f"{file}: {error.strerror}")


def configuration(name: str, file: Path, scrubber: Scrubber) -> Part:
    """A configuration file without its comments. Its secrets stand in files of their own, which are not read."""
    try:
        text = file.read_text("utf-8", "replace")
    except OSError as error:
        return Part(name, "", f"{file}: {error.strerror}")
    return Part(name, scrubber.configuration(_COMMENT.sub("", text)))


def doctor(store: Path | None, mirror: Path | None, stand: Path | None, scrubber: Scrubber) -> Part:
    """What `cheval doctor` says now."""
    lines = []
    for finding in findings(store, mirror, stand):
        lines.append(f"{finding.state.value}  {finding.about}: {finding.found}")
        if finding.advice:
            lines.append(f"      {finding.advice}")
    return Part("doctor.txt", scrubber.text("\n".join(lines) + "\n"))


def health(found: dict[str, Any], scrubber: Scrubber) -> Part:
    """The health report of the running store."""
    if not found:
        return Part("health.json", "", "no store runs here, or it does not answer")
    return Part("health.json", json.dumps(scrubber.tree(found), indent=2, ensure_ascii=False) + "\n")


def _system() -> str:
    try:
        return f"{platform.freedesktop_os_release().get('PRETTY_NAME', '')}"
    except OSError:
        return ""


def _end(raw: bytes) -> str:
    """The last part of a log, from the beginning of a line on."""
    if len(raw) < MAX_PART_BYTES:
        return raw.decode("utf-8", "replace")
    return raw[-MAX_PART_BYTES:].partition(b"\n")[2].decode("utf-8", "replace")
