"""Where things lie: the assets we ship, and the directories a process may write to."""

from __future__ import annotations

import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def assets() -> Path:
    """The assets: those of the source tree where we run from one, else those installed with the package."""
    tree = _HERE.parent / "assets"
    return tree if (_HERE.parent / "pyproject.toml").is_file() else _HERE / "_assets"


def state(part: str, given: Path | None = None) -> Path:
    """The directory in which `part` keeps what must survive a restart; made when absent, for the user alone.

    Errors: OSError.
    """
    return _made(state_place(part, given))


def state_place(part: str, given: Path | None = None) -> Path:
    """Where `state` of `part` (`store`, `mirror`, `demo`) is, made or not.

    In this order: `given` itself (`--state`, or the configuration), systemd's `STATE_DIRECTORY` (one per unit), the
    user's `XDG_STATE_HOME`.
    """
    if given is not None:
        return given
    if unit := os.environ.get("STATE_DIRECTORY"):
        return Path(unit.split(":", 1)[0])
    return _xdg("XDG_STATE_HOME", ".local/state") / part


def cache(part: str) -> Path:
    """The directory for what can be made again; made when absent. Errors: OSError."""
    if unit := os.environ.get("CACHE_DIRECTORY"):
        return _made(Path(unit.split(":", 1)[0]))
    return _made(_xdg("XDG_CACHE_HOME", ".cache") / part)


def config_file(part: str) -> Path | None:
    """The configuration file of `part` where a person or the package has put one: the user's before the machine's."""
    for place in (_xdg("XDG_CONFIG_HOME", ".config"), Path("/etc/cheval")):
        file = place / f"{part}.yaml"
        if file.is_file():
            return file
    return None


def _xdg(variable: str, otherwise: str) -> Path:
    """XDG Base Directory Specification 0.8: a relative path in the variable is to be ignored."""
    told = Path(os.environ.get(variable, ""))
    return (told if told.is_absolute() else Path.home() / otherwise) / "cheval"


def _made(place: Path) -> Path:
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place
