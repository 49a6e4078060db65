"""Saves the ledger of a running store whose file was deleted or replaced: the open file still has every entry."""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)


SAVED_SUFFIX: Final = ".saved"


def save(connection: sqlite3.Connection, path: Path) -> bool:
    """Writes the open ledger to a file beside its place (`SAVED_SUFFIX`); False, with a log line, if that fails."""
    saved, new = saved_file(path), path.with_name(f"{path.name}{SAVED_SUFFIX}.new")
    try:
        new.unlink(missing_ok=True)
        target = sqlite3.connect(new)
        try:
            connection.backup(target)
        finally:
            target.close()
        new.chmod(0o600)
        _sync(new)
        new.replace(saved)
        _sync(path.parent)
    except (sqlite3.Error, OSError) as error:
        log.error("%s: the open ledger could not be saved (%s)", path, error)
        return False
    return True


def put_back(connection: sqlite3.Connection, path: Path) -> None:
    """Saves the open ledger and puts it in the place of the deleted file.

    If there is another file now, that one stays, and the saved ledger is kept beside it under a free name.
    """
    if not save(connection, path):
        return
    try:
        place = _place(saved_file(path), path)
        _sync(path.parent)
    except OSError as error:
        log.error("%s could not be put back (%s); it is %s", path, error, saved_file(path))
        return
    log.error("%s was deleted or replaced while the store ran; all entries are in %s", path, place)


def adopt_saved(path: Path) -> None:
    """Puts a saved ledger in the place of a missing one: the store was killed before it could do that itself."""
    saved = saved_file(path)
    if not path.exists() and saved.exists():
        log.error("%s is missing; %s is put in its place", path, saved)
        saved.replace(path)
        _sync(path.parent)


def saved_file(path: Path) -> Path:
    """Where the ledger of a deleted file is saved."""
    return path.with_name(path.name + SAVED_SUFFIX)


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
