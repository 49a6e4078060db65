"""Which files are in a back-up: the configuration, the state folder, and what the configuration names elsewhere.

Left out of the state folder: locks, what can be made again, and the database and the ledger, of which a copy is taken
(`snapshot`). All else is in, so a new kind of file needs no entry here. Feed, pictures and history belong to the
retailer's other systems and are only named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from kiosk.store.backup.archive import Source
from kiosk.store.backup.manifest import CONFIG, ELSEWHERE, STATE
from kiosk.store.errors import BackupError

STAGING: Final = "backup"
"""Folder in the state folder for copies that are taken and verified."""
_LEFT_OUT: Final = frozenset({
    STAGING, "local.json", "ledger.head", "ledger.damage", "ledger.checked", "ledger.readable.db", "ledger.new.db",
    "pairing", "pictures", "restore.unfinished", ".restore", "events.stream",
    "messages.sealed", "store.moved", ".move",
})  # fmt: skip
_DAMAGED: Final = ".damaged-"
"""In the name of a database that was set aside (`db.salvage`); what could be read of it is in the present one."""
_SUFFIXES: Final = (
    ".lock",
    ".new",
    "-journal",
    "-wal",
    "-shm",
    ".saved",
    ".salvaged.db",
    ".db.raw",
    ".before-move",
)
_REFERENCES: Final = frozenset({"catalogue.feed", "catalogue.pictures", "recommender.history"})
_NOT_FILES: Final = frozenset({"state", "backup.folder"})


@dataclass(frozen=True, slots=True)
class Contents:
    """Files to be backed up; folders that are only named; files that are missing."""

    sources: tuple[Source, ...]
    references: tuple[str, ...]
    missing: tuple[str, ...]


def contents_of(file: Path, config: BaseModel, state: Path, copied: frozenset[Path]) -> Contents:
    """The files of a store. `file`: its configuration; `copied`: files of which a copy is taken. Raises OSError."""
    sources = [Source(CONFIG, file.resolve())]
    sources += [Source(STATE + name, found) for name, found in _of_state(state, copied)]
    references: list[str] = []
    missing: list[str] = []
    for key, place in _places(config):
        if key in _REFERENCES:
            references.append(f"{key}: {place}")
        elif key not in _NOT_FILES and not place.is_relative_to(state):
            found = list(_files(place))
            if not found:
                missing.append(f"{key}: {place}")
            sources += [_elsewhere(place / inner if inner.parts else place, real) for inner, real in found]
    return Contents(
        tuple({source.name: source for source in sources}.values()), tuple(references), tuple(missing)
    )


def _elsewhere(place: Path, file: Path) -> Source:
    return Source(ELSEWHERE + str(place.absolute()).lstrip("/"), file, str(place.absolute()))


def _of_state(state: Path, copied: frozenset[Path]) -> Iterator[tuple[str, Path]]:
    for inner, file in _files(state):
        if (
            inner.parts[0] in _LEFT_OUT
            or _DAMAGED in file.name
            or file.name.endswith(_SUFFIXES)
            or file.resolve() in copied
        ):
            continue
        yield str(inner), file


def _files(place: Path) -> Iterator[tuple[Path, Path]]:
    """The regular files of a folder with their names in it, or a file itself. Links to folders are not followed."""
    if place.is_file():
        yield Path(), place
        return
    if not place.is_dir():
        return
    for entry in sorted(place.iterdir()):
        if entry.is_symlink() and not entry.is_file():
            raise BackupError(f"{entry} is a link to a folder; put the folder itself there")
        if entry.is_file():
            yield Path(entry.name), entry
        elif entry.is_dir() and entry.name not in _LEFT_OUT:
            yield from ((Path(entry.name) / inner, file) for inner, file in _files(entry))


def _places(section: BaseModel, above: str = "") -> Iterator[tuple[str, Path]]:
    """Every path in the configuration, with its key."""
    for name in type(section).model_fields:
        for value in _each(getattr(section, name)):
            if isinstance(value, Path):
                yield above + name, value
            elif isinstance(value, BaseModel):
                yield from _places(value, f"{above}{name}.")


def _each(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, tuple):
        yield from value
    else:
        yield value
