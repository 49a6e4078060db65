"""Checks the back-ups: whether a key is configured, the folder can be used, and how old the last good one is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kiosk.commands.doctor.finding import Finding, bad, good, not_yet
from kiosk.config.backup import Backup
from kiosk.store.backup.record import is_overdue, last_backup
from kiosk.store.privacy.erasure_list import OWN_FILE, ErasureList, Listed
from kiosk.store.staff.tokens import SECRET_FILE

_ABOUT = "back-ups"
_HOUR_US = 3_600_000_000


def look(backup: Backup, state: Path, now_us: int) -> Iterator[Finding]:
    """Findings about back-ups of the store with this state folder."""
    if backup.public_key is None:
        missing = bad(
            _ABOUT,
            "there is no key for them, so none are made",
            "Make one: cheval backup --new-key FILE; write what it prints into the configuration, and keep FILE"
            " elsewhere. Then: systemctl enable --now cheval-backup.timer.",
        )
        yield not_yet(missing)
        return
    folder = backup.folder
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK, effective_ids=True):
        yield bad(
            _ABOUT,
            f"{folder} is no folder that this user can write to",
            "Mount its disk, or give the folder to the store's user.",
        )
    yield _age(backup, state, now_us)
    yield from _erased(folder, state)


def _erased(folder: Path, state: Path) -> Iterator[Finding]:
    """Erased members and ended rights that are not in the list beside the back-ups: a restore would undo that."""
    try:
        if not (state / OWN_FILE).is_file():
            return
        erasures = ErasureList((state / SECRET_FILE).read_bytes())
        kept = _named(erasures.read(folder / erasures.name))
        missing = len(_named(erasures.read(state / OWN_FILE)) - kept)
    except OSError as error:
        missing, words = 1, f"the list of erased members cannot be read ({error.strerror})"
    else:
        words = (
            f"{missing} erased members or ended rights are not in the list beside the back-ups;"
            " a restore would bring them back"
        )
    if missing:
        yield bad(
            _ABOUT,
            words,
            "systemctl start cheval-backup-erased; why it failed: journalctl -u cheval-backup-erased.",
        )


def _age(backup: Backup, state: Path, now_us: int) -> Finding:
    advice = "Start one: systemctl start cheval-backup; why the last one failed: journalctl -u cheval-backup."
    try:
        last = last_backup(state)
    except OSError as error:
        return bad(_ABOUT, f"the record of the last one cannot be read ({error.strerror})", advice)
    if last is None:
        return bad(_ABOUT, "none has been made yet", advice)
    hours = (now_us - last.made_us) // _HOUR_US
    words = f"the last one is {hours} hours old, verified: {last.file}"
    if is_overdue(last, now_us, backup.overdue_hours):
        return bad(_ABOUT, f"{words}; it is older than {backup.overdue_hours} hours", advice)
    return good(_ABOUT, words)


def _named(listed: Listed) -> frozenset[str]:
    return frozenset(one.member_mac for one in (*listed.erased, *listed.ended))
