"""Damage to ledger files for tests: a flipped byte in an entry, an old copy, a file cut short."""

from __future__ import annotations

import shutil
from pathlib import Path


def flip(path: Path, text: bytes, offset: int = 0) -> None:
    """Changes the byte at `offset` after the first place where the file has this text."""
    content = bytearray(path.read_bytes())
    place = content.index(text) + offset
    content[place] ^= 1
    path.write_bytes(content)


def copy_of(path: Path) -> Path:
    """A copy of a closed ledger file beside it."""
    copy = path.with_name(path.name + ".yesterday")
    shutil.copyfile(path, copy)
    return copy
