"""Finds the demonstration's hand-written files, in the repository as well as in an installed package."""

import json
from pathlib import Path
from typing import Any

import kiosk


class ShelfError(Exception):
    """A hand-written file of the demonstration is absent; the installation is incomplete."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the demo shop's file {name} is missing; install Cheval again")
        self.name = name


def folder() -> Path:
    """Where the demo's files lie: `kiosk/_assets/demo` when installed, `assets/demo` in the repository."""
    package = Path(kiosk.__file__).parent
    for place in (package / "_assets" / "demo", package.parent / "assets" / "demo"):
        if place.is_dir():
            return place
    raise ShelfError("assets/demo")


def one(name: str) -> Any:
    """The JSON document of that name; raises `ShelfError` where it is absent."""
    return json.loads(_text(name))


def lines(name: str) -> list[Any]:
    """The JSON lines of that name; raises `ShelfError` where it is absent."""
    return [json.loads(line) for line in _text(name).splitlines() if line.strip()]


def _text(name: str) -> str:
    path = folder() / name
    if not path.is_file():
        raise ShelfError(name)
    return path.read_text(encoding="utf-8")
