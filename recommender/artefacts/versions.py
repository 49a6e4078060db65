"""Published model versions in one folder, and the pointer to the version that is served.

    ROOT/current                 {"version": "0002-ab12cd34", "before": ["0001-…"]}, replaced atomically
    ROOT/models/0002-ab12cd34/   a sealed model folder, never changed after it was written
    ROOT/popular.json            best sellers of the last published model, used if no model can be read

This module does not read the models themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommender.artefacts.replaced_file import replace_file
from recommender.errors import ModelMissingError

if TYPE_CHECKING:
    from pathlib import Path

CURRENT_FILE, MODELS_FOLDER, POPULAR = "current", "models", "popular.json"


@dataclass(frozen=True, slots=True)
class ServedVersions:
    """The version that is served, and the versions served before it, the latest first."""

    version: str
    previous: tuple[str, ...] = ()


def read_served(root: Path) -> ServedVersions:
    """Reads the pointer of `root`. Raises `ModelMissingError` if nothing is published or the pointer is
    unreadable."""
    import json

    try:
        pointer = json.loads((root / CURRENT_FILE).read_text(encoding="utf-8"))
        names = (str(pointer["version"]), *map(str, pointer["before"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelMissingError(root, "nothing is published here") from error
    if any("/" in name or name.startswith(".") for name in names):
        raise ModelMissingError(root, "its pointer names a folder outside of it")
    return ServedVersions(names[0], names[1:])


def version_folder(root: Path, version: str) -> Path:
    """The folder of a version."""
    return root / MODELS_FOLDER / version


def resolve_model(path: Path) -> Path:
    """The model folder for `path`: `path` itself, or the served version if `path` is a root of versions."""
    return version_folder(path, read_served(path).version) if (path / CURRENT_FILE).exists() else path


def write_served(root: Path, now: ServedVersions) -> None:
    """Replaces the pointer atomically, safe against a power cut."""
    import json

    pointer = {"version": now.version, "before": list(now.previous)}
    replace_file(root / CURRENT_FILE, json.dumps(pointer))


def versions_on_disk(root: Path) -> tuple[str, ...]:
    """Every version on disk, the newest first, including those the pointer does not name."""
    models = root / MODELS_FOLDER
    names = (
        [each.name for each in models.iterdir() if not each.name.startswith(".")] if models.is_dir() else []
    )
    return tuple(sorted(names, reverse=True))
