"""Finds and reads the configuration file of a command: the given one, else the user's, else the machine's."""

from __future__ import annotations

from pathlib import Path

from kiosk import paths
from kiosk.config import ConfigError, MirrorConfig, StoreConfig, load_mirror, load_store


class MissingConfigError(ConfigError):
    """No configuration file was given or found."""

    def __init__(self, part: str) -> None:
        super().__init__(f"{part}.yaml", ())
        self.args = (f"no {part}.yaml found; give one with --config, see `cheval schema {part}`",)


def store_config(given: Path | None) -> tuple[Path, StoreConfig]:
    """The store's file and its configuration. Raises ConfigError, which `cheval` prints (exit code 2)."""
    file = _found("store", given)
    return file, load_store(file)


def mirror_config(given: Path | None) -> tuple[Path, MirrorConfig]:
    """A mirror's file and its configuration. Raises ConfigError, which `cheval` prints (exit code 2)."""
    file = _found("mirror", given)
    return file, load_mirror(file)


def _found(part: str, given: Path | None) -> Path:
    file = given or paths.config_file(part)
    if file is None:
        raise MissingConfigError(part)
    return file
