"""Whether the files of a ledger can be read and replaced, before a new one is begun.

A ledger that this user may not read could be sound: a new one would forget its sold pieces and open payments.
"""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.store.errors import LedgerFileError
from kiosk.store.payments.ledger.on_disk.file_watch import JOURNAL_SUFFIX
from kiosk.store.payments.ledger.sqlite_ledger import permissions


def require_replaceable(ledger: Path, new: Path) -> None:
    """Raises LedgerFileError for what is no regular file, a link to nothing, or a file that this user may not read.

    `ledger`: a link to a regular file is accepted, it is read and kept. `new`: the name of the file that is begun.
    """
    for file in (ledger, _journal(ledger), new, _journal(new)):
        if file.is_symlink() and not file.exists():
            what = "is a link to a file that is not there"
            raise LedgerFileError(str(file), what, "mount its disk, or delete the link if the file is lost")
        if not file.exists():
            continue
        if file.is_dir():
            raise LedgerFileError(str(file), "is a folder", "move it away" + _put_back(file, ledger))
        if not file.is_file():
            raise LedgerFileError(str(file), "is no regular file", "move it away" + _put_back(file, ledger))
        _require_own(file)


def _put_back(file: Path, ledger: Path) -> str:
    return " and put the ledger's file back, if you have it" if file == ledger else ""


def _require_own(file: Path) -> None:
    if not os.access(file, os.R_OK, effective_ids=True):
        raise LedgerFileError(
            str(file),
            f"may not be read by this user ({permissions(file)})",
            "give it back to the store's user",
        )
    if os.geteuid() not in (0, file.lstat().st_uid) and not os.access(file, os.W_OK, effective_ids=True):
        raise LedgerFileError(
            str(file),
            f"may not be replaced by this user ({permissions(file)})",
            "give it back to the store's user",
        )


def _journal(file: Path) -> Path:
    return file.with_name(file.name + JOURNAL_SUFFIX)
