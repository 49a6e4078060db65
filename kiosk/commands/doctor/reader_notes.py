"""What the running store knows of its readers: lost ones, and notes such as a disconnected antenna."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from hardware.json_text import parse_json
from hardware.ports import NoteKind
from hardware.printable_text import printable
from kiosk.commands.doctor.finding import Finding, bad, good, note

# the store writes its file once a minute
_MAX_AGE_US: Final = 180_000_000
_ADVICE: Final = {
    NoteKind.ANTENNA.value: "Check the antenna's cable and connectors; reports must hold antenna numbers.",
    NoteKind.FAULT.value: "Look at the reader's own page and log; restart the reader.",
    NoteKind.SETTING.value: "Correct the option in the reader's address, or the reader's own settings.",
    NoteKind.SIGNAL.value: "Switch the signal strength on in the reader's reports.",
    NoteKind.REPORTS.value: "Update the reader's firmware; use fewer antennas or a smaller report.",
    NoteKind.NO_READS.value: "Check region, antennas, cables and power; hold a tag in front and run `cheval listen`.",
    NoteKind.SLOW_READS.value: "Write session=0 into the reader's address; reduce antennas or power if it has it.",
    NoteKind.FOREIGN_TAGS.value: "Check `catalogue.company_prefixes` in the file; if it is right, reduce the power.",
    NoteKind.NO_ROOM.value: "Write the antenna into its room in the file, or switch it off at the reader.",
}


def of_store(file: Path, now_us: int) -> Iterator[Finding]:
    """Findings from the file of the running store; none if the store does not run."""
    try:
        tree = parse_json(file.read_text("utf-8"))
        age_us = now_us - int(tree["written_us"])
        findings = [finding for reader in tree["readers"] for finding in _of_reader(reader)]
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield note("readers", f"{file} cannot be read", "The running store replaces it within a minute.")
        return
    if abs(age_us) <= _MAX_AGE_US:
        yield from findings


def _of_reader(reader: dict[str, Any]) -> Iterator[Finding]:
    about = f"reader {reader['name']} in the store"
    if not reader["up"]:
        why = printable(str(reader["why"])) or "it has not answered yet"
        yield bad(about, f"not connected: {why}", "Garments in its rooms are not detected; check the reader.")
    for noted in reader["notes"]:
        yield note(about, printable(str(noted["text"])), _ADVICE.get(noted["kind"], ""))
    if reader["up"] and not reader["notes"]:
        yield good(about, "connected, nothing to note")
