"""Looks put together by stylists, read from a YAML file. The only module of the recommender that imports
yaml.

    looks:
      - name: Evening by the sea
        by: Clara
        pieces: [item id, item id, ...]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recommender.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = {"name", "by", "pieces"}


@dataclass(frozen=True, slots=True)
class StylistLook:
    """One look: its items in display order, and the stylist."""

    name: str
    by: str
    pieces: tuple[str, ...]


def read_stylist_looks(path: Path) -> tuple[StylistLook, ...]:
    """The looks in a YAML file. Raises `TableError` with every problem found."""
    import yaml

    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        # ValueError: not UTF-8, or an impossible date
        raise TableError(path.name, [f"cannot be read: {str(error).splitlines()[0]}"]) from error
    if not isinstance(document, dict) or not isinstance(document.get("looks"), list):
        raise TableError(path.name, ["there is no list called looks"])
    mistakes: list[str] = []
    looks = [_look(at, entry, mistakes) for at, entry in enumerate(document["looks"], start=1)]
    if mistakes:
        raise TableError(path.name, mistakes)
    return tuple(look for look in looks if look is not None)


def _look(at: int, entry: Any, mistakes: list[str]) -> StylistLook | None:
    if not isinstance(entry, dict):
        mistakes.append(f"look {at} is not a mapping")
        return None
    unknown = sorted(str(key) for key in set(entry) - _KEYS)
    if unknown:
        mistakes.append(
            f"look {at} has unknown keys {', '.join(unknown)}; known are {', '.join(sorted(_KEYS))}"
        )
    pieces = entry.get("pieces")
    valid = isinstance(pieces, list) and all(isinstance(piece, (str, int)) for piece in pieces)
    if not valid or len(set(map(str, pieces or ()))) < 2:
        mistakes.append(f"look {at} needs two pieces or more, each an item id")
        return None
    unique = tuple(dict.fromkeys(map(str, pieces or ())))
    return StylistLook(str(entry.get("name", "")), str(entry.get("by", "")), unique)
