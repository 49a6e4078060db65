"""Fields of decoded JSON with the type that they should have; anything else counts as missing."""

from __future__ import annotations


def as_object(value: object) -> dict[str, object]:
    """A value that should be an object; an empty one if it is something else."""
    return value if isinstance(value, dict) else {}


def as_text(value: object) -> str:
    """A value that should be text; empty if it is something else."""
    return value if isinstance(value, str) else ""


def as_number(value: object, least: float, most: float) -> float | None:
    """A number between two limits; None for anything else, also for infinity and too large numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if least <= value <= most else None


def as_whole_number(value: object, least: int, most: int) -> int | None:
    """A whole number between two limits; None for anything else."""
    number = as_number(value, least, most)
    return int(number) if number is not None and number.is_integer() else None
