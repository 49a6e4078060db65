"""Parts of JSON schemas that several types of values share."""

from __future__ import annotations

from typing import Any, Final

Schema = dict[str, Any]
NUMBER_PATTERN: Final = r"[0-9]"
"""What every number as a text contains; which of them are taken depends on the file's decimal mark."""


def any_case(words: str) -> str:
    """A pattern of ECMA-262 that accepts the words in any case (it has no flag for that in a JSON schema)."""
    letters = (
        f"[{c.lower()}{c.upper()}]" if c.lower() != c.upper() and len(c.upper()) == 1 else c for c in words
    )
    return rf"^\s*(?:{''.join(letters)})\s*$"


def text_pattern(max_chars: int) -> str:
    """A pattern of ECMA-262: a text of that length without its surrounding blanks, with no control characters."""
    text = rf"\S|\S[\s\S]{{0,{max_chars - 2}}}\S" if max_chars > 1 else r"\S"
    return rf"^(?![\s\S]*{CONTROL})\s*(?:{text})?\s*$"


CONTROL: Final = r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"


def list_schema(entry: Schema, max_entries: int, *others: Schema) -> Schema:
    """Schema of a list: an array, the numbered columns of a CSV, or one of the other schemas."""
    array = {"type": "array", "items": entry, "maxItems": max_entries}
    numbered_columns = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[0-9]{1,4}$"},
        "additionalProperties": entry,
    }
    return {"anyOf": [array, numbered_columns, *others]}
