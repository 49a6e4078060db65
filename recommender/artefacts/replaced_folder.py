"""Writes a model folder beside its place and moves it there when it is complete.

A killed training thus leaves either the former folder or the new one, never a mixture.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST: Final = "manifest.json"
"""Name of the file in a model folder that states its other files."""


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """A new folder to write to, which replaces `folder` at the end; after an error it is deleted. Raises OSError."""
    import shutil
    import tempfile
    from pathlib import Path

    # tempfile makes absolute paths from relative ones
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    temporary.chmod(0o755)
    try:
        yield temporary
        _swap(temporary, folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def foreign_files(folder: Path) -> list[str]:
    """Names in an existing folder that are not those of a model, and would be lost if a model replaced it."""
    return sorted(
        each.name
        for each in folder.iterdir()
        if each.is_dir() or not (each.name == MANIFEST or each.suffix in (".npz", ".md"))
    )


def _swap(temporary: Path, folder: Path) -> None:
    """Moves `temporary` to `folder`; an existing folder is moved aside first and deleted last."""
    import shutil
    import tempfile
    from pathlib import Path

    if not folder.exists():
        temporary.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(old / folder.name)
    temporary.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
