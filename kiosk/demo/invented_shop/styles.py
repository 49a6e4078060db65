"""The invented shop's catalogue as values: styles, colours, and one item for each colour and size."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kiosk.core.domain.ids import Gtin, StyleId, check_digit, item_id, parse_gtin
from kiosk.demo.invented_shop import sizes, source_files

# Item numbers reserved for a style: a seven-digit company prefix leaves five digits.
_ITEMS_PER_STYLE: Final = 100

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: its code, names, shade as `#RRGGBB`, and the family it belongs to."""

    code: str
    name: Words
    hex: str
    family: str


@dataclass(frozen=True, slots=True)
class Style:
    """One style; `price_minor` in euro cents, `since` an ISO date, `fabric` the broad kind of material."""

    style_id: str
    number: int
    category: str
    line: str
    name: Words
    story: Words
    material: Words
    fabric: str
    care: Words
    origin: Words
    price_minor: int
    size_system: str
    sizes: tuple[str, ...]
    colours: tuple[Colour, ...]
    since: str


@dataclass(frozen=True, slots=True)
class Item:
    """One style in one colour and one size, with its GTIN-14."""

    gtin: Gtin
    style: Style
    colour: Colour
    size: str

    @property
    def item_id(self) -> str:
        """The style in its colour, in any size."""
        return item_id(StyleId(self.style.style_id), self.colour.code)


def picture_of(style_id: str, colour: str) -> str:
    """File name of the picture of a style in a colour."""
    return f"{style_id}-{colour}.webp"


@cache
def palette() -> dict[str, Colour]:
    """Every colour by its code."""
    return {
        code: Colour(code, c["name"], c["hex"], c["family"])
        for code, c in source_files.read_json("palette.json").items()
    }


@cache
def styles() -> tuple[Style, ...]:
    """Every style in catalogue order."""
    words = source_files.read_json("words.json")
    return tuple(
        _style(number, row, words)
        for number, row in enumerate(source_files.read_json_lines("styles.jsonl"), start=1)
    )


def _style(number: int, row: dict[str, Any], words: dict[str, dict[str, Words]]) -> Style:
    material = words["material"][row["material"]]
    return Style(
        style_id=row["style_id"],
        number=number,
        category=row["category"],
        line=row["line"],
        name=row["name"],
        story=row["story"],
        material={language: text for language, text in material.items() if language != "kind"},
        fabric=material["kind"],
        care=words["care"][row["care"]],
        origin=words["origin"][row["origin"]],
        price_minor=row["price_minor"],
        size_system=sizes.system(row["size_system"]),
        sizes=sizes.run(row["size_system"], row["line"]),
        colours=tuple(palette()[code] for code in row["colours"]),
        since=row["since"],
    )


def items() -> Iterator[Item]:
    """Every item. Its GTIN depends only on its position in the catalogue, so it stays the same."""
    prefix = source_files.read_json("house.json")["gs1_company_prefix"]
    for style in styles():
        pairs = [(colour, size) for colour in style.colours for size in style.sizes]
        for n, (colour, size) in enumerate(pairs):
            body = f"0{prefix}{style.number * _ITEMS_PER_STYLE + n:05d}"
            yield Item(parse_gtin(f"{body}{check_digit(body)}"), style, colour, size)
