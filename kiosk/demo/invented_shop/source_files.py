"""Reads the demo's hand-written JSON files from `assets/demo`."""

import json
from pathlib import Path
from typing import Any

import kiosk


class MissingFileError(Exception):
    """A file of the demo is missing; the installation is incomplete."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the demo's file {name} is missing; install cheval-demo again")
        self.name = name


def folder() -> Path:
    """The folder of the files: `kiosk/_assets/demo` when installed, `assets/demo` in the source tree."""
    package = Path(kiosk.__file__).parent
    for place in (package / "_assets" / "demo", package.parent / "assets" / "demo"):
        if place.is_dir():
            return place
    raise MissingFileError("assets/demo")


def read_json(name: str) -> Any:
    """The JSON document of that name. Raises MissingFileError."""
    return json.loads(_text(name))


def read_json_lines(name: str) -> list[Any]:
    """The JSON lines of that name. Raises MissingFileError."""
    return [json.loads(line) for line in _text(name).splitlines() if line.strip()]


def _text(name: str) -> str:
    path = folder() / name
    if not path.is_file():
        raise MissingFileError(name)
    return path.read_text(encoding="utf-8")
