"""Types of single columns about people: languages, roles, consents, PINs and the UIDs of cards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from kiosk.connectors.feeds.limits import CONSENT, CONSENTS, LANGUAGE, LANGUAGES, ROLE
from kiosk.connectors.feeds.values.schema_parts import Schema, list_schema
from kiosk.connectors.feeds.values.text_types import TextsType, TextType, primary_language
from kiosk.connectors.feeds.values.texts import plain_text, spreadsheet_text
from kiosk.connectors.feeds.values.value_types import Reading, entries

_KNOWN_CONSENTS: Final = frozenset({"sizes", "history", "tap", "clues", "web", "reviews"})
ROLES: Final = ("associate", "back-of-house", "manager", "analyst")
"""The roles of the staff, as the store names them."""
_BETWEEN_WORDS: Final = re.compile(r"[\s_-]+")
_SEPARATORS: Final = re.compile(r"[\s:-]")
# BCP 47, section 2.1: a language and its subtags; `_` as programs write it
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_NO_UID: Final = "the UID of a card is not hexadecimal and has no effect"
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, slots=True)
class RoleType:
    """The role of an associate, one of `ROLES`, in any case, with a blank or `_` for `-`. Another role is `associate`,
    with a note."""

    empty: str = ""

    def read(self, value: Any, reading: Reading) -> str:
        role = _BETWEEN_WORDS.sub("-", plain_text(value, ROLE).casefold())
        if role in (*ROLES, ""):
            return role
        reading.notes.append(f"a role is none of {', '.join(ROLES)} and is taken as associate")
        return "associate"

    def schema(self) -> Schema:
        return TextType(ROLE).schema()


@dataclass(frozen=True, slots=True)
class ConsentsType:
    """Consents: `sizes` (usual sizes and feedback on the fit), `history` (purchases), `tap` (buying at stands), `clues`
    (associates see clues and keep a client book), `web` and `reviews` (used for clues). Others are noted."""

    empty: tuple[str, ...] = ()

    def read(self, value: Any, reading: Reading) -> tuple[str, ...]:
        consents = tuple(text.casefold() for text in TextsType(CONSENTS, CONSENT).read(value, reading))
        if not _KNOWN_CONSENTS.issuperset(consents):
            reading.notes.append(
                "a consent other than sizes, history, tap, clues, web and reviews is not known and has no effect"
            )
        return consents

    def schema(self) -> Schema:
        return TextsType(CONSENTS, CONSENT).schema()


@dataclass(frozen=True, slots=True)
class LanguageType:
    """A language: `de`, or with a region `de-AT`, whose language is taken. What is no tag is left out, with a note."""

    empty: str = ""

    def read(self, value: Any, reading: Reading) -> str:
        text = plain_text(value, LANGUAGE)
        if text and not _LANGUAGE.fullmatch(text):
            reading.notes.append("a language is not a code such as de or en and has no effect")
            return ""
        return primary_language(text)

    def schema(self) -> Schema:
        return TextType(LANGUAGE).schema()


@dataclass(frozen=True, slots=True)
class LanguagesType:
    """A list of languages, each as `LanguageType`."""

    empty: tuple[str, ...] = ()

    def read(self, value: Any, reading: Reading) -> tuple[str, ...]:
        found = (LanguageType().read(entry, reading) for entry in entries(value, LANGUAGES))
        return tuple(dict.fromkeys(language for language in found if language))

    def schema(self) -> Schema:
        return list_schema(LanguageType().schema(), LANGUAGES, {"type": "string"})


@dataclass(frozen=True, slots=True)
class CodeType:
    """A code of digits or letters, such as a PIN, without what spreadsheets put around it."""

    max_chars: int
    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        return spreadsheet_text(value, self.max_chars)

    def schema(self) -> Schema:
        return TextType(self.max_chars + 3).schema()


@dataclass(frozen=True, slots=True)
class UidType:
    """The UID of a chip in hexadecimal digits, in any case, with or without `:`, `-` or blanks between the bytes.

    Another text is noted: no card has it.
    """

    max_chars: int
    empty: str = ""

    def read(self, value: Any, reading: Reading) -> str:
        text = spreadsheet_text(value, self.max_chars)
        digits = _SEPARATORS.sub("", text)
        if _HEX.fullmatch(digits):
            return digits.upper()
        reading.notes.append(_NO_UID)
        return text

    def schema(self) -> Schema:
        return TextType(self.max_chars + 3).schema()
