"""Remembers over restarts that an entry is damaged: the start checks the newest entries only.

The note is a file of the state folder. It is no proof: at each start the entry is checked again, and a note about an
entry that is sound (an undamaged copy was put back, a new ledger was begun) is deleted.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Final

from hardware.regular_files import read_regular
from kiosk.store.staff.tokens import write_secret

log = logging.getLogger(__name__)
NOTE_FILE: Final = "ledger.damage"
_MAX_BYTES: Final = 4096


class DamageNote:
    """The note beside a ledger's file, also for a ledger in PostgreSQL."""

    def __init__(self, file: Path) -> None:
        self._file = file.with_name(NOTE_FILE)

    def read(self) -> int | None:
        """Number of the damaged entry, 0 for a file with damaged pages; None if nothing is noted."""
        try:
            return max(0, int(json.loads(read_regular(self._file, _MAX_BYTES))["seq"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("%s cannot be read (%s); the pages of the ledger are checked", self._file, error)
            return 0

    def keep(self, seq: int) -> None:
        """Notes that an entry is damaged."""
        try:
            write_secret(self._file, json.dumps({"seq": seq}).encode())
        except OSError as error:
            log.error(
                "%s cannot be written (%s); after a restart the damage must be found again", self._file, error
            )

    def clear(self) -> None:
        """Nothing is damaged."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            log.error("%s cannot be deleted (%s)", self._file, error)
