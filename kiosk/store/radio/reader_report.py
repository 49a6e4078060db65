"""The state of the readers as a file, so that `cheval doctor` has it while the store uses the readers."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hardware.ports import ReaderNote

log = logging.getLogger(__name__)
REPORT_FILE: Final = "readers.json"
EVERY_US: Final = 60_000_000
"""The file is written at each change, and again after this time: an older file is of a store that does not run."""
_MIN_US: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class ReaderState:
    """`up`: whether the reader answers; `why` it does not, empty while that is not known; its notes that stand."""

    name: str
    up: bool
    why: str
    notes: tuple[ReaderNote, ...]


class ReaderReport:
    """Writes the file, at most once a second. `file` None writes nothing."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._written: Sequence[ReaderState] | None = None
        self._written_us = 0
        self._failed = False

    def write(self, states: Sequence[ReaderState], now_us: int) -> None:
        """Writes the states if they have changed, or if the file is old. An error is logged once."""
        age_us = abs(now_us - self._written_us)
        if self._file is None or age_us < (EVERY_US if states == self._written else _MIN_US):
            return
        self._written, self._written_us = states, now_us
        part = self._file.with_suffix(".part")
        try:
            part.write_text(json.dumps(_tree(states, now_us)), "utf-8")
            part.replace(self._file)
        except OSError as error:
            if not self._failed:
                log.warning("%s cannot be written: %s", self._file, error.strerror)
            self._failed = True

    def remove(self) -> None:
        """Removes the file: the store ends."""
        if self._file is not None:
            self._file.unlink(missing_ok=True)


def _tree(states: Sequence[ReaderState], now_us: int) -> Mapping[str, Any]:
    return {
        "written_us": now_us,
        "readers": [
            {
                "name": state.name,
                "up": state.up,
                "why": state.why,
                "notes": [
                    {
                        "kind": note.kind.value,
                        "antenna": note.antenna,
                        "text": note.text,
                        "since_us": note.at_us,
                    }
                    for note in state.notes
                ],
            }
            for state in states
        ],
    }
