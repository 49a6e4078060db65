"""Types of columns with texts: free texts, names, ids, lists, texts by language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from kiosk.connectors.feeds.values.schema_parts import Schema, list_schema, text_pattern
from kiosk.connectors.feeds.values.texts import FieldError, expected, plain_text, spreadsheet_text
from kiosk.connectors.feeds.values.value_types import Reading, entries
from kiosk.core.domain.texts import NO_TEXT, LocalizedText

_LINE_BREAK: Final = re.compile("[\n\r\t\u2028\u2029]")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")


@dataclass(frozen=True, slots=True)
class TextType:
    """A text without surrounding blanks."""

    max_chars: int
    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        return plain_text(value, self.max_chars)

    def schema(self) -> Schema:
        digits = min(self.max_chars, 18)
        whole_number = {"type": "integer", "minimum": -(10 ** (digits - 1)) + 1, "maximum": 10**digits - 1}
        return {"anyOf": [{"type": "string", "pattern": text_pattern(self.max_chars)}, whole_number]}


@dataclass(frozen=True, slots=True)
class NameType:
    """A text on one line by which the shop names a style, a colour or a category. It is never taken apart."""

    max_chars: int
    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        text = spreadsheet_text(value, self.max_chars)
        if not text.isprintable() and _LINE_BREAK.search(text):
            raise FieldError("has more than one line")
        return text

    def schema(self) -> Schema:
        return TextType(self.max_chars + 3).schema()


@dataclass(frozen=True, slots=True)
class IdType:
    """An id of a person or a look: letters, digits, `. _ : -`, so that messages can contain it.

    A name or a mail address is none.
    """

    max_chars: int
    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        text = spreadsheet_text(value, self.max_chars)
        if not _ID.fullmatch(text):
            raise FieldError("is not an id (letters, digits, . _ : -)", text)
        return text

    def schema(self) -> Schema:
        plain = rf"[A-Za-z0-9][A-Za-z0-9._:-]{{0,{self.max_chars - 1}}}"
        text = {"type": "string", "pattern": rf"""^\s*(?:['’]?\s*{plain}|="\s*{plain}\s*")\s*$"""}
        return {"anyOf": [text, {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}]}


@dataclass(frozen=True, slots=True)
class TextsType:
    """A list of texts; in CSV separated by `|`. Empty ones are left out."""

    max_entries: int
    max_chars: int
    empty: tuple[str, ...] = ()

    def read(self, value: Any, _: Reading) -> tuple[str, ...]:
        return tuple(
            text for entry in entries(value, self.max_entries) if (text := plain_text(entry, self.max_chars))
        )

    def schema(self) -> Schema:
        return list_schema(TextType(self.max_chars).schema(), self.max_entries, {"type": "string"})


@dataclass(frozen=True, slots=True)
class LocalizedType:
    """One text for all languages, or an object of texts by language (ISO 639-1).

    The text of a region (`de-AT`, `en_GB`) is that of its language if there is no other.
    """

    max_chars: int
    empty: LocalizedText = NO_TEXT

    def read(self, value: Any, _: Reading) -> LocalizedText:
        if isinstance(value, str):
            text = plain_text(value, self.max_chars)
            return LocalizedText.of(text) if text else NO_TEXT
        if not isinstance(value, dict):
            raise expected(value, "a text, or an object of texts by language,")
        texts = {_tag(plain_text(k, 35)): plain_text(v, self.max_chars) for k, v in value.items()}
        found: dict[str, str] = {}
        for tag, text in texts.items():
            if text:
                language = primary_language(tag)
                found.setdefault(tag if language in texts else language, text)
        return LocalizedText.of(found)

    def schema(self) -> Schema:
        text = TextType(self.max_chars).schema()
        names = {"type": "string", "pattern": text_pattern(35)}
        return {
            "anyOf": [
                text["anyOf"][0],
                {"type": "object", "additionalProperties": text, "propertyNames": names},
            ]
        }


@dataclass(frozen=True, slots=True)
class PairsType:
    """An object of texts, as (name, text) in its order; in CSV one column for each name: `sizes.coats`."""

    max_name_chars: int
    max_chars: int
    empty: tuple[tuple[str, str], ...] = ()

    def read(self, value: Any, _: Reading) -> tuple[tuple[str, str], ...]:
        if not isinstance(value, dict):
            raise expected(value, "an object")
        return tuple(
            (plain_text(k, self.max_name_chars), plain_text(v, self.max_chars)) for k, v in value.items()
        )

    def schema(self) -> Schema:
        names = {"type": "string", "pattern": text_pattern(self.max_name_chars)}
        return {
            "type": "object",
            "propertyNames": names,
            "additionalProperties": TextType(self.max_chars).schema(),
        }


def primary_language(tag: str) -> str:
    """The language of a tag (BCP 47, section 2.2.1): `de` of `de-AT`."""
    return _tag(tag).partition("-")[0]


def _tag(text: str) -> str:
    return text.casefold().replace("_", "-")
