"""Folders in which readings of a system are converted; what a killed program has left is deleted."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kiosk.store.connected.pull_record import folder_of

_READING: Final = "reading-"
_TRIAL: Final = "trial-"
_OLD_S: Final = 86_400.0
"""A trial by a command has no lock; no trial takes so long."""


@contextmanager
def work_folder(state: Path, name: str, *, trial: bool = False) -> Iterator[Path]:
    """An empty folder until the end of the block. `trial`: for a command, which does not hold `pull_lock`.

    Raises OSError.
    """
    beginning = _TRIAL if trial else f"{_READING}{name}."
    with tempfile.TemporaryDirectory(dir=folder_of(state), prefix=beginning) as work:
        yield Path(work)


def delete_left(state: Path, name: str) -> None:
    """Deletes the folders of readings of a system that did not end, and of old trials. Under `pull_lock`."""
    folder = folder_of(state)
    for left in folder.glob(f"{_READING}{name}.*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in folder.glob(f"{_TRIAL}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _OLD_S:
                shutil.rmtree(left, ignore_errors=True)
