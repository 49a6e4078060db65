"""Types of single columns of the catalogue: places, sizes, pictures, references to items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kiosk.connectors.feeds.limits import (
    COLOUR_CODE,
    ITEM_ID,
    PICTURE,
    PICTURES,
    PLACE,
    SIZE,
    SIZES,
    STYLE_ID,
)
from kiosk.connectors.feeds.line_types import ItemReference, StyleColour
from kiosk.connectors.feeds.values.schema_parts import Schema, any_case, list_schema
from kiosk.connectors.feeds.values.text_types import NameType, TextsType, TextType
from kiosk.connectors.feeds.values.texts import FieldError, plain_text, spreadsheet_text
from kiosk.connectors.feeds.values.value_types import Reading, entries
from kiosk.core.domain.ids import ItemId, StyleId
from kiosk.core.domain.size_order import plain_size

_HERE: Final = ("floor", "stockroom")
_ELSEWHERE: Final = "other:"


@dataclass(frozen=True, slots=True)
class PlaceType:
    """Where pieces are: `floor`, `stockroom`, or `other:` and the name of another shop."""

    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        text = plain_text(value, PLACE)
        if text.casefold() in _HERE:
            return text.casefold()
        kind, name = text.split(":", 1) if ":" in text else (text, "")
        if kind.casefold() + ":" != _ELSEWHERE or not name.strip():
            raise FieldError("is not floor, stockroom or other:NAME", text)
        return f"{_ELSEWHERE}{name.strip()}"

    def schema(self) -> Schema:
        here = {"type": "string", "pattern": any_case("|".join(_HERE))}
        return {"anyOf": [here, {"type": "string", "pattern": r"^\s*[Oo][Tt][Hh][Ee][Rr]:[\s\S]*\S"}]}


@dataclass(frozen=True, slots=True)
class SizeType:
    """A size as the label states it. Letter sizes are stored in capitals, so that `m` and `M` are one size."""

    empty: str = ""

    def read(self, value: Any, reading: Reading) -> str:
        return _size(spreadsheet_text(value, SIZE), reading)

    def schema(self) -> Schema:
        return TextType(SIZE).schema()


@dataclass(frozen=True, slots=True)
class SizesType:
    """Sizes in the order in which they are shown; in CSV separated by `|`. A repeated one is left out."""

    empty: tuple[str, ...] = ()

    def read(self, value: Any, reading: Reading) -> tuple[str, ...]:
        texts = (spreadsheet_text(entry, SIZE) for entry in entries(value, SIZES))
        return tuple(dict.fromkeys(_size(text, reading) for text in texts if text))

    def schema(self) -> Schema:
        return TextsType(SIZES, SIZE).schema()


@dataclass(frozen=True, slots=True)
class PicturesType:
    """Paths below the folder of pictures. A web address or a path outside is left out, with a note."""

    empty: tuple[str, ...] = ()

    def read(self, value: Any, reading: Reading) -> tuple[str, ...]:
        return tuple(path for entry in entries(value, PICTURES) if (path := _picture(entry, reading)))

    def schema(self) -> Schema:
        return TextsType(PICTURES, PICTURE).schema()


@dataclass(frozen=True, slots=True)
class PictureType:
    """One path below the folder of pictures, as `PicturesType`."""

    empty: tuple[str, ...] = ()

    def read(self, value: Any, reading: Reading) -> tuple[str, ...]:
        path = _picture(value, reading)
        return (path,) if path else ()

    def schema(self) -> Schema:
        return TextType(2000).schema()


@dataclass(frozen=True, slots=True)
class ItemsType:
    """Items: ids, or objects of `style_id` and `colour`; in CSV ids separated by `|`."""

    max_entries: int
    empty: tuple[ItemReference, ...] = ()

    def read(self, value: Any, reading: Reading) -> tuple[ItemReference, ...]:
        found = (_item(entry, reading) for entry in entries(value, self.max_entries))
        return tuple(item for item in found if item != "")

    def schema(self) -> Schema:
        by_both = {
            "type": "object",
            "properties": {"style_id": NameType(STYLE_ID).schema(), "colour": NameType(COLOUR_CODE).schema()},
            "required": ["style_id", "colour"],
        }
        entry = {"anyOf": [*TextType(ITEM_ID).schema()["anyOf"], by_both]}
        return list_schema(entry, self.max_entries, {"type": "string"})


def _size(text: str, reading: Reading) -> str:
    size = plain_size(text)
    if size != text:
        reading.notes.append(
            "a size is written in another way than usual (m for M, one size for one): they are one size"
        )
    return size


def _picture(value: Any, reading: Reading) -> str:
    path = plain_text(value, 2000)
    if "://" in path or path.startswith("//"):
        reading.notes.append(
            "a picture is a web address and is not shown; save the picture in the folder of pictures and write its name"
        )
        return ""
    if path.startswith("/") or ":" in path or "\\" in path or ".." in path.split("/"):
        reading.notes.append(
            "a picture is not a path below the folder of pictures and is not shown; write it as coats/c1-navy.jpg"
        )
        return ""
    return plain_text(path, PICTURE)


def _item(entry: Any, reading: Reading) -> ItemReference:
    if not isinstance(entry, dict):
        return ItemId(plain_text(entry, ITEM_ID))
    if not (entry.get("style_id") and entry.get("colour")):
        raise FieldError("an item needs style_id and colour")
    style_id = NameType(STYLE_ID).read(entry["style_id"], reading)
    return StyleColour(StyleId(style_id), NameType(COLOUR_CODE).read(entry["colour"], reading))
