"""Fields of articles and stock of one row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from kiosk.connectors.feeds.limits import COLOUR_CODE, STYLE_ID
from kiosk.connectors.feeds.values.money import Amount
from kiosk.connectors.feeds.values.texts import FieldError
from kiosk.connectors.mapping.expressions import Compiler, Getter
from kiosk.connectors.mapping.model import MappingFile
from kiosk.connectors.mapping.numbers import NumberRules, exact
from kiosk.connectors.mapping.row import Row, text_of

ONE_COLOUR: Final = "one"
ONE_COLOUR_NAME: Final = {
    "en": "One colour", "de": "Eine Farbe", "fr": "Couleur unique", "es": "Color único", "it": "Colore unico",
    "ja": "単色", "zh": "单色", "ar": "لون واحد",
}  # fmt: skip
ONE_SIZE: Final = "one"
_PRICES: Final = frozenset(("price", "price_before", "sale_price", "sale_from", "sale_to", "currency"))
_COUNTS: Final = frozenset(("count", "reserved", "incoming"))
_OF_COLOUR: Final = frozenset(("colour", "pictures", "hex"))
_ELSEWHERE: Final = "other:"
MAX_SHORTENED: Final = 255


def shortened(text: str, most: int) -> str:
    """An id of at most `most` characters: a longer one is cut and gets a digest of the whole. Beyond 255 it stays."""
    if len(text) <= most or len(text) > MAX_SHORTENED:
        return text
    return f"{text[: most - 9]}~{hashlib.blake2b(text.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"


class ArticleFields:
    """Makes the fields of an article and of its stock."""

    def __init__(self, mapping: MappingFile, compiler: Compiler, rules: NumberRules, now_us: int) -> None:
        getters = {name: compiler.getter(source) for name, source in mapping.item.items()}
        self._prices = {name: get for name, get in getters.items() if name in _PRICES}
        self._colour = {name: get for name, get in getters.items() if name in _OF_COLOUR}
        self._others = {n: get for n, get in getters.items() if n not in _PRICES and n not in _OF_COLOUR}
        self._stock = {name: compiler.getter(source) for name, source in mapping.stock.items()}
        self._places = {place.casefold(): at for place, at in mapping.places.items()}
        self._no_gtin = frozenset(word.casefold() for word in mapping.no_gtin)
        self._rules, self._now = rules, now_us

    def item(self, row: Row, style_id: str) -> tuple[dict[str, Any], list[str]]:
        """Fields of an article, and mistakes that the feed does not know of."""
        fields = self._texts(row, self._others)
        fields["style_id"] = style_id
        fields["colour"] = shortened(_text(self._colour.get("colour"), row), COLOUR_CODE) or ONE_COLOUR
        fields.setdefault("size", ONE_SIZE)
        return fields, self._add_prices(row, fields)

    def colour(self, row: Row, code: str) -> dict[str, Any]:
        """The colour of an article, as its style lists it."""
        name: object = ONE_COLOUR_NAME if code == ONE_COLOUR else _text(self._colour.get("colour"), row)
        found: dict[str, Any] = {"code": code, "name": name}
        if "hex" in self._colour and (text := _text(self._colour["hex"], row)):
            found["hex"] = text
        if "pictures" in self._colour and (pictures := pictures_of(self._colour["pictures"](row))):
            found["pictures"] = pictures
        return found

    def stock(self, row: Row) -> dict[str, Any] | None:
        """Fields of the stock; None if the row states none."""
        fields = self._texts(row, self._stock)
        if fields.get("count") in (None, ""):
            return None
        for name in _COUNTS & fields.keys():
            fields[name] = self._rules.count(self._stock[name](row))
            if not isinstance(fields[name], int | Decimal):
                fields[name] = text_of(fields[name])
        place = fields.get("place", "")
        if place and place not in ("floor", "stockroom") and not place.startswith(_ELSEWHERE):
            fields["place"] = self._places.get(place.casefold(), f"{_ELSEWHERE}{place}")
        return fields

    def _texts(self, row: Row, getters: Mapping[str, Getter]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for name, get in getters.items():
            value = get(row)
            text = value.strip() if type(value) is str else text_of(value)
            if text and not (name == "gtin" and text.casefold() in self._no_gtin):
                fields[name] = text
        return fields

    def _add_prices(self, row: Row, fields: dict[str, Any]) -> list[str]:
        faults: list[str] = []
        if currency := _text(self._prices.get("currency"), row):
            fields["currency"] = currency
        price = self._amount(row, "price", fields)
        before = self._amount(row, "price_before", fields)
        sale = self._amount(row, "sale_price", fields)
        fields.pop("sale_price", None)
        if price is not None and sale is not None and 0 < sale.number < price.number:
            try:
                if self._on_sale(row):
                    price, before = sale, price
            except FieldError as error:
                faults.append(f"the days of the sale: {error}")
        if price is not None and not price.number:
            faults.append("price: is 0")
        _put(fields, "price", price)
        if before is not None and before.number:
            _put(fields, "price_before", before)
        else:
            # a price before of 0 stands for none
            fields.pop("price_before", None) if before is not None else None
        return faults

    def _amount(self, row: Row, name: str, fields: dict[str, Any]) -> Amount | None:
        """The amount of a price; one that cannot be read is left to the feed, which says why."""
        get = self._prices.get(name)
        if get is None or (value := get(row)) in ("", []):
            return None
        amount = self._rules.amount(value)
        if amount is None:
            fields["price" if name == "sale_price" else name] = (
                value if isinstance(value, str) else text_of(value) or "a list or an object"
            )
        return amount

    def _on_sale(self, row: Row) -> bool:
        """Raises FieldError."""
        begin, end = _text(self._prices.get("sale_from"), row), _text(self._prices.get("sale_to"), row)
        if begin and self._rules.moment_us(begin) > self._now:
            return False
        return not end or self._now < self._rules.moment_us(end, end=True)


def pictures_of(value: Any) -> list[str]:
    """Pictures as a list of texts."""
    found = value if isinstance(value, list) else [value]
    return [text for one in found if (text := text_of(one))]


def style_id_of(value: Any) -> str:
    """The id of a style by the text of an export."""
    return shortened(text_of(value), STYLE_ID)


def _put(fields: dict[str, Any], name: str, amount: Amount | None) -> None:
    if amount is None:
        return
    number = exact(amount.number)
    if amount.in_minor:
        fields.pop(name, None)
        name = f"{name}_minor"
    fields[name] = number if number is not None else str(amount.number)
    if amount.currency and fields.setdefault("currency", amount.currency) != amount.currency:
        # two currencies in one row: the feed refuses it and names both
        fields[name] = f"{amount.number} {amount.currency}"


def _text(get: Getter | None, row: Row) -> str:
    return text_of(get(row)) if get is not None else ""
