"""Published models side by side in one folder: which is served, which was before; knows nothing of what is in them.

ROOT/current            {"version": "0002-ab12cd34", "before": ["0001-…"]}, replaced in one step
ROOT/models/0002-ab12cd34/   a sealed model folder, never changed after it stands there
ROOT/popular.json       best sellers of the last published model, for the day no model can be read
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommender.errors import ModelMissingError

if TYPE_CHECKING:
    from pathlib import Path

CURRENT_FILE, MODELS_FOLDER, POPULAR = "current", "models", "popular.json"


@dataclass(frozen=True, slots=True)
class ServedVersions:
    """What is served now, and what was served before, the latest first."""

    version: str
    previous: tuple[str, ...] = ()


def read_served(root: Path) -> ServedVersions:
    """The standing of a root; raises `ModelMissingError` where nothing is published or the note is unreadable."""
    import json

    try:
        note = json.loads((root / CURRENT_FILE).read_text(encoding="utf-8"))
        names = (str(note["version"]), *map(str, note["before"]))
    except (OSError, ValueError, KeyError, TypeError) as absent:
        raise ModelMissingError(root, "nothing is published here") from absent
    if any("/" in name or name.startswith(".") for name in names):
        raise ModelMissingError(root, "its note names a folder outside of it")
    return ServedVersions(names[0], names[1:])


def version_folder(root: Path, version: str) -> Path:
    """Where a version stands."""
    return root / MODELS_FOLDER / version


def resolve_model(path: Path) -> Path:
    """The model folder that `path` means: itself, or the served version where it is a root of versions."""
    return version_folder(path, read_served(path).version) if (path / CURRENT_FILE).exists() else path


def write_served(root: Path, now: ServedVersions) -> None:
    """Makes `now` the standing, in one step that survives a power cut."""
    import json
    import os

    fresh = root / f".{CURRENT_FILE}-{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump({"version": now.version, "before": list(now.previous)}, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(root / CURRENT_FILE)


def versions_on_disk(root: Path) -> tuple[str, ...]:
    """Every version that stands there, the newest first; also those the note does not name."""
    models = root / MODELS_FOLDER
    names = (
        [each.name for each in models.iterdir() if not each.name.startswith(".")] if models.is_dir() else []
    )
    return tuple(sorted(names, reverse=True))
