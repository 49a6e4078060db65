"""GTINs and SKUs of a feed, as spreadsheets and tills write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from kiosk.connectors.feeds.values.schema_parts import Schema
from kiosk.connectors.feeds.values.text_types import TextType
from kiosk.connectors.feeds.values.texts import FieldError, expected, spreadsheet_text
from kiosk.connectors.feeds.values.value_types import Reading
from kiosk.core.domain.ids import ArticleId, Gtin, article_of_sku, parse_gtin

_NO_GTIN: Final = Gtin("")
_MAX_CHARS: Final = 60
_BLANKS: Final = re.compile(r"[\s\u200b\ufeff\u2060-]")
_FLOAT: Final = re.compile(r"(\d+)[.,]0+")
_POWER: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_UPC_WITHOUT_ZERO: Final = 11
_LENGTHS: Final = frozenset({8, _UPC_WITHOUT_ZERO, 12, 13, 14})


@dataclass(frozen=True, slots=True)
class GtinType:
    """A GTIN-8, UPC (12 digits), EAN (13) or GTIN-14 with a valid check digit (GS1 General Specifications, 7.9).

    Blanks, hyphens, a leading apostrophe and `.0` of a spreadsheet are removed. With 11 digits a UPC has lost its
    leading zero, which the check digit proves.
    """

    empty: Gtin = _NO_GTIN

    def read(self, value: Any, _: Reading) -> Gtin:
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) in _LENGTHS:
            return _checked(value)
        if isinstance(value, Decimal):
            value = f"{value:f}" if abs(value.adjusted()) < _MAX_CHARS else "0"
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise expected(value, "a GTIN")
        text = spreadsheet_text(value, _MAX_CHARS)
        digits = _BLANKS.sub("", text)
        if found := _FLOAT.fullmatch(digits):
            digits = found[1]
        if _POWER.fullmatch(digits):
            raise FieldError(
                "has lost its digits to scientific notation; format the column as text in the spreadsheet, "
                "enter the numbers again or export them from the original system",
                text,
            )
        if not (digits.isascii() and digits.isdigit()):
            raise FieldError("is not a GTIN; leave it empty and give a sku where there is none", text)
        return _checked(digits)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string", "pattern": "[0-9]"}, {"type": "integer", "minimum": 0}]}


@dataclass(frozen=True, slots=True)
class SkuType:
    """The shop's own SKU, as the article that it identifies where there is no GTIN."""

    max_chars: int
    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        text = spreadsheet_text(value, self.max_chars)
        try:
            article_of_sku(text)
        except ValueError:
            raise FieldError("is not a SKU: too long, or not printable", text) from None
        return text

    def schema(self) -> Schema:
        return TextType(self.max_chars + 3).schema()


def article_of(gtin: Gtin, sku: str) -> ArticleId:
    """The article of a line: its GTIN, else its SKU; empty if it has neither."""
    if gtin:
        return ArticleId(gtin)
    return article_of_sku(sku) if sku else ArticleId("")


def _checked(digits: str) -> Gtin:
    try:
        return parse_gtin(digits.zfill(12) if len(digits) == _UPC_WITHOUT_ZERO else digits)
    except ValueError:
        if len(digits) in _LENGTHS:
            raise FieldError("has a wrong check digit", digits) from None
        raise FieldError("is not a GTIN (8, 12, 13 or 14 digits)", digits) from None
