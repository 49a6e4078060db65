"""Where the screen's own assets lie: in the source tree beside the package, or within it once installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def assets() -> Path:
    """The folder with fonts, translations and icons. The screen may not ask `kiosk.paths`, hence this small twin."""
    installed = _PACKAGE / "_assets"
    return installed if installed.is_dir() else _PACKAGE.parent / "assets"


def qml() -> Path:
    """The folder that holds the QML module `Mirror`."""
    return Path(__file__).resolve().parent / "qml"
