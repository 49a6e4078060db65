"""Makes a back-up: copies, seals, reads back what was written, and deletes the oldest ones.

The file has its final name only when it is complete, on the disk, and was unpacked and verified.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from kiosk.config import StoreConfig
from kiosk.store.backup.archive import Source, unpack, write_archive
from kiosk.store.backup.contents import STAGING, Contents, contents_of
from kiosk.store.backup.keys import PublicKey
from kiosk.store.backup.manifest import DATABASE, LEDGER, LedgerEnd, Manifest, Member, ledger_in_database
from kiosk.store.backup.record import Record, keep_record, one_at_a_time
from kiosk.store.backup.sealing import SealedWriter, read_head
from kiosk.store.backup.snapshot import DATABASE_FILE, LEDGER_FILE, Snapshot
from kiosk.store.backup.verification import Verified, revision_of, rows_of, verify
from kiosk.store.errors import BackupError
from kiosk.store.settings import StoreSettings
from kiosk.version import VERSION

SUFFIX: Final = ".backup"
SNAPSHOT: Final = "snapshot"
_VERIFIED: Final = "verified"
_PART: Final = ".part"
_NAME: Final = re.compile(r"cheval-[0-9]{8}T[0-9]{6}\.[0-9]{6}Z" + re.escape(SUFFIX))
_MB: Final = 1_000_000
Say = Callable[[str, int, int], None]
"""Called with what is done, how much of it, and of how much."""
Snapshots = Callable[[Path, Callable[[int, int], None]], Snapshot]
"""Copies database and ledger into a folder: the running store does it, or this process."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to back up and where to: `file` is the configuration, `keep` how many back-ups stay (0: all)."""

    file: Path
    config: StoreConfig
    settings: StoreSettings
    public: PublicKey
    folder: Path
    keep: int


@dataclass(frozen=True, slots=True)
class Made:
    """A back-up that was verified; `size` in bytes, `deleted` older ones."""

    file: Path
    size: int
    content_bytes: int
    took_s: float
    manifest: Manifest
    verified: Verified
    deleted: tuple[Path, ...]


def make_backup(order: Order, snapshots: Snapshots, now_us: int, say: Say) -> Made:
    """Makes one back-up. Older ones are deleted after it is verified, never before.

    Raises BackupError, OSError, sqlite3.Error, SQLAlchemyError: then the earlier back-ups are all there.
    """
    began_s, state = time.monotonic(), order.settings.state
    with one_at_a_time(state), _part_of(order, now_us) as part:
        with _emptied(state / STAGING / SNAPSHOT) as staged:
            snapshot = snapshots(staged, lambda done, total: say("copying", done, total))
            with _full_disk_named(order.folder):
                manifest, key = _written(order, staged, snapshot, part, now_us, say)
        with _emptied(state / STAGING / _VERIFIED) as folder:
            verified = verified_file(part, key, folder, manifest, say)
        final = order.folder / f"cheval-{_stamp(now_us)}{SUFFIX}"
        if final.exists():
            raise BackupError(f"{final} exists; is the clock right?")
        part.replace(final)
        _sync(order.folder)
        size, took_s = final.stat().st_size, time.monotonic() - began_s
        keep_record(state, Record(now_us, str(final), size, round(took_s, 1)))
        content_bytes = sum(member.size for member in manifest.members)
        deleted = _pruned(order)
        return Made(final, size, content_bytes, took_s, manifest, verified, deleted)


def _written(
    order: Order, staged: Path, snapshot: Snapshot, part: Path, now_us: int, say: Say
) -> tuple[Manifest, bytes]:
    """Writes the sealed file; its list, and the key that opens this file."""
    sources, contents = _sources(order, staged, snapshot)
    size = sum(source.file.stat().st_size for source in sources)
    _require_space(order, size)

    def listed(members: tuple[Member, ...]) -> Manifest:
        return _manifest(order, staged, snapshot, contents, members, now_us)

    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        sealed = SealedWriter(file, order.public, version=VERSION, made_us=now_us, size=size)
        manifest = write_archive(sealed, sources, listed, lambda done, total: say("writing", done, total))
        file.flush()
        os.fsync(file.fileno())
    return manifest, sealed.stream_key


def verified_file(file: Path, key: bytes, folder: Path, wanted: Manifest | None, say: Say) -> Verified:
    """Unpacks a back-up into an empty folder and verifies it. Raises BackupError, OSError."""
    with file.open("rb") as opened:
        head = read_head(opened)
        found = unpack(opened, head, key, folder, lambda done, total: say("reading back", done, total))
    if wanted is not None and found != wanted:
        raise BackupError("what was written is not what is read")
    return verify(folder, found, lambda done, total: say("verifying", done, total))


def _sources(order: Order, staged: Path, snapshot: Snapshot) -> tuple[tuple[Source, ...], Contents]:
    settings = order.settings
    database = sqlite_file(settings)
    copied = {settings.ledger_path.resolve()}
    if database is not None:
        copied.add(database.resolve())
    contents = contents_of(order.file, order.config, settings.state, frozenset(copied))
    sources = [Source(DATABASE, staged / DATABASE_FILE, str(database or ""))]
    if (staged / LEDGER_FILE).exists():
        sources.append(Source(LEDGER, staged / LEDGER_FILE, str(settings.ledger_path)))
    sources += [
        Source(ledger_in_database(n), staged / f"ledger-{n}.db", f"ledger {n}") for n in snapshot.ledgers
    ]
    return (*sources, *contents.sources), contents


def _manifest(
    order: Order, staged: Path, snapshot: Snapshot, contents: Contents, members: tuple[Member, ...], now_us: int
) -> Manifest:  # fmt: skip
    database, end = sqlite_file(order.settings), snapshot.end
    return Manifest(
        version=VERSION,
        made_us=now_us,
        shop=order.settings.shop.name,
        config=str(order.file.resolve()),
        state=str(order.settings.state.absolute()),
        database="postgresql" if database is None else "sqlite",
        database_file=str(database.absolute() if database else ""),
        revision=revision_of(staged / DATABASE_FILE),
        ledger_in_database=order.settings.ledger_in_database,
        ledgers=snapshot.ledgers,
        ledger_end=LedgerEnd(seq=end.seq, chain=end.chain, receipts=end.receipts),
        rows=rows_of(staged / DATABASE_FILE),
        references=contents.references,
        missing=contents.missing,
        members=members,
    )


def sqlite_file(settings: StoreSettings) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL."""
    url = make_url(settings.database_url)
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def _require_space(order: Order, size: int) -> None:
    """The copy is unpacked once to verify it; the store must not come below its floor. Raises BackupError, OSError."""
    free = shutil.disk_usage(order.settings.state).free
    floor = order.settings.min_free_mb * _MB
    same = order.folder.stat().st_dev == order.settings.state.stat().st_dev
    if free < size * (2 if same else 1) + floor:
        raise BackupError(
            f"{free // _MB} MB are free on the disk of {order.settings.state}; a back-up needs {size // _MB} MB for its"
            f" verification, above the {order.settings.min_free_mb} MB of payments.min_free_mb"
        )


@contextmanager
def _full_disk_named(folder: Path) -> Iterator[None]:
    """Raises BackupError instead of an OSError without a name."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise BackupError(f"the disk of {folder} is full; the earlier back-ups are all there") from error


@contextmanager
def _part_of(order: Order, now_us: int) -> Iterator[Path]:
    """The name of the unfinished file; it is deleted at the end, and those of earlier runs at the begin."""
    begins = f".cheval-{order.public.fingerprint}-"
    for left in order.folder.glob(f"{begins}*{_PART}"):
        left.unlink()
    part = order.folder / f"{begins}{_stamp(now_us)}{_PART}"
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _emptied(folder: Path) -> Iterator[Path]:
    """An empty folder with mode 0700, removed at the end: its files are not encrypted."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def backups_in(folder: Path, fingerprint: str) -> list[Path]:
    """The back-ups of this key in a folder, the newest first; files of other shops are left out."""
    found: list[Path] = []
    for file in folder.glob(f"cheval-*{SUFFIX}"):
        try:
            with file.open("rb") as opened:
                own = _NAME.fullmatch(file.name) is not None and read_head(opened).key == fingerprint
        except (BackupError, OSError):
            continue
        if own:
            found.append(file)
    return sorted(found, key=lambda file: file.name, reverse=True)


def _pruned(order: Order) -> tuple[Path, ...]:
    if not order.keep:
        return ()
    old = backups_in(order.folder, order.public.fingerprint)[order.keep :]
    for file in old:
        file.unlink(missing_ok=True)
    return tuple(old)


def _stamp(at_us: int) -> str:
    return datetime.fromtimestamp(at_us / 1e6, UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
