"""Replaces a small file atomically, safe against a power cut; nothing is left of an attempt that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(path: Path, content: str) -> None:
    """Writes `content` (UTF-8) to `path`, readable for everybody. Raises OSError; the former file is then unchanged."""
    import os

    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def overwrite_file(path: Path, content: str) -> None:
    """Writes into the file itself, which must exist: on a full disk the space that it has is enough for as much text.
    Raises OSError. Not atomic."""
    with path.open("r+", encoding="utf-8") as file:
        file.write(content)
        file.truncate()
