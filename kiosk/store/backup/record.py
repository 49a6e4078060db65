"""Remembers the last good back-up, for health and `cheval doctor`; and keeps two back-ups from running at once."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from hardware.regular_files import read_regular
from kiosk.store.errors import BackupError
from kiosk.store.staff.tokens import write_secret

RECORD_FILE: Final = "backup.json"
LOCK_FILE: Final = "backup.lock"
_MAX_BYTES: Final = 1 << 14
_HOUR_US: Final = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """The last back-up that was written and verified. `size` in bytes, `took_s` in seconds with the verification."""

    made_us: int
    file: str
    size: int
    took_s: float


def last_backup(state: Path) -> Record | None:
    """None if there was none, or if that is not known. Raises OSError."""
    try:
        found = json.loads(read_regular(state / RECORD_FILE, _MAX_BYTES))
        return Record(int(found["made_us"]), str(found["file"]), int(found["size"]), float(found["took_s"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def keep_record(state: Path, record: Record) -> None:
    """Raises OSError."""
    write_secret(state / RECORD_FILE, json.dumps(asdict(record)).encode())


def is_overdue(last: Record | None, now_us: int, hours: int) -> bool:
    """Whether there is no back-up of the last hours."""
    return last is None or now_us - last.made_us > hours * _HOUR_US


@contextmanager
def one_at_a_time(state: Path) -> Iterator[None]:
    """Raises BackupError while another process makes a back-up of the same store, OSError."""
    with (state / LOCK_FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError("another back-up of this store runs; wait until it has ended") from None
        yield
