"""Reads a configuration file and reports all of its mistakes at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from kiosk.config import tree
from kiosk.config.explain import mistakes_of
from kiosk.config.floor_plan import FloorPlanSection, plan_mistakes
from kiosk.config.mirror import MirrorConfig
from kiosk.config.mistakes import ConfigError, Mistake, Place, Severity
from kiosk.config.references import of_mirror, of_store
from kiosk.config.schema import types_at
from kiosk.config.store import StoreConfig
from kiosk.config.types import Section

T = TypeVar("T", bound=Section)
MAX_BYTES = 1 << 20
"""Largest configuration file; a shop with 100 rooms needs about 20 KB."""


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A configuration file as it was read, with everything that its text alone shows to be wrong.

    `config` holds the sections that are valid, and defaults in place of those in `left_out`; None if a section that has
    no default is not valid. `raw`: the values as YAML gives them.
    """

    where: str
    config: T | None
    mistakes: tuple[Mistake, ...] = ()
    left_out: frozenset[str] = frozenset()
    text: tree.Tree = field(default_factory=tree.Tree)

    def mistake(self, place: Place, what: str, severity: Severity = Severity.REFUSED) -> Mistake:
        """A mistake at a place of this file, with its line."""
        return Mistake(place, self.text.line(place), what, severity)

    def valid(self) -> T:
        """The configuration. Raises ConfigError with all mistakes if there is one."""
        if self.mistakes or self.config is None:
            raise ConfigError(self.where, self.mistakes)
        return self.config


def read_store(file: Path) -> Read[StoreConfig]:
    """The store's file with all mistakes of its text. Raises ConfigError if the file cannot be read."""
    return _read(StoreConfig, file_text(file), str(file), file.resolve().parent)


def read_mirror(file: Path) -> Read[MirrorConfig]:
    """A mirror's file with all mistakes of its text. Raises ConfigError if the file cannot be read."""
    return _read(MirrorConfig, file_text(file), str(file), file.resolve().parent)


def load_store(file: Path) -> StoreConfig:
    """The store's configuration. Raises ConfigError with all mistakes, or if the file cannot be read."""
    return read_store(file).valid()


def load_mirror(file: Path) -> MirrorConfig:
    """A mirror's configuration. Raises ConfigError with all mistakes, or if the file cannot be read."""
    return read_mirror(file).valid()


def load_floor_plan(file: Path) -> FloorPlanSection:
    """A file that holds what stands below `floor_plan` in the store's file. Raises ConfigError."""
    return _read(FloorPlanSection, file_text(file), str(file), file.resolve().parent).valid()


def parse_store(text: str, where: str = "store.yaml", base: Path | None = None) -> StoreConfig:
    """The store's configuration from YAML text; relative paths are relative to `base`. Raises ConfigError."""
    return _read(StoreConfig, text, where, base).valid()


def parse_mirror(text: str, where: str = "mirror.yaml", base: Path | None = None) -> MirrorConfig:
    """A mirror's configuration from YAML text; relative paths are relative to `base`. Raises ConfigError."""
    return _read(MirrorConfig, text, where, base).valid()


def parse_section(model: type[T], text: str, where: str) -> T:
    """A file of another kind than the programs' own, for example a mapping. Raises ConfigError with all mistakes."""
    return _read(model, text, where, None).valid()


def file_text(file: Path) -> str:
    """The text of a configuration file. Raises ConfigError if it cannot be read, is too large or is no UTF-8."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(str(file), [Mistake((), None, f"cannot be read: {error.strerror}")]) from error
    if len(raw) > MAX_BYTES:
        raise ConfigError(str(file), [Mistake((), None, "is larger than 1 MiB; is this the right file?")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigError(str(file), [Mistake((), line, "is not UTF-8 text")]) from error


def _read(model: type[T], text: str, where: str, base: Path | None) -> Read[T]:
    known = model.model_json_schema()
    read = tree.read(text, cache(partial(types_at, known)))
    if read.mistakes and read.value is None:
        return Read(where, None, tuple(read.mistakes), text=read)
    value = {} if read.value is None else read.value
    mistakes = list(read.mistakes)
    left_out: frozenset[str] = frozenset()
    config: T | None = None
    try:
        config = model.model_validate(value, context={"base": base})
    except ValidationError as error:
        named = {mistake.place for mistake in read.mistakes}
        mistakes += [mistake for mistake in mistakes_of(error, known, read) if mistake.place not in named]
        left_out = frozenset(str(details["loc"][0]) for details in error.errors() if details["loc"])
        config = _rest(model, value, left_out, base)
    said = {mistake.place for mistake in mistakes}
    mistakes += [mistake for mistake in read.unquoted if mistake.place not in said]
    mistakes += [Mistake(place, read.line(place), what) for place, what in _references(config, left_out)]
    return Read(where, config, tuple(mistakes), left_out, read)


def _rest(model: type[T], value: object, left_out: frozenset[str], base: Path | None) -> T | None:
    """The configuration without the sections that have mistakes, so that the others can be checked."""
    if not isinstance(value, dict):
        return None
    try:
        rest = {key: section for key, section in value.items() if str(key) not in left_out}
        return model.model_validate(rest, context={"base": base})
    except ValidationError:
        return None


def _references(config: Section | None, left_out: frozenset[str]) -> list[tuple[Place, str]]:
    if isinstance(config, StoreConfig):
        return of_store(config, left_out)
    if isinstance(config, FloorPlanSection):
        return list(plan_mistakes(config))
    return of_mirror(config) if isinstance(config, MirrorConfig) else []
