"""The file: a zip archive of texts, readable by its owner alone."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_PART_BYTES: Final = 16 << 20
"""The end of a longer text is kept."""


@dataclass(frozen=True, slots=True)
class Part:
    """One text. `missing`: why it could not be collected; empty if it was."""

    name: str
    text: str
    missing: str = ""


def write_bundle(file: Path, parts: Sequence[Part]) -> None:
    """Writes a new file, mode 0600. Raises FileExistsError, OSError."""
    with (
        os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in parts:
            archive.writestr(part.name, part.text.encode())


def read_bundle(file: Path) -> tuple[Part, ...]:
    """Its texts. Raises ValueError for what is no such file, OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            return tuple(
                Part(entry.filename, archive.read(entry).decode("utf-8", "replace"))
                for entry in archive.infolist()
                if entry.file_size <= MAX_PART_BYTES
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValueError("this is no file of `cheval logs bundle`") from error
