"""Reads a configuration file and reports all of its mistakes at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kiosk.config import tree
from kiosk.config.mirror import MirrorConfig
from kiosk.config.mistakes import ConfigError, Mistake, Place, nearest
from kiosk.config.schema import choices_at, names_at
from kiosk.config.store import StoreConfig
from kiosk.config.types import Section

T = TypeVar("T", bound=Section)


_WANTED = {
    "model_type": "must be a mapping: lines of `key: value`",
    "dict_type": "must be a mapping: lines of `key: value`",
    "tuple_type": "must be a list: lines that begin with `-`",
    "path_type": "must be a path",
    "string_type": "must be a text",
}


def load_store(file: Path) -> StoreConfig:
    """The store's configuration. Raises ConfigError with all mistakes, or if the file cannot be read."""
    return parse_store(_text(file), str(file), file.resolve().parent)


def load_mirror(file: Path) -> MirrorConfig:
    """A mirror's configuration. Raises ConfigError with all mistakes, or if the file cannot be read."""
    return parse_mirror(_text(file), str(file), file.resolve().parent)


def parse_store(text: str, where: str = "store.yaml", base: Path | None = None) -> StoreConfig:
    """The store's configuration from YAML text; relative paths are relative to `base`. Raises ConfigError."""
    return _parse(StoreConfig, text, where, base)


def parse_mirror(text: str, where: str = "mirror.yaml", base: Path | None = None) -> MirrorConfig:
    """A mirror's configuration from YAML text; relative paths are relative to `base`. Raises ConfigError."""
    return _parse(MirrorConfig, text, where, base)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(str(file), [Mistake((), None, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(str(file), [Mistake((), line, "is not UTF-8 text")]) from error


def _parse(model: type[T], text: str, where: str, base: Path | None) -> T:
    read = tree.read(text)
    if read.mistakes and read.value is None:
        raise ConfigError(where, read.mistakes)
    mistakes = list(read.mistakes)
    try:
        config = model.model_validate({} if read.value is None else read.value, context={"base": base})
    except ValidationError as error:
        known = model.model_json_schema()
        for details in error.errors(include_url=False):
            mistakes.extend(_mistakes_of(details, known, read))
        raise ConfigError(where, mistakes) from error
    if mistakes:
        raise ConfigError(where, mistakes)
    return config


def _mistakes_of(details: ErrorDetails, known: dict[str, Any], read: tree.Tree) -> list[Mistake]:
    place = _place(details["loc"], read)
    if details["type"] == "value_error" and not place:
        # checks across sections report one mistake a line and name the place themselves
        return [_mistake_across_sections(line, read) for line in str(details["ctx"]["error"]).splitlines()]
    return [Mistake(place, read.line(place), _text_of(details, place, known))]


def _place(loc: tuple[int | str, ...], read: tree.Tree) -> Place:
    """Pydantic appends `[key]` for a wrong key; a key that YAML reads as a number arrives as a number."""
    place: Place = ()
    for step in loc:
        if step != "[key]":
            place = (*place, str(step) if (*place, str(step)) in read.lines else step)
    return place


def _mistake_across_sections(line: str, read: tree.Tree) -> Mistake:
    written, _, what = line.partition(": ")
    steps = re.findall(r"[^.\[\]]+|\[\d+\]", written)
    place = tuple(int(step[1:-1]) if step.startswith("[") else step for step in steps)
    return Mistake(place, read.line(place), what)


def _text_of(details: ErrorDetails, place: Place, known: dict[str, Any]) -> str:
    kind, given = details["type"], details["input"]
    if kind == "extra_forbidden":
        return f"is an unknown key{nearest(str(place[-1]), names_at(known, place[:-1]))}"
    if kind == "missing":
        return "is missing"
    if kind in {"literal_error", "enum"}:
        return f"`{given}` is not allowed{nearest(str(given), choices_at(known, place))}"
    if kind == "value_error":
        return str(details["ctx"]["error"])
    if isinstance(given, bool) and kind == "string_type":
        return f"reads as {str(given).lower()} in YAML; write it in quotes"
    wanted = _WANTED.get(kind, details["msg"].removeprefix("Input "))
    return wanted if isinstance(given, dict | list) else f"`{given}` {wanted}"
