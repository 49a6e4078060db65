"""Marks in the state folder that keep a store from data that are there only in part, or not here any more."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk.store.errors import BackupError

MARK_FILE: Final = "restore.unfinished"
MOVED_FILE: Final = "store.moved"
"""Has the address, without password, of the database in which the data of this folder's SQLite files are now."""
_MAX_BYTES: Final = 4096


def require_restored(state: Path) -> None:
    """Raises BackupError if a restore into this state folder has begun and has not ended."""
    if (state / MARK_FILE).exists():
        raise BackupError(
            f"a restore into {state} has not ended; run `cheval restore` again, which begins anew"
        )


def require_not_moved(state: Path, database_url: str) -> None:
    """Raises BackupError if the configuration still names SQLite files whose data were moved to PostgreSQL."""
    file = state / MOVED_FILE
    if not database_url.startswith("sqlite") or not file.exists():
        return
    with file.open(encoding="utf-8", errors="replace") as opened:
        to = opened.read(_MAX_BYTES).strip()
    raise BackupError(
        f"the data of this store were moved to {to}; write that as `database` into the configuration. To go on with the"
        f" old files instead, give them their names without `.before-move` and delete {file}; what was written since"
        " the move is then lost"
    )
