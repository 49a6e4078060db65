"""Paths: shipped assets, and the directories that a process may write to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_HERE = Path(__file__).resolve().parent
KEYS: Final = Path("/etc/cheval/store-keys")
"""Folder of the package for key files of terminals, mail server, cash register and models. The store's unit passes its
files as credentials (`LoadCredential=keys:...`, systemd.exec(5)) and hides the folder itself from the service."""


def assets() -> Path:
    """The assets folder: of the source tree if the code runs from one, else of the installed package."""
    tree = _HERE.parent / "assets"
    return tree if (_HERE.parent / "pyproject.toml").is_file() else _HERE / "_assets"


def state(part: str, given: Path | None = None) -> Path:
    """Directory for persistent files of `part`, created with mode 700 if missing. Raises OSError."""
    return _made(state_place(part, given))


def state_place(part: str, given: Path | None = None) -> Path:
    """Path of `state` of `part` (`store`, `mirror`, `demo`), whether it exists or not.

    In this order: `given` (from the configuration), systemd's `STATE_DIRECTORY`, the user's `XDG_STATE_HOME`.
    """
    if given is not None:
        return given
    if unit := os.environ.get("STATE_DIRECTORY"):
        return Path(unit.split(":", 1)[0])
    return _xdg("XDG_STATE_HOME", ".local/state") / part


def cache(part: str) -> Path:
    """Directory for files that can be made again; created if missing. Raises OSError."""
    if unit := os.environ.get("CACHE_DIRECTORY"):
        return _made(Path(unit.split(":", 1)[0]))
    return _made(_xdg("XDG_CACHE_HOME", ".cache") / part)


def config_file(part: str) -> Path | None:
    """The configuration file of `part`: the user's, else the machine's in /etc/cheval; None if there is none."""
    for place in (_xdg("XDG_CONFIG_HOME", ".config"), Path("/etc/cheval")):
        file = place / f"{part}.yaml"
        # unlike `Path.is_file`, false for a folder that this user may not enter
        if os.path.isfile(file):  # noqa: PTH113
            return file
    return None


def _xdg(variable: str, otherwise: str) -> Path:
    """XDG Base Directory Specification 0.8: a relative path in the variable is ignored."""
    configured = Path(os.environ.get(variable, ""))
    return (configured if configured.is_absolute() else Path.home() / otherwise) / "cheval"


def _made(place: Path) -> Path:
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def key_file(configured: Path, keys: Path = KEYS, environment: Mapping[str, str] = os.environ) -> Path:
    """Where this process reads a configured key file: systemd's copy in memory if it was given one, else the file."""
    return passed_copy(configured, environment) if configured.parent == keys else configured


def passed_copy(file: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Systemd's copy of a file whose folder the unit passes by `LoadCredential=keys:FOLDER`; without one, the file."""
    if folder := environment.get("CREDENTIALS_DIRECTORY"):
        copy = Path(folder) / f"keys_{file.name}"
        if copy.is_file():
            return copy
    return file
