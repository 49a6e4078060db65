"""The mark of a restore that has not ended: no store may open what is there only in part."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk.store.errors import BackupError

MARK_FILE: Final = "restore.unfinished"


def require_restored(state: Path) -> None:
    """Raises BackupError if a restore into this state folder has begun and has not ended."""
    if (state / MARK_FILE).exists():
        raise BackupError(
            f"a restore into {state} has not ended; run `cheval restore` again, which begins anew"
        )
