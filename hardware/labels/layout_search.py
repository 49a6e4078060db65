"""Finds the keyboard layout with which a refused text would be a label, to name it in the reason."""

from __future__ import annotations

from typing import Final

from hardware.errors import LabelError
from hardware.labels.keyboard_layouts import LAYOUTS, Key, spelled
from hardware.labels.label import read_label
from hardware.labels.scans import Scan, cleaned

_MAX_NAMED: Final = 6


def fitting_layouts(scan: Scan, prefix: str = "", suffix: str = "") -> tuple[str, ...]:
    """The names of the layouts in which the keys of a text are a label; empty if no key depends on the layout."""
    if not any(isinstance(stroke, Key) for stroke in scan.strokes):
        return ()
    return tuple(
        name
        for name, layout in LAYOUTS.items()
        if _is_label(cleaned(spelled(scan.strokes, layout), prefix, suffix))
    )


def _is_label(text: str) -> bool:
    try:
        read_label(text)
    except LabelError:
        return False
    return True


def layouts_hint(scan: Scan, prefix: str = "", suffix: str = "") -> str:
    """The end of a reason; empty if the layout is not the reason."""
    found = fitting_layouts(scan, prefix, suffix)
    if not found:
        return ""
    named = ", ".join(f"layout={name}" for name in found[:_MAX_NAMED])
    return (
        f"; the scanner seems to type with the keyboard of another country ({named}): `cheval doctor --scan` finds out"
        " which"
    )
