"""The file: a zip archive of texts, readable by its owner alone."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_PART_BYTES: Final = 16 << 20
"""The end of a longer text is kept."""
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control signs but tab and line feed, and those that change the direction of a text."""


@dataclass(frozen=True, slots=True)
class Part:
    """One text. `missing`: why it could not be collected; empty if it was."""

    name: str
    text: str
    missing: str = ""


def write_bundle(file: Path, parts: Sequence[Part]) -> None:
    """Writes a new file, mode 0600; no part of it stays if that fails. Raises FileExistsError, OSError."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        try:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, part in zip(_names(parts), parts, strict=True):
                    archive.writestr(name, part.text.encode("utf-8", "replace")[-MAX_PART_BYTES:])
        except OSError:
            file.unlink()
            raise


def _names(parts: Sequence[Part]) -> Iterator[str]:
    """Two log files may have one name: `files/store.log`, `files/store.log-2`."""
    seen = Counter[str]()
    for part in parts:
        seen[part.name] += 1
        yield part.name if seen[part.name] == 1 else f"{part.name}-{seen[part.name]}"


def read_bundle(file: Path) -> tuple[Part, ...]:
    """Its texts, all of them. Raises ValueError for what is no such file, OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            if any(entry.file_size > MAX_PART_BYTES for entry in archive.infolist()):
                raise ValueError("this is no file of `cheval logs bundle`: a part is too large to be shown")
            return tuple(
                Part(entry.filename, archive.read(entry).decode("utf-8", "replace"))
                for entry in archive.infolist()
            )
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValueError("this is no file of `cheval logs bundle`") from error


def for_screen(text: str) -> str:
    """A text without signs that a terminal would follow: they are written as `\\x1b`."""
    return _CONTROLS.sub(lambda found: ascii(found[0])[1:-1], text)
