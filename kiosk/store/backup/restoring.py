"""Restores a back-up onto a machine without a store: unpacks and verifies all of it, then puts the files in place.

Until the back-up is verified nothing is changed. From then on a mark in the state folder says that a restore has begun;
with it no store starts, and the same restore may be run again, whatever was done before. It is removed at the end.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kiosk.config import StoreConfig, parse_store
from kiosk.store.backup.archive import unpack
from kiosk.store.backup.keys import SecretKey
from kiosk.store.backup.manifest import CONFIG, ELSEWHERE, Manifest, Member, ledger_in_database
from kiosk.store.backup.postgres_rows import clear, is_empty, write_rows
from kiosk.store.backup.sealing import read_head, stream_key
from kiosk.store.backup.verification import Verified, verify
from kiosk.store.db.restore_mark import MARK_FILE
from kiosk.store.errors import BackupError
from kiosk.store.payments.ledger.heads import FileHead
from kiosk.store.payments.ledger.port import Head
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.tokens import write_secret

UNPACKED: Final = ".restore"
NOT_PLACED: Final = "restored"
_BEFORE: Final = ".before-restore"
_HARMLESS: Final = frozenset({UNPACKED, MARK_FILE, f"{MARK_FILE}.new", "lost+found", "pictures", "backup"})
"""What is no store: also the mark of a restore that was killed while it wrote it."""
_READABLE_BY_GROUP: Final = 0o640
Say = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A verified back-up in a folder of the state folder."""

    folder: Path
    manifest: Manifest
    verified: Verified

    def config(self, file: Path) -> StoreConfig:
        """Its configuration, as one of this file. Raises kiosk.config.ConfigError."""
        return parse_store((self.folder / CONFIG).read_text("utf-8"), str(file), file.parent)


@dataclass(frozen=True, slots=True)
class Placed:
    """Files that were put in place; `aside`: other files that were there and have another name now; `left`: files that
    belong where this restore may not write, and are in the folder `restored`."""

    aside: tuple[Path, ...]
    left: tuple[Path, ...]


def require_no_store(state: Path) -> None:
    """Raises BackupError if the state folder has files of a store, and no restore has begun there; OSError."""
    if (state / MARK_FILE).exists():
        return
    found = sorted(
        entry.name for entry in state.iterdir() if entry.name not in _HARMLESS and entry.suffix != ".lock"
    )
    if found:
        raise BackupError(
            f"{state} has files of a store ({', '.join(found[:3])}); nothing was changed. If they are not needed, stop"
            f" the store and move them away: mv {state} {state}.old"
        )


def open_backup(file: BinaryIO, secret: SecretKey, place: Path, say: Say) -> Unpacked:
    """Unpacks and verifies a back-up in a folder of `place`, which `discard` removes. Raises BackupError, OSError."""
    discard(place)
    folder = place / UNPACKED
    folder.mkdir(mode=0o700)
    head = read_head(file)
    key = stream_key(head, secret)
    free = shutil.disk_usage(place).free
    if free < head.size:
        raise BackupError(
            f"the back-up needs {head.size // 1_000_000} MB, and {free // 1_000_000} MB are free"
        )
    manifest = unpack(file, head, key, folder, lambda done, total: say("unpacking", done, total))
    verified = verify(folder, manifest, lambda done, total: say("verifying", done, total))
    return Unpacked(folder, manifest, verified)


def discard(place: Path) -> None:
    """Removes what was unpacked."""
    shutil.rmtree(place / UNPACKED, ignore_errors=True)


def begin(state: Path, url: str, *, keep_database: bool) -> None:
    """Marks that a restore has begun, and removes what an earlier one has put here. Raises BackupError, OSError."""
    postgres = url.startswith("postgresql") and not keep_database
    again = (state / MARK_FILE).exists()
    if postgres and not again and not is_empty(url):
        raise BackupError(
            "the database has tables of a store; nothing was changed. Empty it, or keep it as it is: --keep-database"
        )
    write_secret(state / MARK_FILE, b"a restore has begun here and has not ended; run it again\n")
    if not again:
        return
    for entry in state.iterdir():
        if entry.name in (UNPACKED, MARK_FILE, "lost+found") or entry.suffix == ".lock":
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    if postgres:
        clear(url)


def place_state(found: Unpacked, state: Path, database: Path | None) -> None:
    """Moves the files of the state folder, and an SQLite database. Raises OSError."""
    own = found.folder / "state"
    if database is None:
        (own / "store.db").replace(found.folder / "store.db")
    elif database.resolve() != (state / "store.db").resolve():
        shutil.move(own / "store.db", database)
    modes = {member.name: member.mode for member in found.manifest.members}
    for entry in sorted(own.rglob("*")):
        if entry.is_file():
            entry.chmod(modes.get(str(entry.relative_to(found.folder)), 0o600) & 0o700)
    for entry in sorted(own.iterdir()):
        entry.replace(state / entry.name)
    os.sync()


def place_others(
    found: Unpacked, config: Path, state: Path, also: tuple[Path, ...], owner: tuple[int, int]
) -> Placed:
    """Copies the configuration and what it names outside of the state folder. `owner`: user and group of the service.

    The configuration's folder and those in `also` are written to, no others: a back-up does not decide where. Raises
    OSError.
    """
    aside: list[Path] = []
    left: list[Path] = []
    _copy(found.folder / CONFIG, config, (0, owner[1]), _READABLE_BY_GROUP, aside)
    for member in found.manifest.members:
        if not member.name.startswith(ELSEWHERE):
            continue
        place = _allowed(member, (config.parent, *also))
        if place is None:
            place = state / NOT_PLACED / member.name.removeprefix(ELSEWHERE)
            left.append(place)
        _copy(found.folder / member.name, place, owner, member.mode & 0o770, aside)
    return Placed(tuple(aside), tuple(left))


def fill_database(found: Unpacked, url: str, say: Say) -> None:
    """Writes the rows of the back-up into an empty PostgreSQL database. Raises SQLAlchemyError."""
    ledgers = {number: found.folder / ledger_in_database(number) for number in found.manifest.ledgers}
    write_rows(
        url, found.folder / "store.db", ledgers, lambda done, total: say("filling the database", done, total)
    )


def keep_end(settings: StoreSettings, manifest: Manifest) -> None:
    """Keeps the end of a ledger that is in the database. Raises OSError."""
    if settings.ledger_in_database:
        end = manifest.ledger_end
        FileHead(settings.state).write(Head(end.seq, end.chain, end.receipts))


def give_to_owner(state: Path) -> None:
    """Gives all files of the state folder to its owner, where root has restored them. Raises OSError."""
    if os.geteuid() != 0:
        return
    status = state.stat()
    for folder, folders, files in os.walk(state):
        for name in (*folders, *files):
            os.chown(Path(folder) / name, status.st_uid, status.st_gid, follow_symlinks=False)


def end(state: Path) -> None:
    """Removes the mark: a store may start. Raises OSError."""
    (state / MARK_FILE).unlink(missing_ok=True)
    os.sync()


def may_place(file: Path, folders: tuple[Path, ...]) -> bool:
    """Whether a path is in one of the folders, links resolved."""
    real = file.parent.resolve() / file.name
    inside = any(real.is_relative_to(folder.resolve()) for folder in folders)
    return file.is_absolute() and ".." not in file.parts and inside


def _allowed(member: Member, folders: tuple[Path, ...]) -> Path | None:
    place = Path(member.origin)
    same = member.origin == "/" + member.name.removeprefix(ELSEWHERE)
    return place if same and may_place(place, folders) else None


def _copy(source: Path, place: Path, owner: tuple[int, int], mode: int, aside: list[Path]) -> None:
    """Copies a file under a name that is complete at once; another one that was there keeps a name of its own."""
    place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    if place.is_file() and not place.is_symlink():
        if filecmp.cmp(source, place, shallow=False):
            return
        before = place.with_name(place.name + _BEFORE)
        if not before.exists():
            os.link(place, before)
            aside.append(before)
    new = place.with_name(f".{place.name}.restoring")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        with source.open("rb") as opened:
            shutil.copyfileobj(opened, target)
        if os.geteuid() == 0:
            os.fchown(target.fileno(), *owner)
        os.fchmod(target.fileno(), mode)
        target.flush()
        os.fsync(target.fileno())
    new.replace(place)
