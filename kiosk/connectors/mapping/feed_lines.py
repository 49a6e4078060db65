"""Writes feed files (JSON lines) and checks each line by the feed's own rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from kiosk.connectors.feeds.columns import REFUSED
from kiosk.connectors.feeds.fields import FieldReader
from kiosk.connectors.feeds.kinds import KINDS
from kiosk.connectors.feeds.values.value_types import Reading
from kiosk.connectors.mapping.text_checks import text_faults

MappedKind = Literal["styles", "items", "stock"]
_KEYS: Final[dict[MappedKind, tuple[str, ...]]] = {
    "styles": ("style_id",),
    "items": ("gtin", "sku"),
    "stock": ("gtin", "sku", "place"),
}


class FeedLines:
    """The file of one kind, as it is written."""

    def __init__(self, folder: Path, kind: MappedKind, currency: str, zone: tzinfo) -> None:
        self.kind, self.path = kind, folder / f"{kind}.jsonl"
        self._rules = KINDS[kind]
        self._reading = Reading(currency, zone)
        self._file = self.path.open("w", encoding="ascii")
        self.taken = self.refused = 0
        self._lines: dict[str, int] = {}

    def check(self, fields: Mapping[str, Any]) -> tuple[str, list[str]]:
        """The key of a line (empty if it cannot be read) and its mistakes."""
        reader = FieldReader(fields, self._reading)
        line = self._rules.build(reader)
        self._reading.notes.clear()
        faults = text_faults(dict(fields))
        said = tuple(fault.partition(":")[0] + ":" for fault in faults)
        # one reason for a field
        mistakes = faults + [
            mistake for mistake in reader.mistakes if not said or not mistake.startswith(said)
        ]
        return "" if reader.mistakes else self._rules.key(line), mistakes

    def repeats(self, key: str, row: int) -> list[str]:
        """The mistake that an earlier row has this key; else the key is this row's."""
        # rows of XML may stand in the same line
        if key in self._lines:
            return [f"repeats line {self._lines[key]}"]
        self._lines[key] = row
        return []

    def write(self, fields: Mapping[str, Any]) -> None:
        """Writes a line that was checked."""
        self._file.write(json.dumps(fields, default=_number) + "\n")
        self.taken += 1

    def refuse(self, fields: Mapping[str, Any], reason: str) -> None:
        """Writes a line that the feed refuses for this reason; what is known of its key stays."""
        key = {name: fields[name] for name in _KEYS[self.kind] if fields.get(name)}
        self._file.write(json.dumps({**key, REFUSED: reason}, default=str) + "\n")
        self.refused += 1

    def close(self) -> None:
        self._file.close()


def _number(value: object) -> float:
    """A decimal number as a JSON number; `numbers.exact` has found that it has the same value."""
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    return float(value)
