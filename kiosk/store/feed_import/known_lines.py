"""What is known of earlier imports: the digest of each line, the stamp and the report of each file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.connectors.feeds import MAX_KEPT, FileStamp, limits
from kiosk.store.db.batches import batches
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.table_groups.promotions import PROMOTION
from kiosk.store.db.tables import (
    ASSOCIATE,
    FEED_FILE,
    FEED_LINE,
    LOOK,
    SHOPPER,
    SKU,
    STOCK,
    STYLE,
)
from kiosk.store.feed_import.report import KindReport
from kiosk.store.feed_import.slices import Writes

READ_AGAIN: Final = b""
"""Digest of a row whose line must be read again although it has not changed."""
_MAX_KEYS: Final = 500
_KEYS: Final[Mapping[str, tuple[Table, ColumnElement[str]]]] = {
    "styles": (STYLE, STYLE.c.style_id),
    "items": (SKU, SKU.c.article),
    "stock": (STOCK, STOCK.c.article + " " + STOCK.c.place),
    "shoppers": (SHOPPER, SHOPPER.c.shopper_id),
    "associates": (ASSOCIATE, ASSOCIATE.c.associate_id),
    "looks": (LOOK, LOOK.c.look_id),
    "promotions": (PROMOTION, PROMOTION.c.promotion_id),
}


@dataclass(frozen=True, slots=True)
class KnownFile:
    """The file of a kind that was imported last; `waiting` lines of it name a style or item that is not known."""

    stamp: str = ""
    content: str = ""
    as_of_us: int = 0
    waiting: int = 0
    report: KindReport | None = None


def known_digests(connection: Connection, kind: str, *, first: bool) -> dict[str, bytes]:
    """The digests of all rows of a kind, by key. `first`: rows that no import has noted yet are contained as well."""
    known: dict[str, bytes] = {}
    if first:
        known.update((key, READ_AGAIN) for key in connection.scalars(_unnoted(kind)))
    lines = select(FEED_LINE.c.key, FEED_LINE.c.digest).where(FEED_LINE.c.kind == kind)
    # plain tuples of the driver: 200,000 rows of SQLAlchemy take four times as long
    known.update(connection.execute(lines).cursor.fetchall())
    return known


def note_rows(writes: Writes, kind: str) -> None:
    """Notes all rows of a kind that were written before there were digests."""
    if writes.dry:
        return
    dialect = postgresql if writes.connection.dialect.name == "postgresql" else sqlite
    rows = select(literal(kind), _unnoted(kind).selected_columns[0], literal(READ_AGAIN))
    insert = dialect.insert(FEED_LINE).from_select(["kind", "key", "digest"], rows.where(*_of_feed(kind)))
    writes.connection.execute(insert.on_conflict_do_nothing())


def _unnoted(kind: str) -> Any:
    return select(_KEYS[kind][1]).where(*_of_feed(kind))


def _of_feed(kind: str) -> tuple[ColumnElement[bool], ...]:
    return (ASSOCIATE.c.active,) if kind == "associates" else (literal(value=True),)


def note_lines(writes: Writes, kind: str, digests: Iterable[tuple[str, bytes]]) -> None:
    """Notes the digests of lines."""
    writes.upsert(FEED_LINE, [{"kind": kind, "key": key, "digest": digest} for key, digest in digests])


def forget_lines(writes: Writes, kind: str, keys: Sequence[str]) -> None:
    """Forgets lines; if a file contains them again, they are imported again."""
    for some in batches(keys, _MAX_KEYS):
        writes.delete(FEED_LINE, FEED_LINE.c.kind == kind, FEED_LINE.c.key.in_(some))


def known_files(connection: Connection) -> dict[str, KnownFile]:
    """The files that were imported last, by kind."""
    return {
        row.kind: KnownFile(row.stamp, row.content, row.as_of_us, row.waiting, _report(row.report))
        for row in connection.execute(select(FEED_FILE))
    }


def save_file(writes: Writes, kind: str, file: KnownFile) -> None:
    """Notes that a file was imported."""
    report = compact_json(asdict(file.report)) if file.report is not None else "{}"
    row = {
        "kind": kind, "stamp": file.stamp, "content": file.content, "as_of_us": file.as_of_us,
        "waiting": file.waiting, "report": report,
    }  # fmt: skip
    writes.upsert(FEED_FILE, [row])


def stamp_text(stamps: Sequence[FileStamp]) -> str:
    """Stamps as they are stored."""
    return compact_json([[s.name, s.size, s.mtime_ns, s.inode] for s in stamps])


def content_digest(folder: Path, stamps: Sequence[FileStamp], settings: str) -> str:
    """Digest of the contents of files and of the settings that decide how they are read.

    It is another one each time if a file cannot be read.
    """
    digest = hashlib.blake2b(settings.encode(), digest_size=24)
    for stamp in stamps:
        digest.update(f"\x00{stamp.name}\x00".encode())
        path = folder / stamp.name
        if stamp.size > limits.MAX_FILE_BYTES or not path.is_file():
            # a pipe has no content to compare; a file that is too large is not read, and its digest would take minutes
            digest.update(os.urandom(16))
            continue
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "blake2b").digest())
        except OSError:
            # the reader says why; other kinds are imported all the same
            digest.update(os.urandom(16))
    return digest.hexdigest()


def unchanged(folder: Path, stamps: Sequence[FileStamp]) -> bool:
    """Whether the files are still the same."""
    try:
        now = [(folder / stamp.name).stat() for stamp in stamps]
    except OSError:
        return False
    return all(
        (stat.st_size, stat.st_mtime_ns, stat.st_ino) == (stamp.size, stamp.mtime_ns, stamp.inode)
        for stat, stamp in zip(now, stamps, strict=True)
    )


def _report(text: str) -> KindReport | None:
    stored = json.loads(text)
    if not stored:
        return None
    # versions before this one stored all mistakes
    mistakes, notes = stored["mistakes"], tuple(stored["notes"])
    more = stored.get("more_mistakes", 0) + len(mistakes[MAX_KEPT:])
    lists = {"mistakes": tuple(mistakes[:MAX_KEPT]), "notes": notes, "more_mistakes": more}
    return KindReport(**{**stored, **lists, "read": False})
