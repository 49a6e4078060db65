"""Saves the ledger of a running store whose file was deleted or replaced: the open file still has every entry."""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path

log = logging.getLogger(__name__)


def put_back(connection: sqlite3.Connection, path: Path) -> None:
    """Writes the open ledger to a file and puts it in the place of the deleted one.

    If there is another file now, that one stays, and the saved ledger is kept beside it under a free name.
    """
    saved = path.with_name(path.name + ".saved")
    try:
        saved.unlink(missing_ok=True)
        target = sqlite3.connect(saved)
        try:
            connection.backup(target)
            target.execute("PRAGMA synchronous=EXTRA")
        finally:
            target.close()
        saved.chmod(0o600)
        _sync(saved)
        place = _place(saved, path)
        _sync(path.parent)
    except (sqlite3.Error, OSError) as error:
        log.error("%s: the open ledger could not be saved (%s)", path, error)
        return
    log.error("%s was deleted or replaced while the store ran; all entries are in %s", path, place)


def _place(saved: Path, path: Path) -> Path:
    number = 0
    while True:
        place = path if number == 0 else path.with_name(f"{path.stem}-saved-{number}{path.suffix}")
        try:
            os.link(saved, place)
        except FileExistsError:
            number += 1
            continue
        saved.unlink()
        return place


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
