"""Finds and reads the configuration file of a command: the given one, else the user's, else the machine's."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kiosk import paths
from kiosk.commands.check.file_owner import rights_of, service_user
from kiosk.config import (
    ConfigError,
    MirrorConfig,
    Mistake,
    Read,
    Severity,
    StoreConfig,
    load_store,
    read_mirror,
    read_store,
)
from kiosk.config.mistakes import page
from kiosk.config.types import Section

T = TypeVar("T", bound=Section)


class MissingConfigError(ConfigError):
    """No configuration file was given or found."""

    def __init__(self, part: str) -> None:
        super().__init__(f"{part}.yaml", ())
        # a stand's file has the keys of a mirror's
        schema = "mirror" if part == "stand" else part
        self.args = (f"no {part}.yaml found; give one with --config, see `cheval schema {schema}`",)


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A configuration that the program starts with, and what it lacks or may surprise (`WITHOUT`, `NOTE`)."""

    file: Path
    config: T
    mistakes: tuple[Mistake, ...]
    user: str = ""
    """The user whose rights were used to examine it, if not the present one's."""

    def report(self) -> int:
        """Print the result of `--check`. Exit codes: 0 good, 2 with mistakes."""
        notes = [mistake for mistake in self.mistakes if mistake.severity is Severity.NOTE]
        wrong = [mistake for mistake in self.mistakes if mistake.severity is not Severity.NOTE]
        where = _where(self.file, self.user)
        if wrong:
            print(page(where, wrong), file=sys.stderr)
        else:
            print(f"{where}: good")
        if notes:
            print(page(where, notes, "note"))
        return 2 if wrong else 0

    def log_to(self, log: logging.Logger) -> None:
        """Write every mistake and note to the log of the program that starts in spite of them."""
        for mistake in self.mistakes:
            level = logging.INFO if mistake.severity is Severity.NOTE else logging.WARNING
            log.log(level, "%s: %s", self.file, mistake)


def checked_store(given: Path | None, *, for_service: bool = False) -> Checked[StoreConfig]:
    """The store's file, examined with everything that it names. Raises ConfigError if the store does not start.

    `for_service`: called by root, it is examined with the rights of the user that runs the store.
    """
    from kiosk.commands.check.store import store_mistakes

    file = _found("store", given)
    with rights_of(user_of("store", file, read_store(file)) if for_service else "") as user:
        read = read_store(file)
        return _checked(file, read, store_mistakes(read, names=for_service), user)


def checked_mirror(
    given: Path | None, *, for_service: bool = False, part: str = "mirror"
) -> Checked[MirrorConfig]:
    """A mirror's file, examined with everything that it names. Raises ConfigError if the mirror does not start.

    `for_service`: called by root, it is examined with the rights of the user that runs the mirror. `part`: `stand` for
    the file of a stand, which has the same keys.
    """
    from kiosk.commands.check.mirror import mirror_mistakes

    file = _found(part, given)
    with rights_of(user_of(part, file, read_mirror(file)) if for_service else "") as user:
        read = read_mirror(file)
        return _checked(file, read, mirror_mistakes(read, part), user)


def store_config(given: Path | None) -> tuple[Path, StoreConfig]:
    """The store's file and its configuration. Raises ConfigError, which `cheval` prints (exit code 2)."""
    file = _found("store", given)
    return file, load_store(file)


def mirror_config(given: Path | None, part: str = "mirror") -> tuple[MirrorConfig, str]:
    """The configuration of the mirror's (or `stand`'s) file, and the user that runs it. Raises ConfigError (exit 2)."""
    read = read_mirror(file := _found(part, given))
    if read.config is None:
        raise ConfigError(str(file), list(read.mistakes))
    return read.config, user_of(part, file, read)


def user_of(part: str, file: Path, read: Read[StoreConfig] | Read[MirrorConfig]) -> str:
    """The user that runs the store or the mirror with this file; empty if unknown."""
    given = read.config.state if read.config is not None else None
    return service_user(part, paths.state_place(part, given), file)


def _where(file: Path, user: str) -> str:
    return f"{file} (examined with the rights of the user {user})" if user else str(file)


def _checked(file: Path, read: Read[T], mistakes: tuple[Mistake, ...], user: str) -> Checked[T]:
    if read.config is None or any(mistake.severity is Severity.REFUSED for mistake in mistakes):
        raise ConfigError(_where(file, user), [m for m in mistakes if m.severity is not Severity.NOTE])
    return Checked(file, read.config, mistakes, user)


def _found(part: str, given: Path | None) -> Path:
    file = given or paths.config_file(part)
    if file is None:
        raise MissingConfigError(part)
    return file
