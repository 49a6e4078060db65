"""What a ledger says of those before it (`before` in its first entry), and their names where it says nothing.

Closed files are numbered, `ledger-1.db` being the oldest, and so are the ledgers of a database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

Description = dict[str, Any]
"""What a ledger says of the one before it: its `file` or `number`, its end (`seq`, `chain`). It has neither name if the
one before was missing when the next one was begun."""
_NOT_THERE: Final = (0, 0)
_READABLE: Final = ".readable"
"""In the name of a copy: what could be read of a closed file when it was closed."""


def descriptions(before: Description) -> list[Description]:
    """The ledger before and those before that, as far as they are named; none if `before` is empty."""
    if not before:
        return []
    earlier = before.get("earlier")
    found = earlier if isinstance(earlier, list) else []
    return [before, *(each for each in found if isinstance(each, dict) and each)]


def names_one(before: Description) -> bool:
    """Whether it names a ledger, rather than saying only that there was one."""
    return bool(before.get("file") or before.get("number"))


def name_of(before: Description) -> str:
    """The name of a ledger in messages."""
    return str(before.get("file") or f"ledger {before.get('number')} of the database")


def closed_before(before: Description) -> list[Description]:
    """The ledger that was closed before one, by its number: ledgers of earlier versions do not name it."""
    if before.get("number"):
        number = int(before["number"])
        return [{"number": number - 1}] if number > 1 else []
    stem, _, number_text = Path(str(before["file"])).stem.removesuffix(_READABLE).rpartition("-")
    if not stem or not number_text.isdecimal() or int(number_text) <= 1:
        return []
    return [{"file": f"{stem}-{int(number_text) - 1}.db"}]


def closed_files(file: Path) -> Iterator[Path]:
    """The closed ledgers beside the place of a ledger's file, the newest first; a file with two names once.

    A new ledger that was not begun to its end leaves a second name of the present one.
    """
    number = re.compile(re.escape(file.stem) + r"-([1-9][0-9]{0,8})\.db")
    found = [
        (int(match[1]), each) for each in _entries(file.parent) if (match := number.fullmatch(each.name))
    ]
    known = {_identity(file), _NOT_THERE}
    for _, each in sorted(found, reverse=True):
        if (identity := _identity(each)) not in known:
            known.add(identity)
            yield each


def has_content(file: Path) -> bool:
    """Whether there is a file with anything in it. Raises OSError if that cannot be found out."""
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:
        return False


def original_of(copy: Path) -> Path | None:
    """The closed file of which a copy was made when it was closed; None for what is no such copy."""
    if not copy.stem.endswith(_READABLE):
        return None
    return copy.with_name(copy.stem.removesuffix(_READABLE) + copy.suffix)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _identity(file: Path) -> tuple[int, int]:
    """Device and inode."""
    try:
        found = file.stat()
    except OSError:
        return _NOT_THERE
    return found.st_dev, found.st_ino
