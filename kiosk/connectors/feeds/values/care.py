"""Care of a garment: words by language, and the codes of the symbols on its label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kiosk.connectors.feeds.values.schema_parts import Schema
from kiosk.connectors.feeds.values.text_types import LocalizedType
from kiosk.connectors.feeds.values.value_types import Reading
from kiosk.core.domain.texts import NO_TEXT, LocalizedText
from kiosk.core.scene.care_symbols import CODES_KEY, SYMBOLS, codes_in

_UNKNOWN: Final = "care: x-iso has a code of no symbol, which is not shown; the guide of the feed lists them"


@dataclass(frozen=True, slots=True)
class CareType:
    """A text by language; its text `x-iso` has codes of symbols (ISO 3758), separated by blanks."""

    max_chars: int
    empty: LocalizedText = NO_TEXT

    def read(self, value: Any, reading: Reading) -> LocalizedText:
        found = LocalizedType(self.max_chars).read(value, reading)
        codes = codes_in(dict(found.by_language).get(CODES_KEY, ""))
        if any(code not in SYMBOLS for code in codes):
            reading.notes.append(_UNKNOWN)
        return found

    def schema(self) -> Schema:
        return LocalizedType(self.max_chars).schema()
