"""Paths of the fonts, translations and QML files: in the source tree, or inside the package once installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def assets() -> Path:
    """The folder with fonts and translations. The import contracts forbid `kiosk.paths` here."""
    installed = _PACKAGE / "_assets"
    return installed if installed.is_dir() else _PACKAGE.parent / "assets"


def qml() -> Path:
    """The folder that holds the QML module `Mirror`."""
    return Path(__file__).resolve().parent / "qml"
