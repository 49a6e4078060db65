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
        document = _texts(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        # a text that is not UTF-8 is a ValueError
        raise TableError(path.name, [f"cannot be read: {str(error).splitlines()[0]}"]) from error
    if not isinstance(document, dict) or not isinstance(document.get("looks"), list):
        raise TableError(path.name, ["there is no list called looks"])
    mistakes: list[str] = []
    looks = [_look(at, entry, mistakes) for at, entry in enumerate(document["looks"], start=1)]
    if mistakes:
        raise TableError(path.name, mistakes)
    return tuple(look for look in looks if look is not None)


def _texts(text: str) -> Any:
    """The values of a YAML text, every scalar as it is written: an item id such as 0614141 is no octal number."""
    import yaml

    class Texts(yaml.SafeLoader):
        """Without types that are guessed from the form of a value (YAML 1.1, chapter 10.2)."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 declared by PyYAML for each instance

    loader = Texts(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


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
    valid = isinstance(pieces, list) and all(isinstance(piece, str) for piece in pieces)
    unique = tuple(dict.fromkeys(pieces or ())) if valid else ()
    if len(unique) < 2:
        mistakes.append(f"look {at} needs two pieces or more, each an item id")
        return None
    return StylistLook(str(entry.get("name", "")), str(entry.get("by", "")), unique)
