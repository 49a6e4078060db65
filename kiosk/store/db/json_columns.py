"""JSON texts as columns of the store's database contain them."""

from __future__ import annotations

import json

from kiosk.core.domain.texts import LocalizedText


def localized_to_json(text: LocalizedText) -> str:
    """A text by language as JSON, for instance `{"en":"Coat"}`."""
    return compact_json(dict(text.by_language))


def localized_from_json(text: str) -> LocalizedText:
    """A text by language from its JSON."""
    return LocalizedText.of(json.loads(text))


def compact_json(value: object) -> str:
    """JSON without spaces, for stored and hashed values; the order of keys is kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
