"""Values inside an answer by their paths, and the records of an entry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kiosk.connectors.commerce.mapped.model import ListingFile, ListSource
from kiosk.connectors.commerce.port import SystemRow
from kiosk.connectors.commerce.web.json_text import json_line

MAX_KEY_CHARS = 200


def value_at(found: Any, path: str) -> Any:
    """What stands at a path with full stops, None if nothing does; a name may itself contain full stops."""
    if not path:
        return found
    if not isinstance(found, dict):
        return None
    if path in found:
        return found[path]
    first, _, rest = path.partition(".")
    return value_at(found.get(first), rest) if rest else None


def row_of(entry: Any, listing: ListingFile) -> SystemRow:
    """An entry of a list with its records."""
    key = value_at(entry, listing.key) if listing.key else None
    name = str(key) if isinstance(key, str | int) else ""
    if not 0 < len(name) <= MAX_KEY_CHARS:
        name = hashlib.blake2b(json_line(entry).encode(), digest_size=16).hexdigest()
    return SystemRow(name, _records(entry, listing))


def _records(entry: Any, listing: ListingFile) -> tuple[Any, ...]:
    """The records of an entry. One in which the list of `each` is missing stays whole: its mistake is named later."""
    if not listing.each or not isinstance(entry, dict):
        return (_listed(entry, listing.lists),)
    inner = value_at(entry, listing.each)
    if not isinstance(inner, list):
        return (entry,)
    top = listing.each.partition(".")[0]
    parent = {name: value for name, value in entry.items() if name not in (listing.each, top)}
    return tuple(
        _listed({**one, "parent": parent}, listing.lists) if isinstance(one, dict) else one for one in inner
    )


def _listed(record: Any, lists: tuple[ListSource, ...]) -> Any:
    """A record with its lists of objects made into fields or lists of values."""
    for source in lists:
        if isinstance(found := value_at(record, source.at), list):
            record = _replaced(record, source.at, _made(found, source))
    return record


def _made(found: list[Any], source: ListSource) -> Any:
    values = [value_at(one, source.value) for one in found]
    if not source.name:
        return [value for value in values if value is not None]
    made: dict[str, Any] = {}
    for one, value in zip(found, values, strict=True):
        name = value_at(one, source.name)
        if isinstance(name, str) and value is not None:
            # a column is a path: a full stop in the name would be a step
            made.setdefault(name.replace(".", "_"), value)
    return made


def _replaced(record: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    if path in record:
        return {**record, path: value}
    first, _, rest = path.partition(".")
    return {**record, first: _replaced(record[first], rest, value)}


def count_at(found: Any, path: str) -> int | None:
    """A whole number at a path; None if there is none."""
    value = value_at(found, path)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value[:12])
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value if type(value) is int else None
